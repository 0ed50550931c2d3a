"""Post a reply, put it in the place of an earlier one, or take it back, with more tries where that may help."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import SystemRandom

from bot.chat.messenger import AskedPlace, Messenger
from bot.core.models import MessageRef
from bot.core.wording.replies import Reply
from bot.service.deliveries import FOR_GOOD, Fault, NotSent, Sent

# A platform that asks for more patience gets the reply with a later round.
_MOST_PATIENCE = timedelta(seconds=5)
# No later round takes back what was said: it is tried so often, and waited so long for, before that is given up.
_MOST_TRIES = 5
_LONGEST_WAIT = timedelta(seconds=30)
# Seconds until a reply is tried again that did not arrive: a platform that stumbled is back by then, mostly.
AGAIN = (2.0, 5.0)
_CHANCE = SystemRandom()


async def put(
    messenger: Messenger, place: AskedPlace, reply: Reply, question_id: str, sent: str | None
) -> Sent | NotSent:
    """Send a reply, and once more after a while where that may help: what broke on the way is there by then."""
    outcome = await _put(messenger, place, reply, question_id, sent)
    if isinstance(outcome, Sent) or outcome.fault in FOR_GOOD or outcome.wait > _MOST_PATIENCE:
        return outcome
    await asyncio.sleep(outcome.wait.total_seconds() or _CHANCE.uniform(*AGAIN))
    if sent is None and outcome.fault is Fault.UNREACHABLE:
        there = await messenger.find(place.ref, question_id)
        if there is not None:
            return there
    return await _put(messenger, place, reply, question_id, sent)


async def _put(
    messenger: Messenger, place: AskedPlace, reply: Reply, question_id: str, sent: str | None
) -> Sent | NotSent:
    if sent is None:
        return await messenger.post(place, reply, question_id)
    return await messenger.replace(place, sent, reply, question_id)


async def take_back(messenger: Messenger, place: MessageRef, message_id: str) -> None:
    """Delete what was said, and try that again a few times where it may help."""
    for _ in range(_MOST_TRIES - 1):
        left = await messenger.delete(place, message_id)
        if left is None or left.fault in FOR_GOOD:
            return
        await asyncio.sleep(min(left.wait, _LONGEST_WAIT).total_seconds() or _CHANCE.uniform(*AGAIN))
    await messenger.delete(place, message_id)


async def once(
    post: Callable[[], Awaitable[Sent | NotSent]], find: Callable[[], Awaitable[Sent | NotSent | None]]
) -> Sent | NotSent:
    """Post what nobody is to see twice: where it may have been taken, it is looked for before another try."""
    outcome = await post()
    if isinstance(outcome, Sent) or outcome.fault is not Fault.UNREACHABLE:
        return outcome
    await asyncio.sleep(_CHANCE.uniform(*AGAIN))
    return await find() or await post()

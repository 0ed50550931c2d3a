"""Turn away who may not ask in a channel, and tell them so once a day; leave alone who wants nothing unasked."""

from datetime import UTC, datetime

from bot.chat.messenger import Messenger
from bot.core.manners import OptOut
from bot.core.models import Question, Surface
from bot.core.redaction import redact
from bot.core.wording.refusals import NOT_FOR_ALL
from bot.service.app import App
from bot.service.privacy import Person

_NOTICE = "turned-away"
# Who uses a command waits for some words.
_BY_HAND = frozenset({Surface.COMMAND, Surface.SHORTCUT})


async def is_turned_away(app: App, messenger: Messenger, question: Question) -> bool:
    """Return whether nothing is to be done about a question, since its author may not ask there.

    They are told so at most once a day, as far as they spoke to the bot. Of a secret they are warned all the same.
    """
    if question.may_ask or redact(question.text).secret:
        return False
    if question.surface in _BY_HAND:
        await messenger.hint(question, str(NOT_FOR_ALL), for_good=True)
    elif question.surface is not Surface.AMBIENT and not question.shadow:
        ref, today = question.ref, datetime.now(UTC).date().isoformat()
        claim = await app.claims.take(_NOTICE, ref.platform, ref.workspace_id, question.author_id, today)
        if claim is not None:
            await messenger.hint(question, str(NOT_FOR_ALL), for_good=True)
            await app.claims.finish(claim)
    return True


async def is_left_alone(app: App, author: Person, by: Person) -> bool:
    """Return whether a message is not to be answered for another person: its author wants nothing unasked."""
    return author != by and await app.privacy.opted_out(author) is OptOut.UNASKED

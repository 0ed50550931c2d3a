"""Limit replies to so many a minute, and repeat no answer in a channel.

- The log counts: all processes go by the same number, also after a restart. Of two questions that two processes decide
  at the same moment one too many may be answered.
- What nobody but the asker sees, and a warning of a secret, is not counted and not kept back.
- Kept back is the reply alone: the question is decided, logged, and where it lacks an answer in the review.
- Who gets no reply is told so once, in private where the platform can.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.manners import Manners
from bot.core.models import Question, Surface
from bot.core.wording.replies import Reply, ReplyKind, repeated
from bot.store import Transaction
from bot.store.limits import PUBLIC, Count, limited_since, replies_since, was_given_in_channel

_MINUTE = timedelta(minutes=1)
# Who was told that the limit is reached is not told again for so long.
_TOLD = timedelta(minutes=10)
# So many people are told in a channel in a minute; where a crowd writes, notices are more of the same.
_MOST_NOTICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The reply that may be sent; where one is kept back, it is `limited`, and `told` tells its asker."""

    reply: Reply | None
    limited: bool = False
    told: bool = False


async def allowed(  # noqa: PLR0913  # what a reply is and who asked for it
    tx: Transaction,
    manners: Manners,
    reply: Reply | None,
    question: Question,
    *,
    question_id: str,
    author: str,
    at: datetime,
) -> Allowed:
    """Return what may be sent of a reply."""
    if reply is None or question.surface not in PUBLIC or reply.kind is ReplyKind.WARNING:
        return Allowed(reply=reply)
    channel = question.ref.channel
    if manners.limited and _is_over(manners, await replies_since(tx, channel, author, since=at - _MINUTE)):
        mine = await limited_since(tx, channel, author, since=at - _TOLD)
        lately = await limited_since(tx, channel, author, since=at - _MINUTE)
        return Allowed(reply=None, limited=True, told=not mine.author and lately.channel < _MOST_NOTICES)
    return Allowed(reply=await _unrepeated(tx, manners, reply, question, question_id=question_id, author=author, at=at))


async def _unrepeated(  # noqa: PLR0913  # as above
    tx: Transaction,
    manners: Manners,
    reply: Reply,
    question: Question,
    *,
    question_id: str,
    author: str,
    at: datetime,
) -> Reply | None:
    """Return a reply, or what to say where the channel has its answer already.

    - What nobody asked for is not repeated in the channel at all.
    - Who asks again what they were told there gets a pointer; somebody else gets the answer, in a thread of theirs.
    - Within a thread that is what was said there that counts, see `unrepeated`.
    """
    is_answer = reply.kind is ReplyKind.ANSWER and reply.entry_id is not None
    if not manners.unrepeated_for or not is_answer or question.ref.thread_id or question.surface is Surface.DIRECT:
        return reply
    unasked = question.surface is Surface.AMBIENT
    given = await was_given_in_channel(
        tx,
        question.ref.channel,
        reply.entry_id or "",
        before=question_id,
        since=at - manners.unrepeated_for,
        author=None if unasked else author,
    )
    if not given:
        return reply
    return None if unasked else repeated(reply)


def _is_over(manners: Manners, count: Count) -> bool:
    return (
        0 < manners.per_author <= count.author
        or 0 < manners.per_channel <= count.channel
        or 0 < manners.per_workspace <= count.workspace
    )

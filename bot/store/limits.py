"""Count the replies of the last minutes, and find answers that a channel got lately."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select

from bot.core.models import ChannelRef, DecisionKind, Surface
from bot.store.database import Transaction
from bot.store.records import SAID, ReplyState, from_question_id
from bot.store.tables import EntryRow, QuestionRow

PUBLIC = (Surface.AMBIENT, Surface.MENTION, Surface.DIRECT)
"""What came in these ways is answered with a message of its own, which counts."""


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _counting(which: ColumnElement[bool]) -> Select[int, int, int]:
    mine, here = QuestionRow.author == bindparam("author"), QuestionRow.channel_id == bindparam("channel_id")
    return select(_sum(mine), _sum(here), func.count()).where(
        QuestionRow.asked_at >= bindparam("since"),
        which,
        QuestionRow.surface.in_(PUBLIC),
        QuestionRow.platform == bindparam("platform"),
        QuestionRow.workspace_id == bindparam("workspace_id"),
    )


# Every question asks these: made once, since to make a statement takes longer than to run it.
_REPLIED = _counting(QuestionRow.reply_state.in_(SAID))
_LIMITED = _counting(QuestionRow.reply_state == ReplyState.LIMITED)
_GIVEN = (
    select(QuestionRow.id)
    .join(EntryRow, EntryRow.id == QuestionRow.entry_id)
    .where(
        QuestionRow.channel_id == bindparam("channel_id"),
        QuestionRow.workspace_id == bindparam("workspace_id"),
        QuestionRow.platform == bindparam("platform"),
        QuestionRow.entry_id == bindparam("entry_id"),
        QuestionRow.decision == DecisionKind.ANSWERED,
        QuestionRow.content_version >= EntryRow.content_version,
        or_(QuestionRow.reply_state == ReplyState.SENT, QuestionRow.reply_until.is_not(None)),
        QuestionRow.points_above.is_(False),
        QuestionRow.asked_at >= bindparam("since"),
        QuestionRow.id < bindparam("before"),
    )
    .limit(1)
)
_GIVEN_TO = _GIVEN.where(QuestionRow.author == bindparam("author"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many questions there were: of an author, in a channel, and in a workspace."""

    author: int
    channel: int
    workspace: int


async def replies_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got a reply."""
    return await _count(tx, _REPLIED, channel, author, since)


async def limited_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got none because of the limits."""
    return await _count(tx, _LIMITED, channel, author, since)


async def was_given_in_channel(  # noqa: PLR0913  # what tells which answers count
    tx: Transaction, channel: ChannelRef, entry_id: str, *, before: str, since: datetime, author: str | None = None
) -> bool:
    """Return whether an entry, as it now reads, was given in a channel after a time; to an author, if one is named."""
    named = {} if author is None else {"author": author}
    which = {"entry_id": entry_id, "since": since, "before": from_question_id(before), **asdict(channel), **named}
    found = await tx.scalars(_GIVEN if author is None else _GIVEN_TO, which)
    return found.one_or_none() is not None


async def _count(
    tx: Transaction, counting: Select[int, int, int], channel: ChannelRef, author: str, since: datetime
) -> Count:
    counted = await tx.execute(counting, {"author": author, "since": since, **asdict(channel)})
    mine, here, all_of_them = counted.one()
    return Count(author=mine, channel=here, workspace=all_of_them)

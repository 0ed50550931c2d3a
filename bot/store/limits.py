"""Count the replies of the last minutes, and find answers that a channel got lately."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.core.models import ChannelRef, DecisionKind, Surface
from bot.store.database import Transaction
from bot.store.records import ReplyState, from_question_id
from bot.store.tables import EntryRow, QuestionRow

PUBLIC = (Surface.AMBIENT, Surface.MENTION, Surface.DIRECT)
"""What came in these ways is answered with a message of its own, which counts."""
_SAID = (ReplyState.DUE, ReplyState.OUTDATED, ReplyState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many questions there were: of an author, in a channel, and in a workspace."""

    author: int
    channel: int
    workspace: int


async def replies_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got a reply."""
    return await _count(tx, channel, author, QuestionRow.reply_state.in_(_SAID), since)


async def limited_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got none because of the limits."""
    return await _count(tx, channel, author, QuestionRow.reply_state == ReplyState.LIMITED, since)


async def was_given_in_channel(  # noqa: PLR0913  # what tells which answers count
    tx: Transaction, channel: ChannelRef, entry_id: str, *, before: str, since: datetime, author: str | None = None
) -> bool:
    """Return whether an entry, as it now reads, was given in a channel after a time; to an author, if one is named."""
    here = (
        QuestionRow.channel_id == channel.channel_id,
        QuestionRow.workspace_id == channel.workspace_id,
        QuestionRow.platform == channel.platform,
    )
    given = (
        QuestionRow.entry_id == entry_id,
        QuestionRow.decision == DecisionKind.ANSWERED,
        QuestionRow.content_version >= EntryRow.content_version,
        or_(QuestionRow.reply_state == ReplyState.SENT, QuestionRow.reply_until.is_not(None)),
        QuestionRow.points_above.is_(False),
    )
    found = select(QuestionRow.id).join(EntryRow, EntryRow.id == QuestionRow.entry_id)
    found = found.where(*here, *given, QuestionRow.asked_at >= since, QuestionRow.id < from_question_id(before))
    if author is not None:
        found = found.where(QuestionRow.author == author)
    return (await tx.scalars(found.limit(1))).one_or_none() is not None


async def _count(
    tx: Transaction, channel: ChannelRef, author: str, which: ColumnElement[bool], since: datetime
) -> Count:
    found = select(
        _sum(QuestionRow.author == author), _sum(QuestionRow.channel_id == channel.channel_id), func.count()
    ).where(
        QuestionRow.asked_at >= since,
        which,
        QuestionRow.surface.in_(PUBLIC),
        QuestionRow.platform == channel.platform,
        QuestionRow.workspace_id == channel.workspace_id,
    )
    mine, here, all_of_them = (await tx.execute(found)).one()
    return Count(author=mine, channel=here, workspace=all_of_them)


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)

"""Store where helpers write, and which questions they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, union

from bot.core.models import ChannelRef, MessageRef
from bot.store.database import Transaction, insert_into
from bot.store.questions import change_question, in_channel
from bot.store.records import SAID, to_question_id
from bot.store.tables import QuestionRow, VisitRow

# So long it is known that a helper was in a thread; nobody comes back to one later than that.
_KEPT = timedelta(days=30)
# So many questions are looked at to find the one that a helper answered.
_NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpersMessage:
    """What a helper wrote: where, under what, and whom it mentions; people are named by their pseudonyms."""

    ref: MessageRef
    author: str
    replies_to: str | None = None
    mentions: frozenset[str] = frozenset()


async def note_visit(tx: Transaction, place: MessageRef, *, at: datetime) -> None:
    """Store that a helper wrote in a thread, or in a channel itself."""
    await tx.execute(delete(VisitRow).where(VisitRow.visited_at < at - _KEPT))
    insertion = insert_into(tx, VisitRow).values(**_spot(place.channel, place.thread_id), visited_at=at)
    keys = (VisitRow.platform, VisitRow.workspace_id, VisitRow.channel_id, VisitRow.thread_id)
    step = insertion.on_conflict_do_update(index_elements=keys, set_={"visited_at": insertion.excluded.visited_at})
    await tx.execute(step)


async def last_visit(tx: Transaction, channel: ChannelRef, thread_id: str | None) -> datetime | None:
    """Return when a helper last wrote in a thread, or in a channel itself."""
    here = [getattr(VisitRow, name) == value for name, value in _spot(channel, thread_id).items()]
    return (await tx.scalars(select(VisitRow.visited_at).where(*here))).one_or_none()


async def wrote_between(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime, until: datetime) -> bool:
    """Return whether something that somebody wrote in a channel itself, in this time, is on the log."""
    mine = select(QuestionRow.id).where(
        QuestionRow.author == author, *in_channel(channel), QuestionRow.thread_id.is_(None), _between(since, until)
    )
    return (await tx.scalars(mine.limit(1))).one_or_none() is not None


async def answered_by(tx: Transaction, message: HelpersMessage, *, since: datetime) -> str | None:
    """Return the question that a helper answers with a message, as far as the bot said something about it.

    That is the last one, asked by somebody else before it, in its thread or among those whom it mentions, and the one
    that it replies to.
    """
    here = select(QuestionRow.id).where(
        *in_channel(message.ref.channel), QuestionRow.asked_at >= since, QuestionRow.reply_state.in_(SAID)
    )
    meant = union(*(here.where(each) for each in _meant(message)))
    free = (
        QuestionRow.helped_at.is_(None),
        QuestionRow.deleted_at.is_(None),
        QuestionRow.shadow.is_(False),
        QuestionRow.author != message.author,
    )
    found = select(QuestionRow.id, QuestionRow.message_id).where(QuestionRow.id.in_(meant), *free)
    rows = await tx.execute(found.order_by(QuestionRow.id.desc()).limit(_NEWEST))
    before = [number for number, asked in rows if _order(asked) < _order(message.ref.message_id)]
    return to_question_id(before[0]) if before else None


async def note_helped(tx: Transaction, question_id: str, *, at: datetime) -> None:
    """Store that a helper answered a question."""
    await change_question(tx, question_id, {"helped_at": at})


def _meant(message: HelpersMessage) -> Sequence[ColumnElement[bool]]:
    """Return what finds the questions that a message may be about."""
    ref = message.ref
    found: list[ColumnElement[bool]] = []
    if ref.thread_id is not None:
        found += [QuestionRow.thread_id == ref.thread_id, QuestionRow.message_id == ref.thread_id]
    if message.replies_to is not None:
        found += [QuestionRow.message_id == message.replies_to]
    if ref.thread_id is None and message.mentions:
        found += [QuestionRow.author.in_(message.mentions) & QuestionRow.thread_id.is_(None)]
    return found


def is_about_something(message: HelpersMessage) -> bool:
    """Return whether a message tells by its place or by whom it mentions which question it may answer."""
    return bool(_meant(message))


def _spot(channel: ChannelRef, thread_id: str | None) -> dict[str, str]:
    where = {"platform": channel.platform, "workspace_id": channel.workspace_id, "channel_id": channel.channel_id}
    return {**where, "thread_id": thread_id or ""}


def _between(since: datetime, until: datetime) -> ColumnElement[bool]:
    return (QuestionRow.asked_at >= since) & (QuestionRow.asked_at <= until)


def _order(message_id: str) -> tuple[int, str]:
    """Return what ids of messages are sorted by: on both platforms they grow with time."""
    return len(message_id), message_id

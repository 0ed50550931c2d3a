"""Read what the bot said in a thread, and store where helpers write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, union
from sqlalchemy.orm import aliased

from bot.core.models import Audience, ChannelRef, Decision, DecisionKind, MessageRef
from bot.store.columns import from_now_in, now
from bot.store.database import Alone, Transaction, insert_into
from bot.store.questions import IN_CHANNEL, change_question, in_channel, logged_question
from bot.store.records import (
    SAID,
    DeliveryStatus,
    ReplyState,
    from_question_id,
    to_question_id,
)
from bot.store.tables import ChoiceRow, DeliveryRow, EntryRow, QuestionRow, VisitRow

# So long it is known that a helper was in a thread; nobody comes back to one later than that.
_KEPT = timedelta(days=30)
# So many questions are looked at to find the one that a helper answered.
_NEWEST = 5
_TO_BE_SAID = (*SAID, ReplyState.HELD)
# What is overheard asks this: made once, since to make a statement takes longer than to run it.
_SPOT = ("platform", "workspace_id", "channel_id", "thread_id")
_VISIT = select(VisitRow.visited_at).where(*(getattr(VisitRow, name) == bindparam(name) for name in _SPOT))


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


async def last_visit(tx: Alone, channel: ChannelRef, thread_id: str | None) -> datetime | None:
    """Return when a helper last wrote in a thread, or in a channel itself."""
    return (await tx.scalars(_VISIT, _spot(channel, thread_id))).one_or_none()


async def wrote_between(tx: Alone, channel: ChannelRef, author: str, *, since: datetime, until: datetime) -> bool:
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
        *in_channel(message.ref.channel), QuestionRow.asked_at >= since, QuestionRow.reply_state.in_(_TO_BE_SAID)
    )
    meant = union(*(here.where(each) for each in meant_by(message)))
    free = (
        QuestionRow.helped_at.is_(None),
        QuestionRow.deleted_at.is_(None),
        QuestionRow.shadow.is_(False),
        QuestionRow.author != message.author,
    )
    found = select(QuestionRow.id, QuestionRow.message_id).where(QuestionRow.id.in_(meant), *free)
    rows = await tx.execute(found.order_by(QuestionRow.id.desc()).limit(_NEWEST))
    before = [number for number, asked in rows if order_of(asked) < order_of(message.ref.message_id)]
    return to_question_id(before[0]) if before else None


async def note_helped(tx: Transaction, question_id: str, *, at: datetime) -> None:
    """Store that a helper answered a question."""
    await change_question(tx, question_id, {"helped_at": at})


def meant_by(message: HelpersMessage) -> Sequence[ColumnElement[bool]]:
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
    return bool(meant_by(message))


def _spot(channel: ChannelRef, thread_id: str | None) -> dict[str, str]:
    where = {"platform": channel.platform, "workspace_id": channel.workspace_id, "channel_id": channel.channel_id}
    return {**where, "thread_id": thread_id or ""}


def _between(since: datetime, until: datetime) -> ColumnElement[bool]:
    return (QuestionRow.asked_at >= since) & (QuestionRow.asked_at <= until)


def order_of(message_id: str) -> tuple[int, str]:
    """Return what ids of messages are sorted by: on both platforms they grow with time."""
    return len(message_id), message_id


_LAST = 2**31 - 1  # the last number that the column can have
_ITSELF = aliased(QuestionRow)  # made once: to make an alias takes longer than to run the statement
_SENT = DeliveryRow.status == DeliveryStatus.SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Name a thread of a channel; its id is also that of the message that it began with, if it began with one."""

    channel: ChannelRef
    thread_id: str


def heard() -> ColumnElement[datetime]:
    """Return when a question came, by the database's clock; a process of an earlier version leaves it to its own."""
    return func.coalesce(QuestionRow.heard_at, QuestionRow.edited_at, QuestionRow.asked_at)


# What people write in threads asks these: made once, since to make a statement takes longer than to run it.
# As a union, since an OR would have a database look at each question of the platform or of the time.
_THREAD = select(QuestionRow.id).where(
    QuestionRow.id.in_(
        select(QuestionRow.id)
        .where(*IN_CHANNEL, QuestionRow.thread_id == bindparam("thread_id"))
        .union(select(QuestionRow.id).where(*IN_CHANNEL, QuestionRow.message_id == bindparam("thread_id")))
    )
)
_IN_NO_THREAD = select(QuestionRow.id).where(*IN_CHANNEL, QuestionRow.thread_id.is_(None))
_LATELY = from_now_in("within")
_REPLIED = _THREAD.where(QuestionRow.reply_state == ReplyState.SENT, heard() >= _LATELY)
_TOLD = _THREAD.join(DeliveryRow).where(_SENT, DeliveryRow.sent_at >= _LATELY)
_ENGAGED = select(or_(_REPLIED.exists(), _TOLD.exists()))


async def is_engaged(tx: Transaction | Alone, thread: Thread, *, within: timedelta) -> bool:
    """Return whether the bot said something in a thread lately."""
    return bool(await tx.scalar(_ENGAGED, {**_spot(thread.channel, thread.thread_id), **_since(within)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A question of the log that was asked before another one."""

    text: str | None
    audience: Audience
    decision: Decision


_OWN = select(_ITSELF.id).where(*(getattr(_ITSELF, each) == bindparam(each) for each in ("platform", "workspace_id")))
_BEFORE = func.coalesce(_OWN.where(_ITSELF.message_id == bindparam("message_id")).scalar_subquery(), _LAST)
_LAST_QUESTION = {
    in_thread: select(QuestionRow)
    .where(
        QuestionRow.id.in_(beside),
        QuestionRow.author == bindparam("author"),
        QuestionRow.text.is_not(None),
        QuestionRow.decision != DecisionKind.IGNORED,
        QuestionRow.shadow.is_(False),
        QuestionRow.id < _BEFORE,
        heard() >= _LATELY,
    )
    .order_by(QuestionRow.id.desc())
    .limit(1)
    for in_thread, beside in ((True, _THREAD), (False, _IN_NO_THREAD))
}


async def last_question(tx: Transaction, ref: MessageRef, author: str, *, within: timedelta) -> Earlier | None:
    """Return the last question that an author asked before a message, in its thread, or in the channel without one."""
    given = {**_spot(ref.channel, ref.thread_id), "message_id": ref.message_id, "author": author, **_since(within)}
    row = (await tx.scalars(_LAST_QUESTION[ref.thread_id is not None], given)).one_or_none()
    found = None if row is None else logged_question(row)
    if found is None or found.outcome is None:
        return None
    return Earlier(text=found.outcome.text, audience=found.audience, decision=found.outcome.decision)


async def last_asked(tx: Transaction, place: MessageRef, author: str, *, since: datetime) -> MessageRef | None:
    """Return the last question of an author that the bot replied to, in the thread of a message or else beside it."""
    theirs = select(QuestionRow.thread_id, QuestionRow.message_id).where(
        QuestionRow.id.in_(_IN_NO_THREAD if place.thread_id is None else _THREAD),
        QuestionRow.author == author,
        QuestionRow.reply_state == ReplyState.SENT,
        QuestionRow.decision != DecisionKind.IGNORED,
        QuestionRow.asked_at >= since,
    )
    newest = theirs.order_by(QuestionRow.id.desc()).limit(1)
    row = (await tx.execute(newest, _spot(place.channel, place.thread_id))).one_or_none()
    return None if row is None else replace(place, thread_id=row.thread_id, message_id=row.message_id)


async def recent_threads(tx: Transaction, platform: str, workspace_id: str, *, newest: int) -> tuple[Thread, ...]:
    """Return the threads of the newest questions and later answers that the bot takes part in, the last first."""
    asked = select(QuestionRow.id).order_by(QuestionRow.id.desc()).limit(newest).subquery()
    told = select(DeliveryRow.question_id).order_by(DeliveryRow.id.desc()).limit(newest).subquery()
    root = func.coalesce(QuestionRow.thread_id, QuestionRow.message_id)
    query = (
        select(QuestionRow.channel_id, root)
        .outerjoin(DeliveryRow)
        .where(QuestionRow.id.in_(union(select(asked.c.id), select(told.c.question_id))))
        .where(QuestionRow.platform == platform, QuestionRow.workspace_id == workspace_id)
        .where(or_(QuestionRow.reply_state.is_not(None), QuestionRow.review_item_id.is_not(None)))
        .group_by(QuestionRow.channel_id, root)
        .order_by(func.max(func.coalesce(DeliveryRow.sent_at, QuestionRow.asked_at)).desc(), root)
    )
    found = await tx.execute(query)
    return tuple(Thread(channel=ChannelRef(platform, workspace_id, one), thread_id=thread) for one, thread in found)


_BEING_SENT = and_(QuestionRow.reply_state == ReplyState.DUE, QuestionRow.reply_until > now())
_EARLIER = _THREAD.where(QuestionRow.id < bindparam("before"))
_ANSWERED = _EARLIER.join(EntryRow, EntryRow.id == QuestionRow.entry_id).where(
    QuestionRow.entry_id == bindparam("entry_id"),
    QuestionRow.decision == DecisionKind.ANSWERED,
    QuestionRow.content_version >= EntryRow.content_version,
    QuestionRow.points_above.is_(False),
    or_(QuestionRow.reply_state == ReplyState.SENT, _BEING_SENT),
)
_CHOSEN = (
    _EARLIER.join(ChoiceRow)
    .join(EntryRow, EntryRow.id == ChoiceRow.entry_id)
    .where(ChoiceRow.entry_id == bindparam("entry_id"), ChoiceRow.chosen_at >= EntryRow.updated_at)
)
_DELIVERED = (
    _EARLIER.join(DeliveryRow)
    .join(EntryRow, EntryRow.id == DeliveryRow.entry_id)
    .where(DeliveryRow.entry_id == bindparam("entry_id"), _SENT, DeliveryRow.entry_version == EntryRow.version)
)
_GIVEN = select(or_(*(each.exists() for each in (_ANSWERED, _CHOSEN, _DELIVERED))))


async def was_given(tx: Transaction, thread: Thread, entry_id: str, *, before: str | None) -> bool:
    """Return whether an entry, as it now reads, was given in a thread before a question, or is about to be."""
    number = _LAST if before is None else from_question_id(before)
    given = {**_spot(thread.channel, thread.thread_id), "entry_id": entry_id, "before": number}
    return bool(await tx.scalar(_GIVEN, given))


def _since(within: timedelta) -> dict[str, float]:
    return {"within": -within.total_seconds()}

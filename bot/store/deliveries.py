"""Store the messages that are to be sent into the threads of questions, and find who was given which answer."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, exists, func, not_, or_, select, update

from bot.core.models import Audience, DecisionKind, Status, Surface
from bot.store.columns import from_now, now
from bot.store.database import Transaction, chunks, insert_into
from bot.store.held import is_content
from bot.store.questions import logged_question
from bot.store.records import (
    SAID,
    DeliveryKind,
    DeliveryStatus,
    LoggedQuestion,
    ReplyState,
    StoredEntry,
    from_question_id,
    to_question_id,
)
from bot.store.tables import ChoiceRow, DeliveryRow, EntryRevisionRow, OptOutRow, QuestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraft:
    """A message to be sent; equal keys mean the same message."""

    key: str
    kind: DeliveryKind
    question_id: str
    entry_id: str
    entry_version: int
    item_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A leased message; `attempts` includes the present one."""

    key: str
    kind: DeliveryKind
    question: LoggedQuestion
    entry_id: str
    attempts: int


async def reachable(tx: Transaction, *conditions: ColumnElement[bool]) -> tuple[LoggedQuestion, ...]:
    """Return the questions whose askers may be written to, oldest first.

    Left out are messages that were deleted, people who opted out, channels where the bot says nothing, and the
    console, which nobody sits at any more; also who got the words of a moderator, unless these did not help.
    """
    found = select(QuestionRow).where(*_reachable(), *conditions)
    return tuple([logged_question(row) for row in await tx.scalars(found.order_by(QuestionRow.id))])


async def askers_of(tx: Transaction, item_id: int, *, entry_id: str) -> Mapping[str, str]:
    """Return who may be written to of those who asked what a review item holds, and the last question of each.

    Who took the entry there has read it, and is left out.
    """
    last = func.max(QuestionRow.id)
    mine = (ChoiceRow.question_id == QuestionRow.id, ChoiceRow.author == QuestionRow.author)
    taken = exists().where(*mine, ChoiceRow.entry_id == entry_id)
    asked = (QuestionRow.review_item_id == item_id, not_(taken), *_reachable())
    query = select(QuestionRow.author, last).where(*asked)
    found = await tx.execute(query.group_by(QuestionRow.author).order_by(last))
    return {author: to_question_id(number) for author, number in found}


async def put(tx: Transaction, drafts: Sequence[DeliveryDraft], *, at: datetime, lasting: timedelta) -> int:
    """Write messages to be sent and return how many; one that is there already stays, unless it was cancelled."""
    times = {"next_try_at": from_now(timedelta()), "expires_at": from_now(lasting)}
    shared = {"status": DeliveryStatus.WAITING, "attempts": 0, **times}
    written = 0
    for some in chunks(drafts):
        insertion = insert_into(tx, DeliveryRow).values(
            [{**_columns(draft), **shared, "created_at": at} for draft in some]
        )
        renewed = ("question_id", "entry_id", "entry_version", *shared)
        step = insertion.on_conflict_do_update(
            index_elements=(DeliveryRow.dedupe_key,),
            set_={name: insertion.excluded[name] for name in renewed},
            where=DeliveryRow.status == DeliveryStatus.CANCELLED,
        )
        written += len((await tx.scalars(step.returning(DeliveryRow.id))).all())
    return written


async def take(tx: Transaction, platform: str, *, lease: timedelta) -> Delivery | None:
    """Lease the message that is due for longest; None when none is due.

    On the way the messages are closed that came too late or are not wanted any more.
    """
    while (found := await _next_due(tx, platform)) is not None:
        row, question, opted_out, is_late = found
        if is_late:
            row.status = DeliveryStatus.EXPIRED
        elif opted_out is not None or question.deleted_at is not None:
            row.status = DeliveryStatus.CANCELLED
        else:
            row.next_try_at, row.attempts = from_now(lease), row.attempts + 1
            return _delivery(row, question)
    return None


async def note_version(tx: Transaction, key: str, entry_version: int) -> None:
    """Store which version of its entry a message gives."""
    await tx.execute(_message(key).values(entry_version=entry_version))


async def mark_sent(tx: Transaction, key: str, *, message_id: str) -> None:
    """Store that a message was sent, even when it was cancelled meanwhile; the first confirmation counts."""
    values = {"status": DeliveryStatus.SENT, "sent_message_id": message_id, "sent_at": now(), "last_error": None}
    await tx.execute(_message(key).where(DeliveryRow.status != DeliveryStatus.SENT).values(values))


async def mark_failed(tx: Transaction, delivery: Delivery, fault: str, *, wait: timedelta | None) -> None:
    """Store why a message was not sent, and the wait before the next try, if there is one.

    Nothing changes when the lease has expired and another process has leased the message since.
    """
    mine = (DeliveryRow.status == DeliveryStatus.WAITING, DeliveryRow.attempts == delivery.attempts)
    step = _message(delivery.key).where(*mine)
    if wait is None:
        await tx.execute(step.values(status=DeliveryStatus.FAILED, last_error=fault))
    else:
        await tx.execute(step.values(next_try_at=from_now(wait), last_error=fault))


async def cancel(tx: Transaction, *conditions: ColumnElement[bool]) -> int:
    """Cancel messages that were not sent yet, and return how many."""
    waiting = update(DeliveryRow).where(DeliveryRow.status == DeliveryStatus.WAITING, *conditions)
    step = waiting.values(status=DeliveryStatus.CANCELLED).returning(DeliveryRow.id)
    return len((await tx.scalars(step)).all())


async def cancel_of_item(tx: Transaction, item_id: int) -> int:
    """Cancel the messages of a review item that were not sent yet, and return how many."""
    return await cancel(tx, DeliveryRow.item_id == item_id)


async def cancel_key(tx: Transaction, key: str) -> None:
    """Cancel one message."""
    await cancel(tx, DeliveryRow.dedupe_key == key)


async def _next_due(tx: Transaction, platform: str) -> Row[DeliveryRow, QuestionRow, str | None, bool] | None:
    due = (
        select(DeliveryRow, QuestionRow, OptOutRow.author, DeliveryRow.expires_at <= now())
        .join(QuestionRow, QuestionRow.id == DeliveryRow.question_id)
        .outerjoin(OptOutRow, OptOutRow.author == QuestionRow.author)
        .where(
            DeliveryRow.status == DeliveryStatus.WAITING,
            DeliveryRow.next_try_at <= now(),
            QuestionRow.platform == platform,
        )
        .order_by(DeliveryRow.next_try_at, DeliveryRow.id)
        .limit(1)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )
    return (await tx.execute(due)).one_or_none()


def _reachable() -> Sequence[ColumnElement[bool]]:
    return (
        QuestionRow.deleted_at.is_(None),
        QuestionRow.shadow.is_(False),
        QuestionRow.surface != Surface.CONSOLE,
        QuestionRow.author.not_in(select(OptOutRow.author)),
        not_(is_content()),
    )


def _message(key: str) -> Update:
    return update(DeliveryRow).where(DeliveryRow.dedupe_key == key)


def _columns(draft: DeliveryDraft) -> dict[str, object]:
    columns = asdict(draft)
    return {"dedupe_key": columns.pop("key"), **columns, "question_id": from_question_id(draft.question_id)}


def _delivery(row: DeliveryRow, question: QuestionRow) -> Delivery:
    return Delivery(
        key=row.dedupe_key,
        kind=row.kind,
        question=logged_question(question),
        entry_id=row.entry_id,
        attempts=row.attempts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A question, and the answer that its asker has read last; None when that was taken back."""

    question: LoggedQuestion
    answer: str | None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier version of an entry."""

    version: int
    content: dict[str, Any]
    until: datetime


async def told_before(tx: Transaction, stored: StoredEntry, *, at: datetime, within: timedelta) -> tuple[Told, ...]:
    """Return who can be reached and was given an earlier version of an entry in the time before, by order of asking."""
    earlier = await _earlier(tx, stored.entry.id)
    if not earlier:
        return ()
    found = {told.question.id: told for told in await _answered(tx, stored, earlier, at - within)}
    found |= {told.question.id: told for told in await _delivered(tx, stored, earlier, within)}
    return tuple(found.values())


async def cancel_corrections(tx: Transaction, entry_id: str) -> int:
    """Cancel the corrections of an entry that were not sent yet, and return how many."""
    return await cancel(tx, DeliveryRow.entry_id == entry_id, DeliveryRow.kind == DeliveryKind.CORRECTION)


async def _earlier(tx: Transaction, entry_id: str) -> tuple[_Earlier, ...]:
    columns = (EntryRevisionRow.version, EntryRevisionRow.content, EntryRevisionRow.replaced_at)
    query = select(*columns).where(EntryRevisionRow.entry_id == entry_id).order_by(EntryRevisionRow.version)
    return tuple(_Earlier(*row) for row in await tx.execute(query))


async def _answered(
    tx: Transaction, stored: StoredEntry, earlier: tuple[_Earlier, ...], since: datetime
) -> tuple[Told, ...]:
    """Return whom the bot answered at once; the time tells which version they read, and the last one is none."""
    questions = await reachable(
        tx,
        QuestionRow.entry_id == stored.entry.id,
        QuestionRow.decision == DecisionKind.ANSWERED,
        # What was decided and then kept back, or left to a person, nobody has read.
        or_(QuestionRow.sent_message_id.is_not(None), QuestionRow.reply_state.in_(SAID)),
        QuestionRow.reply_state.is_distinct_from(ReplyState.HELD),
        QuestionRow.reply_state.is_distinct_from(ReplyState.DROPPED),
        QuestionRow.asked_at >= since,
        QuestionRow.content_version < stored.content_version,
    )
    ends = [one.until for one in earlier]
    last = len(earlier) - 1
    return tuple(
        Told(question=one, answer=earlier[min(last, bisect_right(ends, one.asked_at))].content["answer"])
        for one in questions
    )


async def _delivered(
    tx: Transaction, stored: StoredEntry, earlier: tuple[_Earlier, ...], within: timedelta
) -> tuple[Told, ...]:
    """Return whom a delivery told, with what the last one said."""
    sent = (
        DeliveryRow.entry_id == stored.entry.id,
        DeliveryRow.status == DeliveryStatus.SENT,
        DeliveryRow.sent_at >= from_now(-within),
    )
    query = select(DeliveryRow.question_id, DeliveryRow.entry_version).where(*sent).order_by(DeliveryRow.sent_at)
    versions = {to_question_id(number): version for number, version in await tx.execute(query)}
    contents = {one.version: one.content for one in earlier}
    questions = await reachable(tx, QuestionRow.id.in_(select(DeliveryRow.question_id).where(*sent)))
    return tuple(
        Told(question=one, answer=_given(contents.get(versions[one.id]), stored, one.audience)) for one in questions
    )


def _given(content: dict[str, Any] | None, stored: StoredEntry, audience: Audience) -> str | None:
    """Return what a version says to an audience; without an earlier one, what the entry says now."""
    if content is None:
        return answer_now(stored, audience)
    readable = content["status"] == Status.PUBLISHED and audience.sees(Audience(content["audience"]))
    if not readable:
        return None
    return _whole(
        content["answer"], [(one["locale"], one["region"], one["answer"]) for one in content.get("answers", ())]
    )


def answer_now(stored: StoredEntry, audience: Audience) -> str | None:
    """Return what an entry says to an audience, None when it gives it no answer; of several answers all."""
    entry = stored.entry
    if entry.status is not Status.PUBLISHED or not audience.sees(entry.audience):
        return None
    return _whole(entry.answer, [(one.locale, one.region, one.answer) for one in entry.answers])


def _whole(answer: str, further: Sequence[tuple[str | None, str | None, str]]) -> str:
    return f"{answer}\0{sorted(map(repr, further))}" if further else answer

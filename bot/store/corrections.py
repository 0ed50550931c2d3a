"""Find out who was given which answer of an entry."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.core.models import Audience, DecisionKind, Status
from bot.store.database import Transaction
from bot.store.deliveries import cancel, reachable
from bot.store.records import DeliveryKind, DeliveryStatus, LoggedQuestion, StoredEntry, to_question_id
from bot.store.tables import DeliveryRow, EntryRevisionRow, QuestionRow


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


async def told_before(tx: Transaction, stored: StoredEntry, *, since: datetime) -> tuple[Told, ...]:
    """Return who can be reached and was given an earlier version of an entry since then, by the order of asking."""
    earlier = await _earlier(tx, stored.entry.id)
    if not earlier:
        return ()
    found = {told.question.id: told for told in await _answered(tx, stored, earlier, since)}
    found |= {told.question.id: told for told in await _delivered(tx, stored, earlier, since)}
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
    tx: Transaction, stored: StoredEntry, earlier: tuple[_Earlier, ...], since: datetime
) -> tuple[Told, ...]:
    """Return whom a delivery told, with what the last one said."""
    sent = (
        DeliveryRow.entry_id == stored.entry.id,
        DeliveryRow.status == DeliveryStatus.SENT,
        DeliveryRow.sent_at >= since,
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
    return content["answer"] if readable else None


def answer_now(stored: StoredEntry, audience: Audience) -> str | None:
    """Return what an entry says to an audience, None when it gives it no answer."""
    entry = stored.entry
    return entry.answer if entry.status is Status.PUBLISHED and audience.sees(entry.audience) else None

"""Notify people that an answer which they were given has changed, or no longer holds."""

from collections.abc import Iterable
from datetime import datetime

from bot.core.models import ChannelRef
from bot.service.deliveries import key_of
from bot.service.entry_changes import By
from bot.service.periods import Periods
from bot.store import Transaction, audit
from bot.store.deliveries import DeliveryDraft, answer_now, cancel_corrections, put, told_before
from bot.store.records import AuditRecord, DeliveryKind, LoggedQuestion, StoredEntry

_Thread = tuple[str, ChannelRef, str]


async def plan_corrections(tx: Transaction, stored: StoredEntry, by: By, *, periods: Periods) -> int:
    """Plan a correction for everybody whose answer changed, once in each of their threads; return how many messages.

    To be called in the transaction that changed the entry. Corrections of an earlier change that were not sent yet
    are dropped.
    """
    await cancel_corrections(tx, stored.entry.id)
    told = await told_before(tx, stored, since=by.at - periods.correction)
    stale = [one.question for one in told if one.answer != answer_now(stored, one.question.audience)]
    drafts = [_draft(stored, question) for question in _last_of_threads(stale)]
    written = await put(tx, drafts, at=by.at, lasting=periods.delivery)
    await audit.append(tx, _record(stored, by, by.at - periods.correction, written))
    return written


def _last_of_threads(questions: Iterable[LoggedQuestion]) -> Iterable[LoggedQuestion]:
    threads: dict[_Thread, LoggedQuestion] = {}
    for one in questions:
        thread = (one.author, one.ref.channel, one.ref.thread_id or one.ref.message_id)
        threads[thread] = one
    return threads.values()


def _draft(stored: StoredEntry, question: LoggedQuestion) -> DeliveryDraft:
    return DeliveryDraft(
        key=key_of(DeliveryKind.CORRECTION, question.author, question.id, stored.entry.id, stored.version),
        kind=DeliveryKind.CORRECTION,
        question_id=question.id,
        entry_id=stored.entry.id,
        entry_version=stored.version,
    )


def _record(stored: StoredEntry, by: By, since: datetime, written: int) -> AuditRecord:
    return AuditRecord(
        actor=by.actor,
        action="correct",
        object=f"entry:{stored.entry.id}",
        at=by.at,
        reason=by.reason,
        after={"version": stored.version, "since": since.isoformat(), "deliveries": written},
    )

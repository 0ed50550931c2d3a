"""Deliver later and corrected answers: at least once, and exactly once where the platform respects the key."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from random import Random

from bot.core.models import Audience, ChannelRef, Entry
from bot.core.reader import Reader
from bot.core.wording.outcomes import FollowUp, corrected, later
from bot.service import Periods
from bot.service.entry_changes import By
from bot.service.knowledge import Validity
from bot.store import Database, Transaction, audit
from bot.store.deliveries import (
    Delivery,
    DeliveryDraft,
    answer_now,
    askers_of,
    cancel_corrections,
    cancel_key,
    cancel_of_item,
    mark_failed,
    mark_sent,
    note_version,
    put,
    take,
    told_before,
)
from bot.store.entries import get_entry
from bot.store.records import AuditRecord, DeliveryKind, LoggedQuestion, StoredEntry

FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
_DOUBLINGS = 16  # the longest wait is reached before

LEASE = timedelta(seconds=40)
_KEY_LENGTH = 24  # Discord takes a nonce of at most 25 characters
_log = logging.getLogger(__name__)

_Thread = tuple[str, ChannelRef, str]


def backoff(attempts: int, random: Random) -> timedelta:
    """Return a wait that doubles with each attempt, up to the longest one, shortened by up to half at random."""
    whole = min(LONGEST, FIRST * (1 << min(attempts - 1, _DOUBLINGS)))
    return whole * random.uniform(0.5, 1)


class Fault(StrEnum):
    """Why a platform refused a message; after the last two there is no use in trying again."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    REFUSED = "refused"
    GONE = "gone"


FOR_GOOD = frozenset({Fault.REFUSED, Fault.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send: where to, about what and for whom, and the key that marks it as the same at every try."""

    delivery: Delivery
    entry: Entry
    reader: Reader

    @property
    def follow_up(self) -> FollowUp:
        """Return what it says, in the language that is being spoken."""
        answer = later(self.entry, reader=self.reader) if self.delivery.kind is DeliveryKind.ANSWER else None
        return answer or corrected(self.entry, reader=self.reader)

    @property
    def key(self) -> str:
        """Return what the platform is to know the message by."""
        return self.delivery.key

    @property
    def question(self) -> LoggedQuestion:
        """Return the question whose thread the message goes to."""
        return self.delivery.question


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted a message under this id."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why the platform refused a message, and how long to wait before the next one."""

    fault: Fault
    wait: timedelta = timedelta()


Send = Callable[[Outgoing], Awaitable[Sent | NotSent]]


class DeliveryService:
    """Lease the messages that are due, each to one sender at a time, until one confirms it."""

    def __init__(self, *, database: Database, validity: Validity, random: Random) -> None:
        self._database = database
        self._validity = validity
        self._random = random

    async def send_due(self, platform: str, send: Send) -> int:
        """Send whatever is due on a platform, one after the other; return how many tries that took."""
        tries = 0
        while (outgoing := await self.claim(platform)) is not None:
            tries += 1
            outcome = await send(outgoing)
            if isinstance(outcome, Sent):
                await self.confirm(outgoing, outcome.message_id)
            else:
                await self.postpone(outgoing, outcome)
        return tries

    async def claim(self, platform: str) -> Outgoing | None:
        """Return the message that is due for longest, which is nobody else's for a minute; None when none is due."""
        async with self._database.transaction() as tx:
            while (delivery := await take(tx, platform, lease=LEASE)) is not None:
                outgoing = await self._outgoing(tx, delivery)
                if outgoing is not None:
                    return outgoing
                await cancel_key(tx, delivery.key)
        return None

    async def confirm(self, outgoing: Outgoing, message_id: str) -> None:
        """Store that a message was sent, and its id on the platform."""
        async with self._database.transaction() as tx:
            await mark_sent(tx, outgoing.key, message_id=message_id)
        _log.info("delivery.sent", extra=_facts(outgoing))

    async def postpone(self, outgoing: Outgoing, trouble: NotSent) -> None:
        """Try a message again later, each time after a longer wait, or never when there is no use in it."""
        wait = None
        if trouble.fault not in FOR_GOOD:
            wait = max(trouble.wait, backoff(outgoing.delivery.attempts, self._random))
        async with self._database.transaction() as tx:
            await mark_failed(tx, outgoing.delivery, trouble.fault, wait=wait)
        _log.warning("delivery.failed", extra={**_facts(outgoing), "fault": trouble.fault})

    async def _outgoing(self, tx: Transaction, delivery: Delivery) -> Outgoing | None:
        """Return the message as the entry now reads, None when it gives nothing to those who asked."""
        stored = await get_entry(tx, delivery.entry_id, audience=Audience.INTERNAL)
        reader = await self._validity.asker(tx, delivery.question)
        if delivery.kind is DeliveryKind.ANSWER and later(stored.entry, reader=reader) is None:
            return None
        await note_version(tx, delivery.key, stored.version)
        return Outgoing(delivery=delivery, entry=stored.entry, reader=reader)


async def plan_deliveries(
    tx: Transaction, item_id: int, stored: StoredEntry, *, at: datetime, lasting: timedelta
) -> int:
    """Plan one delivery for everybody who asked the questions of an item, where they asked last; return how many.

    To be called in the transaction that resolves the item. Nobody is notified of the same item twice.
    """
    drafts = [
        DeliveryDraft(
            key=key_of(DeliveryKind.ANSWER, item_id, author),
            kind=DeliveryKind.ANSWER,
            item_id=item_id,
            question_id=question_id,
            entry_id=stored.entry.id,
            entry_version=stored.version,
        )
        for author, question_id in (await askers_of(tx, item_id, entry_id=stored.entry.id)).items()
    ]
    return await put(tx, drafts, at=at, lasting=lasting)


async def withdraw_deliveries(tx: Transaction, item_id: int) -> int:
    """Send nothing more about a review item, as when it is opened again; return how many messages still waited."""
    return await cancel_of_item(tx, item_id)


def key_of(kind: str, *parts: object) -> str:
    """Return a key that is the same for the same message at any time, and tells nothing of what it was made from."""
    return sha256("\0".join((kind, *map(str, parts))).encode()).hexdigest()[:_KEY_LENGTH]


def _facts(outgoing: Outgoing) -> dict[str, object]:
    return {"delivery": outgoing.key, "question_id": outgoing.question.id, "attempts": outgoing.delivery.attempts}


async def plan_corrections(tx: Transaction, stored: StoredEntry, by: By, *, periods: Periods) -> int:
    """Plan a correction for everybody whose answer changed, once in each of their threads; return how many messages.

    To be called in the transaction that changed the entry. Corrections of an earlier change that were not sent yet
    are dropped.
    """
    await cancel_corrections(tx, stored.entry.id)
    told = await told_before(tx, stored, at=by.at, within=periods.correction)
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

"""Deliver messages about later answers: at least once, and exactly once where the platform respects the key."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from random import Random

from bot.core.models import Audience
from bot.core.wording.followups import FollowUp, corrected, later
from bot.service import Clock
from bot.service.backoff import backoff
from bot.store import Database, Transaction
from bot.store.deliveries import (
    Delivery,
    DeliveryDraft,
    askers_of,
    cancel_key,
    cancel_of_item,
    mark_failed,
    mark_sent,
    note_version,
    put,
    take,
)
from bot.store.entries import get_entry
from bot.store.records import DeliveryKind, LoggedQuestion, StoredEntry

LEASE = timedelta(seconds=40)
_KEY_LENGTH = 24  # Discord takes a nonce of at most 25 characters
_log = logging.getLogger(__name__)


class Fault(StrEnum):
    """Why a platform refused a message; after the last two there is no use in trying again."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    REFUSED = "refused"
    GONE = "gone"


FOR_GOOD = frozenset({Fault.REFUSED, Fault.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send: where to, what it says, and the key that marks it as the same at every try."""

    delivery: Delivery
    follow_up: FollowUp

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

    def __init__(self, *, database: Database, clock: Clock, random: Random) -> None:
        self._database = database
        self._clock = clock
        self._random = random

    async def send_due(self, platform: str, send: Send) -> int:
        """Send whatever is due on a platform, one after the other; return how many tries that took."""
        tries = 0
        while (outgoing := await self.claim(platform)) is not None:
            tries += 1
            match await send(outgoing):
                case Sent(message_id):
                    await self.confirm(outgoing, message_id)
                case NotSent() as trouble:
                    await self.postpone(outgoing, trouble)
        return tries

    async def claim(self, platform: str) -> Outgoing | None:
        """Return the message that is due for longest, which is nobody else's for a minute; None when none is due."""
        async with self._database.transaction() as tx:
            while (delivery := await take(tx, platform, lease=LEASE)) is not None:
                outgoing = await _outgoing(tx, delivery)
                if outgoing is not None:
                    return outgoing
                await cancel_key(tx, delivery.key)
        return None

    async def confirm(self, outgoing: Outgoing, message_id: str) -> None:
        """Store that a message was sent, and its id on the platform."""
        async with self._database.transaction() as tx:
            await mark_sent(tx, outgoing.key, message_id=message_id, at=self._clock())
        _log.info("delivery.sent", extra=_facts(outgoing))

    async def postpone(self, outgoing: Outgoing, trouble: NotSent) -> None:
        """Try a message again later, each time after a longer wait, or never when there is no use in it."""
        wait = None
        if trouble.fault not in FOR_GOOD:
            wait = max(trouble.wait, backoff(outgoing.delivery.attempts, self._random))
        async with self._database.transaction() as tx:
            await mark_failed(tx, outgoing.delivery, trouble.fault, wait=wait)
        _log.warning("delivery.failed", extra={**_facts(outgoing), "fault": trouble.fault})


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
        for author, question_id in (await askers_of(tx, item_id)).items()
    ]
    return await put(tx, drafts, at=at, lasting=lasting)


async def withdraw_deliveries(tx: Transaction, item_id: int) -> int:
    """Send nothing more about a review item, as when it is opened again; return how many messages still waited."""
    return await cancel_of_item(tx, item_id)


def key_of(kind: str, *parts: object) -> str:
    """Return a key that is the same for the same message at any time, and tells nothing of what it was made from."""
    return sha256("\0".join((kind, *map(str, parts))).encode()).hexdigest()[:_KEY_LENGTH]


async def _outgoing(tx: Transaction, delivery: Delivery) -> Outgoing | None:
    """Return the message as the entry now reads, None when it gives nothing to those who asked."""
    stored = await get_entry(tx, delivery.entry_id, audience=Audience.INTERNAL)
    word = later if delivery.kind is DeliveryKind.ANSWER else corrected
    follow_up = word(stored.entry, audience=delivery.question.audience)
    if follow_up is None:
        return None
    await note_version(tx, delivery.key, stored.version)
    return Outgoing(delivery=delivery, follow_up=follow_up)


def _facts(outgoing: Outgoing) -> dict[str, object]:
    return {"delivery": outgoing.key, "question_id": outgoing.question.id, "attempts": outgoing.delivery.attempts}

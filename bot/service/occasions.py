"""Send something to a channel once at each of some times, by one of all processes; the audit log has when that was."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.core.models import ChannelRef
from bot.service import Clock
from bot.store import Database, Transaction, audit
from bot.store.entries import lock_content
from bot.store.records import AuditRecord

Before = Callable[[datetime], datetime]
"""Returns when something was due last, at a time or before it."""

_ACTOR = "faqbot"
_AWAITED, _TOLD, _UNTOLD = "awaited", "told", "untold"


class Occasions:
    """Lease what is due, under a name in the audit log.

    The caller is to send it, and to give it back where that fails. What is lost in a crash is not sent again: better
    one too few than one too many.
    """

    def __init__(self, *, database: Database, clock: Clock, name: str) -> None:
        self._database = database
        self._clock = clock
        self._name = name

    async def take(self, place: ChannelRef, before: Before, make: Callable[[], Awaitable[str | None]]) -> str | None:
        """Return what is `made` for a channel, None where nothing is due, or there is nothing to tell.

        A channel that was never told anything is told when the present time is over.
        """
        at = self._clock()
        async with self._database.snapshot() as tx:
            last = await self._last(tx, place, before, at)
            if not _is_due(last, before, at):
                return None
        text = None if last is None else await make()
        async with self._database.transaction() as tx:
            await lock_content(tx)
            now = await self._last(tx, place, before, at)
            if not _is_due(now, before, at) or (now is None) is not (last is None):  # another process was first
                return None
            await audit.append(tx, self._record(place, _AWAITED if now is None else _TOLD, at))
        return text

    async def give_back(self, place: ChannelRef) -> None:
        """Allow it to be sent again, since it was not sent."""
        async with self._database.transaction() as tx:
            await audit.append(tx, self._record(place, _UNTOLD, self._clock()))

    async def _last(self, tx: Transaction, place: ChannelRef, before: Before, at: datetime) -> AuditRecord | None:
        """Return the outcome of the last time, now or before.

        What a clock that was ahead has told for a later time is no reason to be silent until then. The clock of another
        process may well be ahead within the time: what that one told is told.
        """
        history = await audit.read(tx, f"{self._name}:{place}")
        return next((record for record in reversed(history) if before(record.at) <= before(at)), None)

    def _record(self, place: ChannelRef, action: str, at: datetime) -> AuditRecord:
        return AuditRecord(actor=_ACTOR, action=action, object=f"{self._name}:{place}", at=at)


def _is_due(last: AuditRecord | None, before: Before, at: datetime) -> bool:
    return last is None or last.action == _UNTOLD or before(last.at) < before(at)

"""Send moderators a digest once a week, however many processes there are."""

from datetime import UTC, datetime, timedelta

from bot.core.models import Audience, ChannelRef
from bot.service import Clock
from bot.service.digest import digest_text
from bot.service.stats import StatsService
from bot.store import Database, Transaction, audit
from bot.store.entries import lock_content
from bot.store.records import AuditRecord

# On Mondays at eight, UTC: a whole week is over, and somebody is at work to read about it.
_HOUR = timedelta(hours=8)
_ACTOR = "faqbot"
_AWAITED, _TOLD, _UNTOLD = "awaited", "told", "untold"


class WeeklyService:
    """Return the digest of a channel once a week; the audit log has when that was.

    The caller is to send it, and to give it back where that fails. One lost in a crash is not sent again:
    better a week without a digest than two of them.
    """

    def __init__(self, *, database: Database, stats: StatsService, clock: Clock) -> None:
        self._database = database
        self._stats = stats
        self._clock = clock

    async def take(self, place: ChannelRef, *, audience: Audience) -> str | None:
        """Return what to tell those who read a channel, as Markdown; None when this week's digest is not due.

        A channel that never had one gets its first at the end of the week.
        """
        at = self._clock()
        async with self._database.snapshot() as tx:
            last = await _last(tx, place, at)
            if not _is_due(last, at):
                return None
        text = None if last is None else digest_text(await self._stats.digest(audience=audience))
        async with self._database.transaction() as tx:
            await lock_content(tx)
            last = await _last(tx, place, at)
            if not _is_due(last, at) or (text is None and last is not None):  # of the latter, another process was first
                return None
            await audit.append(tx, _record(place, _AWAITED if last is None else _TOLD, at))
        return text

    async def give_back(self, place: ChannelRef) -> None:
        """Allow the digest to be sent again, since it was not sent."""
        async with self._database.transaction() as tx:
            await audit.append(tx, _record(place, _UNTOLD, self._clock()))


async def _last(tx: Transaction, place: ChannelRef, at: datetime) -> AuditRecord | None:
    """Return the outcome of the last digest, this week or before.

    What a clock that was ahead has told for a later week is no reason to be silent until then. The clock of another
    process may well be ahead within the week: what that one told is told.
    """
    history = await audit.read(tx, _name_of(place))
    return next((record for record in reversed(history) if _week_of(record.at) <= _week_of(at)), None)


def _is_due(last: AuditRecord | None, at: datetime) -> bool:
    return last is None or last.action == _UNTOLD or _week_of(last.at) < _week_of(at)


def _week_of(at: datetime) -> datetime:
    """Return when the week began that a time is in."""
    begun = at.astimezone(UTC) - _HOUR
    return begun.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=begun.weekday())


def _name_of(place: ChannelRef) -> str:
    return f"digest:{place}"


def _record(place: ChannelRef, action: str, at: datetime) -> AuditRecord:
    return AuditRecord(actor=_ACTOR, action=action, object=_name_of(place), at=at)

"""Count what was asked and with which outcome, and where the FAQ falls short."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.core.checking.examining import examine_each
from bot.core.checking.findings import Check, Checked, CheckFinding, in_order
from bot.core.models import Audience
from bot.service import Clock
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction
from bot.store.dated import DatedEntry, dated_entries
from bot.store.entries import list_entries
from bot.store.figures import NO_COUNTS, NOBODY_WAITED, Counts, Dimension, EntryUse, Gap, HelperUse, Key, Scope, Waited
from bot.store.stats import count_questions, count_waiting, largest_gaps, use_of_entries, use_of_suggestions

# What fewer people than this asked is not quoted: it may tell who they are.
FEWEST_ASKERS = 3
MOST_GAPS = 10
WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)
_DAY = timedelta(days=1)
_PARTS = (Dimension.ALL, Dimension.PLATFORM, Dimension.CHANNEL, Dimension.CATEGORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one platform, channel or category; None is the name of what has none."""

    name: str | None
    counts: Counts = NO_COUNTS
    waited: Waited = NOBODY_WAITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The figures of one day of UTC."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """All figures of a period, as far as an audience may know of it.

    `entries` are the published ones, most often asked for first; `gaps` the open questions, most askers first, without
    a text where fewer people than `fewest_askers` asked; `helpers` who suggested answers, first whose became most.
    """

    since: datetime
    until: datetime
    audience: Audience
    total: Part
    days: tuple[Day, ...]
    platforms: tuple[Part, ...]
    channels: tuple[Part, ...]
    categories: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    fewest_askers: int = FEWEST_ASKERS
    entries: tuple[EntryUse, ...]
    helpers: tuple[HelperUse, ...] = ()

    @property
    def never_asked(self) -> tuple[EntryUse, ...]:
        """Return the entries that nobody asked for."""
        return tuple(entry for entry in self.entries if not entry.asked)

    @property
    def viewed(self) -> tuple[EntryUse, ...]:
        """Return the entries whose source tells how often it was viewed."""
        return tuple(entry for entry in self.entries if entry.views is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The figures of a week, the counts of the week before, and the entries that are to be looked at.

    `dated` are those that a date has brought into the review, `findings` what else is wrong with single ones.
    """

    week: Stats
    before: Counts
    dated: tuple[DatedEntry, ...] = ()
    findings: tuple[CheckFinding, ...] = ()


class StatsService:
    """Count; what fewer than so many people asked is counted and not quoted."""

    def __init__(
        self,
        *,
        database: Database,
        queue: ReviewQueue,
        clock: Clock,
        fewest_askers: int = FEWEST_ASKERS,
        domains: Collection[str] = (),
    ) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._fewest_askers = fewest_askers
        self._domains = domains

    async def stats(self, *, since: date, audience: Audience, most_gaps: int = MOST_GAPS) -> Stats:
        """Return the figures from the start of a day of UTC until now."""
        scope = self._scope(since, audience)
        async with self._database.snapshot() as tx:
            return await self._stats(tx, scope, most_gaps)

    async def digest(self, *, audience: Audience, most_gaps: int = MOST_GAPS) -> Digest:
        """Return the figures of the last seven days, today included."""
        await self._queue.note_dates(at=self._clock())
        scope = self._scope(self._clock().astimezone(UTC).date() - WEEK + _DAY, audience)
        earlier = replace(scope, since=scope.since - WEEK, until=scope.until - WEEK)
        async with self._database.snapshot() as tx:
            before = await count_questions(tx, earlier, Dimension.ALL)
            week = await self._stats(tx, scope, most_gaps)
            dated = tuple(await dated_entries(tx, audience=audience))
            stored = await list_entries(tx, audience=audience)
        checked = [Checked(entry=each.entry) for each in stored]
        found = await asyncio.to_thread(self._findings, checked, scope.until.astimezone(UTC).date())
        return Digest(week=week, before=before[Dimension.ALL][()], dated=dated, findings=found)

    def _findings(self, checked: Sequence[Checked], today: date) -> tuple[CheckFinding, ...]:
        """Return what is wrong with single entries, but for their dates, which are in the review."""
        found = examine_each(checked, today=today, domains=self._domains)
        return in_order(each for each in found if each.check is not Check.OVERDUE)

    async def use(self, *, audience: Audience, days: int) -> tuple[EntryUse, ...]:
        """Return what became of the published entries in so many days, today included, most often asked for first."""
        scope = self._scope(self._clock().astimezone(UTC).date() - timedelta(days=days) + _DAY, audience)
        async with self._database.snapshot() as tx:
            asked = await count_questions(tx, scope, Dimension.ENTRY)
            return await use_of_entries(tx, scope, asked[Dimension.ENTRY])

    async def most_asked(self, *, audience: Audience, limit: int) -> tuple[str, ...]:
        """Return the questions of the entries that were asked for most in the last thirty days."""
        scope = self._scope(self._clock().astimezone(UTC).date() - _MONTH, audience)
        async with self._database.snapshot() as tx:
            asked = await count_questions(tx, scope, Dimension.ENTRY)
            used = await use_of_entries(tx, scope, asked[Dimension.ENTRY])
            return tuple(entry.question for entry in used[:limit])

    def _scope(self, since: date, audience: Audience) -> Scope:
        return Scope(
            since=datetime(since.year, since.month, since.day, tzinfo=UTC), until=self._clock(), audience=audience
        )

    async def _stats(self, tx: Transaction, scope: Scope, most_gaps: int) -> Stats:
        counts = await count_questions(tx, scope, *Dimension)
        waited = await count_waiting(tx, scope, *_PARTS)
        total, platforms, channels, categories = (_parts(counts[by], waited[by]) for by in _PARTS)
        return Stats(
            since=scope.since,
            until=scope.until,
            audience=scope.audience,
            total=total[0],
            days=_days(scope, counts[Dimension.DAY]),
            platforms=platforms,
            channels=channels,
            categories=categories,
            gaps=await largest_gaps(tx, scope, fewest_askers=self._fewest_askers, limit=most_gaps),
            fewest_askers=self._fewest_askers,
            entries=await use_of_entries(tx, scope, counts[Dimension.ENTRY]),
            helpers=await use_of_suggestions(tx, scope),
        )


def _parts(counts: Mapping[Key, Counts], waited: Mapping[Key, Waited]) -> tuple[Part, ...]:
    """Return the figures of each part, those with most questions first."""
    parts = [
        Part(name=_name(key), counts=counts.get(key, NO_COUNTS), waited=waited.get(key, NOBODY_WAITED))
        for key in {**counts, **waited}
    ]
    return tuple(sorted(parts, key=lambda part: (-part.counts.asked, part.name or "")))


def _name(key: Key) -> str | None:
    return "/".join(str(each) for each in key if each) or None


def _days(scope: Scope, counts: Mapping[Key, Counts]) -> tuple[Day, ...]:
    """Return every day of a scope, also those without a question."""
    first, last = scope.since.astimezone(UTC).date(), scope.until.astimezone(UTC).date()
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    return tuple(Day(day=day, counts=counts.get((day.isoformat(),), NO_COUNTS)) for day in days)

"""Show moderators in their channel the items of the review, a message each, and the week in a few lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from bot.core.checking.findings import Severity
from bot.core.hours import TimeOfWeek
from bot.core.manners import Manners
from bot.core.models import Audience, ChannelRef
from bot.core.wording import digest as words
from bot.core.wording.digest import Trend
from bot.core.wording.languages import in_percent
from bot.service import Clock
from bot.service.deliveries import key_of
from bot.service.occasions import Occasions
from bot.service.stats import Digest, Stats, StatsService
from bot.store import Database
from bot.store.claims import Claim, give_back, is_left, let_lapse, take
from bot.store.figures import Counts
from bot.store.queue import (
    StaleCard,
    WaitingCard,
    lock_review,
    note_reminder,
    put_card,
    stale_cards,
    waiting_cards,
)

__all__ = ["CardService", "LeasedCard", "StaleCard", "StillWaiting"]

# What a sweep shows at once: platforms take about one message a second in a channel.
AT_ONCE = 10
# To change a message that is gone and to post another takes two calls at most, each with a time limit of its own.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LeasedCard:
    """An outdated card that one process alone may bring up to date.

    It `may_be_there` where somebody began to show it and did not learn whether it was taken.
    """

    stale: StaleCard
    claim: Claim
    may_be_there: bool = False


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """A card of an item whose asker asked for a person, and waits so long."""

    card: WaitingCard
    duration: timedelta


class CardService:
    """List the items whose cards are outdated, lease them to one process each, and store which were shown."""

    def __init__(self, *, database: Database, clock: Clock, manners: Manners) -> None:
        self._database = database
        self._clock = clock
        self._manners = manners

    async def due(self, board: ChannelRef, *, limit: int = AT_ONCE) -> tuple[StaleCard, ...]:
        """Return some open items that a channel does not show yet, and some that it shows as they were."""
        async with self._database.snapshot() as tx:
            return await stale_cards(tx, board, at=self._clock(), limit=limit)

    async def lease(self, board: ChannelRef, due: StaleCard) -> LeasedCard | None:
        """Lease a card that is due; None where another process has it, or has brought it up to date meanwhile."""
        async with self._database.transaction() as tx:
            key = key_of("card", str(board), due.item.id)
            was_left = await is_left(tx, key)
            claim = await take(tx, key, lasting=LEASE)
            if claim is None:
                return None
            # Who had it until now may have shown it after this one read that it was due.
            found = await stale_cards(tx, board, at=self._clock(), limit=1, item=due.item.number)
            if not found:
                await give_back(tx, claim)
                return None
        return LeasedCard(found[0], claim, may_be_there=was_left)

    async def shown(self, board: ChannelRef, card: LeasedCard, message_id: str) -> None:
        """Store that a message shows an item as it was when the card was leased, and end the lease."""
        async with self._database.transaction() as tx:
            await put_card(tx, board, card.stale.item.number, message_id=message_id, version=card.stale.version)
            await give_back(tx, card.claim)

    async def give_back(self, card: LeasedCard, *, may_be_there: bool) -> None:
        """End the lease of a card that was not shown, or that nobody knows of whether it was."""
        async with self._database.transaction() as tx:
            await (let_lapse if may_be_there else give_back)(tx, card.claim)

    async def take_waiting(self, board: ChannelRef) -> tuple[StillWaiting, ...]:
        """Return the items to remind moderators of now, each once: somebody asked for a person, and waits too long.

        Out of the hours of the people on call there are none. A reminder that is lost in a crash is not sent again.
        """
        at, manners = self._clock(), self._manners
        hours = manners.on_call_hours
        if not manners.reminded_after or (hours is not None and not hours.include(at)):
            return ()
        before = at - manners.reminded_after
        async with self._database.snapshot() as tx:
            if not await waiting_cards(tx, board, before=before):
                return ()
        async with self._database.transaction() as tx:
            await lock_review(tx)  # so that one process alone has them
            found = await waiting_cards(tx, board, before=before)
            for each in found:
                await note_reminder(tx, each.item, at)
        return tuple(StillWaiting(each, at - each.since) for each in found)

    async def give_waiting_back(self, waiting: StillWaiting) -> None:
        """Allow another reminder of an item, since none was sent."""
        async with self._database.transaction() as tx:
            await note_reminder(tx, waiting.card.item, None)


_LONGEST_QUOTE = 100
_MOST_QUOTES = 5
_MOST_ENTRIES = 5
# What would become a mention, a link or markup in a channel.
_MARKUP = re.compile(r"[`*_~|<>\[\]\\#]")
_UNSEEN = "\N{ZERO WIDTH SPACE}"


def digest_text(digest: Digest) -> str:
    """Return a week in a few lines."""
    week, counts = digest.week, digest.week.total.counts
    lines = [words.heading(week.days[0].day, week.days[-1].day)]
    if not counts.asked:
        return "\n".join([*lines, str(words.NOBODY_ASKED), *_dated(digest), *_checked(digest)])
    lines += [_asked(counts, digest.before), _shares(counts), *_judged(week), *_gaps(week)]
    if never := week.never_asked:
        some, more = ", ".join(entry.id for entry in never[:_MOST_ENTRIES]), len(never) > _MOST_ENTRIES
        lines.append(words.not_asked_for(len(never), len(week.entries), some, more=more))
    return "\n".join([*lines, *_dated(digest), *_checked(digest)])


def _dated(digest: Digest) -> Iterator[str]:
    """Yield a line for each kind of date that has come."""
    for kind, entries in groupby(digest.dated, key=lambda one: one.kind):
        named = [words.entry(one.entry_id, None if one.owner is None else quotable(one.owner)) for one in entries]
        yield words.dated(kind, len(named), ", ".join(named[:_MOST_ENTRIES]), more=len(named) > _MOST_ENTRIES)


def percent(part: int, whole: int) -> str:
    """Return a share in whole per cent."""
    return in_percent(part / whole) if whole else "-"


def _asked(counts: Counts, before: Counts) -> str:
    change = counts.asked / before.asked - 1 if before.asked else 0.0
    trend = Trend.MORE if change > 0 else Trend.FEWER
    if not before.asked:
        trend = Trend.FIRST
    elif not round(100 * change):
        trend = Trend.SAME
    return words.asked(counts.asked, counts.askers, trend, in_percent(abs(change)))


def _shares(counts: Counts) -> str:
    parts = (counts.answered, counts.suggested, counts.unanswered)
    return words.shares(*(percent(part, counts.asked) for part in parts))


def _judged(week: Stats) -> Iterator[str]:
    counts, waited = week.total.counts, week.total.waited
    if rated := counts.helpful + counts.wrong:
        yield words.ratings(counts.helpful, rated)
    if waited.median_seconds is not None:
        yield words.answered_later(waited.count, timedelta(seconds=waited.median_seconds))


def _checked(digest: Digest) -> Iterator[str]:
    """Yield what is to be mended in entries, if there is something; notes are left to those who look."""
    counts = Counter(each.severity for each in digest.findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if errors or warnings:
        yield words.to_mend(errors, warnings)


def _gaps(week: Stats) -> list[str]:
    """Return the open questions of most people; those that are not quoted only as a number."""
    quoted = [(gap.text, gap.askers) for gap in week.gaps if gap.text is not None][:_MOST_QUOTES]
    if not week.gaps:
        return []
    if not quoted:
        return [str(words.NONE_QUOTED)]
    lines = [words.gap(place, quotable(text), askers) for place, (text, askers) in enumerate(quoted, 1)]
    return [str(words.MOST_WANTED), *lines]


def quotable(text: str) -> str:
    """Return what a person wrote in one short line that no chat reads as a mention, a link or markup."""
    line = " ".join(_MARKUP.sub("", text).split()).replace("@", f"@{_UNSEEN}").replace("://", f":{_UNSEEN}//")
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"


class WeeklyService:
    """Return the digest of a channel once a week."""

    def __init__(self, *, database: Database, stats: StatsService, clock: Clock, due: TimeOfWeek | None) -> None:
        """Send it when it is `due`, never if that is None."""
        self._stats = stats
        self._due = due
        self._occasions = Occasions(database=database, clock=clock, name="digest")

    async def take(self, place: ChannelRef, *, audience: Audience) -> str | None:
        """Return what to tell those who read a channel, as Markdown; None when this week's digest is not due.

        A channel that never had one gets its first at the end of the week.
        """
        if self._due is None:
            return None

        async def make() -> str:
            return digest_text(await self._stats.digest(audience=audience))

        return await self._occasions.take(place, self._due.last_before, make)

    async def give_back(self, place: ChannelRef) -> None:
        """Allow the digest to be sent again, since it was not sent."""
        await self._occasions.give_back(place)

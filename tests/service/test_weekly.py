"""The weekly digest is told once a week in each channel, by one of all processes, and again where that failed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.hours import read_time_of_week
from bot.core.manners import Manners
from bot.core.models import Audience, ChannelRef
from bot.service.app import App
from bot.store import Database
from tests.service.samples import UNKNOWN, ask, services

BOARD, ELSEWHERE = ChannelRef("slack", "T1", "C9"), ChannelRef("discord", "1", "9")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MOMENT = timedelta(seconds=1)


class Calendar:
    """A stand-in for the time, which a test sets."""

    def __init__(self) -> None:
        self.at = MONDAY - WEEK

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def app(database: Database, calendar: Calendar) -> App:
    """Return services that have known of the channel for a week."""
    app = services(database, clock=calendar)
    assert await take(app) is None
    return app


@pytest.fixture
async def others(app: App, database_url: str, calendar: Calendar) -> AsyncIterator[list[App]]:
    """Return the services of other processes."""
    databases = [Database(database_url) for _ in range(4)]
    yield [services(database, clock=calendar) for database in databases]
    for database in databases:
        await database.aclose()


async def take(app: App, place: ChannelRef = BOARD) -> str | None:
    return await app.weekly.take(place, audience=Audience.INTERNAL)


async def test_the_digest_is_told_on_monday_morning_and_not_again_until_the_next(app: App, calendar: Calendar) -> None:
    calendar.at = MONDAY - MOMENT
    assert await take(app) is None
    calendar.at = MONDAY
    assert (await take(app) or "").startswith("**FAQ, 24 February to 2 March 2026**")
    for later in (MOMENT, timedelta(days=3), WEEK - MOMENT):
        calendar.at = MONDAY + later
        assert await take(app) is None
    calendar.at = MONDAY + WEEK
    assert await take(app) is not None


async def test_a_digest_that_was_late_does_not_move_the_next_one(app: App, calendar: Calendar) -> None:
    calendar.at = MONDAY + timedelta(days=5)
    assert await take(app) is not None
    calendar.at = MONDAY + WEEK
    assert await take(app) is not None


async def test_a_channel_that_is_new_waits_for_its_first_week_to_end(app: App, calendar: Calendar) -> None:
    calendar.at = MONDAY + timedelta(days=2)
    assert await take(app, ELSEWHERE) is None
    assert await take(app, ELSEWHERE) is None
    calendar.at = MONDAY + WEEK
    assert await take(app, ELSEWHERE) is not None


async def test_of_several_processes_one_tells_it(app: App, others: list[App], calendar: Calendar) -> None:
    calendar.at = MONDAY

    told = await asyncio.gather(*(take(one) for one in [app, *others]))

    assert sum(text is not None for text in told) == 1


async def test_a_clock_that_was_ahead_for_a_moment_stops_no_digest(app: App, calendar: Calendar) -> None:
    calendar.at = MONDAY
    assert await take(app) is not None
    calendar.at = MONDAY + 3 * WEEK
    assert await take(app) is not None
    for weeks in (1, 2, 3, 4):
        calendar.at = MONDAY + weeks * WEEK - MOMENT
        assert await take(app) is None
        calendar.at = MONDAY + weeks * WEEK
        assert await take(app) is not None
        assert await take(app) is None


async def test_a_channel_that_became_known_by_a_clock_that_was_ahead_has_its_digests(
    app: App, calendar: Calendar
) -> None:
    calendar.at = MONDAY + 3 * WEEK
    assert await take(app, ELSEWHERE) is None
    calendar.at = MONDAY
    assert await take(app, ELSEWHERE) is None
    calendar.at = MONDAY + WEEK
    assert await take(app, ELSEWHERE) is not None


async def test_after_a_clock_was_ahead_one_of_several_processes_tells_it(
    app: App, others: list[App], calendar: Calendar
) -> None:
    calendar.at = MONDAY + 3 * WEEK
    assert await take(app) is not None
    for weeks in (1, 2, 3):
        calendar.at = MONDAY + weeks * WEEK
        told = await asyncio.gather(*(take(one) for one in [app, *others]))
        assert sum(text is not None for text in told) == 1


# Who is two days ahead comes to the third week within the two.
@pytest.mark.parametrize(
    ("skew", "weeks"), [(timedelta(seconds=90), 2), (timedelta(days=2), 3), (-timedelta(days=2), 2)]
)
async def test_of_processes_whose_clocks_differ_one_tells_it(
    app: App, database_url: str, calendar: Calendar, skew: timedelta, weeks: int
) -> None:
    database = Database(database_url)
    other = services(database, clock=lambda: calendar.at + skew)
    told = []
    for hours in range(0, 2 * WEEK // timedelta(hours=1), 6):
        calendar.at = MONDAY + timedelta(hours=hours)
        told += [text for text in (await take(other), await take(app)) if text is not None]
    await database.aclose()

    assert len(told) == weeks


async def test_what_could_not_be_sent_is_handed_out_again(app: App, others: list[App], calendar: Calendar) -> None:
    calendar.at = MONDAY
    first = await take(app)
    await app.weekly.give_back(BOARD)

    assert await take(others[0]) == first
    assert await take(app) is None


async def test_it_tells_what_the_audience_may_know(app: App, calendar: Calendar) -> None:
    calendar.at = MONDAY
    await ask(app, UNKNOWN, audience=Audience.INTERNAL)

    text = await app.weekly.take(BOARD, audience=Audience.PUBLIC)

    assert text is not None
    assert "Nobody asked anything." in text


async def test_the_digest_comes_when_it_is_set_to(database: Database, calendar: Calendar) -> None:
    friday = Manners(digest=read_time_of_week("Fri 16:30 Europe/Berlin"))
    app = services(database, clock=calendar, manners=friday)
    assert await take(app) is None
    calendar.at = MONDAY - timedelta(days=2, hours=16, minutes=30, seconds=1)  # a second too soon, on Friday
    assert await take(app) is None
    calendar.at += MOMENT
    assert await take(app) is not None
    calendar.at = MONDAY
    assert await take(app) is None


async def test_no_digest_comes_where_it_is_off(app: App, calendar: Calendar) -> None:
    silent = services(app.database, clock=calendar, manners=Manners(digest=None))
    calendar.at = MONDAY
    assert await take(silent) is None
    assert await take(app) is not None


@pytest.mark.parametrize("written", ["Sun 02:30 Europe/Berlin", "Sun 03:00 Europe/Berlin", "Sun 00:30 Africa/Cairo"])
@pytest.mark.parametrize("night", [datetime(2026, 3, 28, 18, tzinfo=UTC), datetime(2026, 10, 24, 18, tzinfo=UTC)])
async def test_in_the_night_in_which_the_clocks_change_it_is_told_once(
    database: Database, calendar: Calendar, written: str, night: datetime
) -> None:
    app = services(database, clock=calendar, manners=Manners(digest=read_time_of_week(written)))
    calendar.at = night - MOMENT
    assert await take(app) is None
    told = 0
    for minutes in range(0, 14 * 60, 15):
        calendar.at = night + timedelta(minutes=minutes)
        told += await take(app) is not None

    assert told == 1

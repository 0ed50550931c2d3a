"""What was written while a connection was away is found, and nothing is read twice."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.outages import LONGEST, MARGIN, Heard, Recent, missed
from bot.service.claims import Spool


class Place:
    """Messages by number; the last one is the newest."""

    def __init__(self, count: int, *, known: set[int] | None = None, live: set[int] | None = None) -> None:
        self.count = count
        self.known = known or set()
        self.live = live or set()
        self.read: list[int] = []
        self.asked = 0

    async def newest_first(self) -> AsyncIterator[int]:
        """Yield the messages."""
        for number in range(self.count, 0, -1):
            self.read.append(number)
            yield number

    async def unknown(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some messages that are not on the log."""
        self.asked += 1
        return [number for number in numbers if number not in self.known]

    async def missed(self, *, most: int = 100) -> Sequence[int]:
        """Return what was missed."""
        return await missed(
            self.newest_first(),
            unknown=self.unknown,
            is_live=lambda number: number in self.live,
            most=most,
        )


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place(0), []),
        (Place(3), [1, 2, 3]),
        (Place(5, known={3}), [1, 2, 4, 5]),
        (Place(5, known={1, 3}), [2, 4, 5]),
        (Place(6, known={1, 2, 6}, live={5, 6}), [3, 4]),
        (Place(3, live={1, 2, 3}), []),
    ],
)
async def test_what_is_not_on_the_log_was_missed(place: Place, found: list[int]) -> None:
    assert await place.missed() == found


async def test_what_was_missed_long_ago_is_found_behind_much_that_is_known() -> None:
    assert await Place(90, known={*range(2, 91)}).missed() == [1]


async def test_the_log_is_asked_once_for_a_place() -> None:
    place = Place(90, known={*range(2, 91)})
    await place.missed()
    assert place.asked == 1


async def test_the_newest_are_found_where_there_are_many() -> None:
    assert await Place(150).missed(most=3) == [148, 149, 150]


NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with closing(Spool(tmp_path, "slack")) as spool:
        yield spool


def heard(spool: Spool, clock: Clock) -> Heard:
    return Heard(spool, "T1", clock=clock)


def test_who_knows_nothing_reads_as_far_back_as_is_of_use(spool: Spool, clock: Clock) -> None:
    assert heard(spool, clock).reading().since == NOW - LONGEST


async def test_what_was_heard_is_not_read_again_but_for_a_margin(spool: Spool, clock: Clock) -> None:
    first = heard(spool, clock)
    first.reading().end_part()
    clock.now += 30 * MINUTE
    await first.beat()
    clock.now += 5 * MINUTE

    assert heard(spool, clock).reading().since == NOW + 30 * MINUTE - MARGIN


async def test_until_all_is_read_that_was_missed_no_later_time_counts(spool: Spool, clock: Clock) -> None:
    first = heard(spool, clock)
    first.reading().end_part()
    clock.now += 10 * MINUTE
    first.lost()
    reading = first.reading()
    reading.begin_part()
    reading.end_part()
    await first.beat()

    assert heard(spool, clock).reading().since == NOW - MARGIN, "it was killed while it read"
    reading.end_part()
    assert heard(spool, clock).reading().since == NOW + 10 * MINUTE - MARGIN


async def test_a_reading_during_which_the_connection_was_lost_again_says_nothing(spool: Spool, clock: Clock) -> None:
    first = heard(spool, clock)
    reading = first.reading()
    first.lost()
    reading.end_part()
    await first.beat()

    assert heard(spool, clock).reading().since == NOW - LONGEST


def test_the_next_process_goes_on_from_there(tmp_path: Path, clock: Clock) -> None:
    with closing(Spool(tmp_path, "slack")) as first:
        heard(first, clock).reading().end_part()
    clock.now += MINUTE

    with closing(Spool(tmp_path, "slack")) as second:
        second.adopt()
        assert heard(second, clock).reading().since == NOW - MARGIN
    assert len(list(tmp_path.glob("*.db"))) == 1


def test_an_id_is_new_once() -> None:
    recent = Recent()

    assert [recent.is_new(each) for each in ("1", "2", "1")] == [True, True, False]


def test_the_oldest_is_forgotten() -> None:
    recent = Recent(limit=2)
    for each in ("1", "2", "3"):
        recent.is_new(each)

    assert [recent.is_new(each) for each in ("2", "3", "1")] == [False, False, True]

"""Show which messages of a place count as missed."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.backlog import KNOWN, missed


class Place:
    """Hold messages by number; the last one is the newest."""

    def __init__(self, count: int, *, known: set[int] | None = None, live: set[int] | None = None) -> None:
        self.count = count
        self.known = known or set()
        self.live = live or set()
        self.read: list[int] = []

    async def newest_first(self) -> AsyncIterator[int]:
        """Yield the messages."""
        for number in range(self.count, 0, -1):
            self.read.append(number)
            yield number

    async def is_known(self, number: int) -> bool:
        """Tell whether a message is on the log."""
        return number in self.known

    async def missed(self, *, most: int = 100) -> list[int]:
        """Return what was missed."""
        return await missed(
            self.newest_first(),
            is_known=self.is_known,
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
        (Place(KNOWN + 3, known={*range(3, KNOWN + 3)}), [KNOWN + 3]),
        (Place(6, known={1, 2, 6}, live={5, 6}), [3, 4]),
        (Place(3, live={1, 2, 3}), []),
    ],
)
async def test_what_is_not_on_the_log_was_missed(place: Place, found: list[int]) -> None:
    assert await place.missed() == found


async def test_reading_ends_where_enough_is_known() -> None:
    place = Place(50, known={*range(48 - KNOWN, 48)})
    await place.missed()

    assert place.read == [*range(50, 46 - KNOWN, -1)]


async def test_the_newest_are_found_where_there_are_many() -> None:
    assert await Place(150).missed(most=3) == [148, 149, 150]

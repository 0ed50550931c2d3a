"""Show that what was asked is remembered for its time and no longer, and that faults are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapters.slack.sending import Lookups


class Source:
    """Answer with how often it was asked, at a time that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked: list[str] = []
        self.fault: Exception | None = None

    async def load(self, key: str) -> int:
        """Answer once more."""
        self.asked.append(key)
        if self.fault is not None:
            raise self.fault
        return len(self.asked)

    @property
    def clock(self) -> Callable[[], float]:
        """Return the time of the test."""
        return lambda: self.now


@pytest.fixture
def source() -> Source:
    """Return what is asked."""
    return Source()


@pytest.fixture
def lookups(source: Source) -> Lookups[int]:
    """Return what remembers answers for ten seconds."""
    return Lookups(source.load, lifetime=timedelta(seconds=10), clock=source.clock)


@pytest.mark.parametrize(("seconds", "asked"), [(9.9, 1), (10.0, 2)])
async def test_an_answer_is_remembered_for_its_time(
    source: Source, lookups: Lookups[int], seconds: float, asked: int
) -> None:
    await lookups.get("a")
    source.now += seconds

    assert lookups.has("a") is (asked == 1)
    assert await lookups.get("a") == asked


async def test_each_key_has_its_own(source: Source, lookups: Lookups[int]) -> None:
    assert [await lookups.get(key) for key in "aba"] == [1, 2, 1]


async def test_what_is_forgotten_is_asked_for_anew(lookups: Lookups[int]) -> None:
    await lookups.get("a")
    lookups.forget("a")

    assert not lookups.has("a")
    assert await lookups.get("a") == 2


async def test_a_fault_is_raised_and_not_remembered(source: Source, lookups: Lookups[int]) -> None:
    source.fault = LookupError("a fault of the test")
    with pytest.raises(LookupError):
        await lookups.get("a")
    source.fault = None

    assert await lookups.get("a") == 2


async def test_of_too_many_the_oldest_go(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.sending._LIMIT", 2)
    lookups = Lookups(source.load, lifetime=timedelta(seconds=10))
    for key in "abc":
        lookups.put(key, 0)

    assert [lookups.has(key) for key in "abc"] == [False, True, True]
    assert source.asked == []

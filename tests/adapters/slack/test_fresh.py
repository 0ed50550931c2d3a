"""Show that what was asked is remembered for its time and no longer, and that faults are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapters.slack.fresh import Fresh


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
def fresh(source: Source) -> Fresh[int]:
    """Return what remembers answers for ten seconds."""
    return Fresh(source.load, lifetime=timedelta(seconds=10), clock=source.clock)


@pytest.mark.parametrize(("seconds", "asked"), [(9.9, 1), (10.0, 2)])
async def test_an_answer_is_remembered_for_its_time(
    source: Source, fresh: Fresh[int], seconds: float, asked: int
) -> None:
    await fresh.get("a")
    source.now += seconds

    assert fresh.has("a") is (asked == 1)
    assert await fresh.get("a") == asked


async def test_each_key_has_its_own(source: Source, fresh: Fresh[int]) -> None:
    assert [await fresh.get(key) for key in "aba"] == [1, 2, 1]


async def test_what_is_forgotten_is_asked_for_anew(fresh: Fresh[int]) -> None:
    await fresh.get("a")
    fresh.forget("a")

    assert not fresh.has("a")
    assert await fresh.get("a") == 2


async def test_a_fault_is_raised_and_not_remembered(source: Source, fresh: Fresh[int]) -> None:
    source.fault = LookupError("a fault of the test")
    with pytest.raises(LookupError):
        await fresh.get("a")
    source.fault = None

    assert await fresh.get("a") == 2


async def test_of_too_many_the_oldest_go(source: Source, fresh: Fresh[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.fresh._MOST", 2)
    for key in "abc":
        fresh.put(key, 0)

    assert [fresh.has(key) for key in "abc"] == [False, True, True]
    assert source.asked == []

"""Show how numbers become bars."""

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from bot.cli.stats import MOST_BARS, bar_days, folded, sparkline

COUNTS = lists(integers(0, 10_000), max_size=200)


def test_the_largest_has_the_highest_bar() -> None:
    assert sparkline([0, 1, 7, 3]) == "▁▂█▄"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([]) == ""


@pytest.mark.parametrize(("days", "size"), [(1, 1), (62, 1), (63, 7), (434, 7), (435, 14)])
def test_many_days_share_bars_of_whole_weeks(days: int, size: int) -> None:
    assert bar_days(days) == size
    assert -(-days // size) <= MOST_BARS


def test_the_last_bar_is_full_and_the_first_has_what_is_left() -> None:
    assert folded([1, 2, 3, 4, 5], size=2) == [1, 5, 9]
    assert folded([1, 2, 3, 4], size=2) == [3, 7]


@given(COUNTS, integers(1, 30))
def test_nothing_is_lost_in_folding(values: list[int], size: int) -> None:
    bars = folded(values, size=size)
    assert sum(bars) == sum(values)
    assert len(bars) == -(-len(values) // size)


@given(COUNTS)
def test_a_larger_number_has_no_lower_bar(values: list[int]) -> None:
    bars = sparkline(values)
    assert len(bars) == len(values)
    assert [bar for _, bar in sorted(zip(values, bars, strict=True))] == sorted(bars)

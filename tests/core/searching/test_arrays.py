"""Each array function against the obvious way to say the same."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.arrays import (
    counted,
    distinct,
    first_of_each,
    greatest,
    spread,
    sum_lists,
    tally,
    transposed,
    with_room,
)

NUMBERS = st.lists(st.integers(0, 9), max_size=30)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 5))))
def test_spread_names_every_place(lists: list[tuple[int, int]]) -> None:
    starts, sizes = np.array(lists, np.int64).reshape(-1, 2).T
    assert spread(starts, sizes).tolist() == [start + at for start, size in lists for at in range(size)]


@given(NUMBERS)
def test_numbers_are_counted_and_made_distinct(numbers: list[int]) -> None:
    found, times = counted(np.array(sorted(numbers), np.int64))
    assert dict(zip(found.tolist(), times.tolist(), strict=True)) == Counter(numbers)
    assert sorted(distinct(np.array(numbers, np.int64), 10).tolist()) == sorted(set(numbers))


@given(NUMBERS)
def test_equal_numbers_have_one_place_in_common(numbers: list[int]) -> None:
    places = first_of_each(np.array(numbers, np.int64), 10).tolist()
    assert [numbers[place] for place in places] == numbers
    assert len(set(places)) == len(set(numbers))
    assert first_of_each(np.array(numbers, np.int64), 2**23).tolist() == places


@given(st.lists(NUMBERS))
def test_lists_are_summed_and_turned_around(lists: list[list[int]]) -> None:
    rows = [sorted(set(each)) for each in lists]
    flat, sizes = np.array([n for each in rows for n in each], np.int64), np.array([len(each) for each in rows], int)
    assert sum_lists(flat, sizes).tolist() == [sum(each) for each in rows]
    owners, lengths = transposed(flat, sizes, 10)
    assert owners.tolist() == [at for column in range(10) for at, each in enumerate(rows) if column in each]
    assert lengths.tolist() == [sum(column in each for each in rows) for column in range(10)]


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0])), st.integers(1, 10))
def test_the_greatest_come_with_their_equals(values: list[float], count: int) -> None:
    cut = sorted(values, reverse=True)[:count]
    expected = [at for at, value in enumerate(values) if not cut or value >= cut[-1]]
    assert greatest(np.array(values), count).tolist() == expected


def test_values_are_summed_by_place() -> None:
    assert tally(np.array([0, 2, 0]), np.array([0.5, 1.0, 0.25]), 4) == pytest.approx([0.75, 0, 1, 0])


def test_room_is_made_once_and_filled_with_zeros() -> None:
    array = np.ones((2, 3))
    longer = with_room(array, 2)
    assert with_room(longer, len(longer) - 1) is longer
    assert longer[:3].tolist() == [[1, 1, 1], [1, 1, 1], [0, 0, 0]]

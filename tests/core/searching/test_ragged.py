"""The ragged array against plain lists, through any sequence of changes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.arrays import Numbers, Ragged

LISTS = st.lists(st.lists(st.integers(0, 50), unique=True).map(sorted), min_size=1, max_size=6)
# Which list, which value is appended: a rising count, so that lists stay in order.
CHANGES = st.lists(st.tuples(st.sampled_from(["append", "discard", "clear", "add"]), st.integers(0, 20)), max_size=80)


def laid(lists: list[list[int]]) -> Ragged:
    values = [value for each in lists for value in each]
    return Ragged(np.array(values, np.int64), np.array([len(each) for each in lists], np.int64))


def read(ragged: Ragged) -> list[list[int]]:
    return [ragged.of(number).tolist() for number in range(len(ragged))]


def change(ragged: Ragged, lists: list[list[int]], what: str, at: int, value: int) -> None:
    number = at % len(lists)
    if what == "append":
        ragged.append(number, value)
        lists[number].append(value)
    elif what == "discard" and lists[number]:
        gone = lists[number].pop(at % len(lists[number]))
        ragged.discard(number, gone)
    elif what == "clear":
        ragged.clear(number)
        lists[number] = []
    elif what == "add":
        values: Numbers = np.arange(at)
        assert ragged.add(values) == len(lists)
        lists.append(values.tolist())


@given(lists=LISTS, changes=CHANGES)
def test_it_holds_what_plain_lists_hold(lists: list[list[int]], changes: list[tuple[str, int]]) -> None:
    ragged = laid(lists)
    for value, (what, at) in enumerate(changes, 100):
        change(ragged, lists, what, at, value)
        assert read(ragged) == lists


@given(lists=LISTS, asked=st.lists(st.integers(0, 5)), long=st.booleans())
def test_gathered_lists_stand_end_to_end(lists: list[list[int]], asked: list[int], *, long: bool) -> None:
    lists = [each * (100 if long else 1) for each in lists]
    numbers = [at % len(lists) for at in asked]
    values, sizes = laid(lists).gather(np.array(numbers, np.int64))
    assert values.tolist() == [value for number in numbers for value in lists[number]]
    assert sizes.tolist() == [len(lists[number]) for number in numbers]


def test_places_that_nobody_uses_are_given_up() -> None:
    ragged = laid([[1, 2, 3]])
    for _ in range(10_000):
        ragged.clear(ragged.add(np.arange(10)))
    assert ragged.room < 1_000
    assert ragged.of(0).tolist() == [1, 2, 3]


def test_closing_the_gaps_takes_the_slack_away() -> None:
    ragged = laid([[], []])
    for value in range(200):
        ragged.append(0, value)
        ragged.append(1, value)
    for _ in range(400):
        ragged.clear(ragged.add(np.arange(10)))
    for value in range(200, 300):
        ragged.append(0, value)
    assert [ragged.of(number).tolist() for number in (0, 1)] == [list(range(300)), list(range(200))]


def test_lists_grow_from_nothing() -> None:
    ragged = laid([[]])
    ragged.grow(100)
    ragged.append(99, 7)
    ragged.grow(50)
    assert len(ragged) == 100
    assert ragged.of(99).tolist() == [7]

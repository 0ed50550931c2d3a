"""The index of sets against the obvious way to compute the same, also after any sequence of changes."""

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse import set_index
from bot.core.searching.sparse.features import Features
from bot.core.searching.sparse.set_index import LEVELS, SetIndex

Row = frozenset[int]
ROWS = st.lists(st.frozensets(st.integers(0, 30), min_size=1, max_size=8), max_size=12)


def keys(row: Row) -> Features:
    return np.array(sorted(row), np.uint32)


def built(rows: Sequence[Row]) -> SetIndex:
    return SetIndex(np.concatenate([keys(frozenset()), *map(keys, rows)]), np.array([len(row) for row in rows], int))


def cosine(query: Row, other: Row, rows: Sequence[Row]) -> float:
    """Compute the cosine from the definition."""

    def weight(feature: int) -> float:
        frequency = sum(feature in each for each in rows)
        return log(1 + len(rows)) - round(LEVELS * log(1 + frequency)) / LEVELS + 1 if frequency else 0.0

    lengths = sqrt(sum(weight(each) ** 2 for each in query)) * sqrt(sum(weight(each) ** 2 for each in other))
    return sum(weight(each) ** 2 for each in query & other) / lengths if lengths else 0.0


def nearness(index: SetIndex, query: Row) -> dict[int, float]:
    reading = index.read(keys(query))
    rows = np.unique(reading.rows)
    return dict(zip(rows.tolist(), index.near(reading, rows).tolist(), strict=True))


@given(rows=ROWS, query=st.frozensets(st.integers(0, 40), max_size=8))
def test_near_is_what_the_definition_says(rows: list[Row], query: Row) -> None:
    expected = {at: cosine(query, each, rows) for at, each in enumerate(rows) if query & each}
    assert nearness(built(rows), query) == pytest.approx(expected)


@given(
    rows=ROWS,
    added=ROWS,
    removed=st.lists(st.integers(0, 30), unique=True),
    query=st.frozensets(st.integers(0, 30), min_size=1, max_size=8),
)
def test_changes_leave_no_trace(rows: list[Row], added: list[Row], removed: list[int], query: Row) -> None:
    changed = built(rows)
    everything = [*rows, *added]
    for number, each in enumerate(added, len(rows)):
        assert changed.add(keys(each)) == number
    gone = {number for number in removed if number < len(everything)}
    for number in gone:
        changed.remove(number)
    places = [number for number in range(len(everything)) if number not in gone]
    fresh = nearness(built([everything[number] for number in places]), query)
    assert len(changed) == len(everything)
    assert nearness(changed, query) == pytest.approx({places[at]: near for at, near in fresh.items()}, abs=1e-12)


def test_common_features_that_are_not_read_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [frozenset({0, 1, number + 2}) for number in range(40)]
    query = frozenset({0, 1, 7})
    everything = nearness(built(rows), query)
    monkeypatch.setattr(set_index, "POSTINGS_READ", 3)
    index = built(rows)
    reading = index.read(keys(query))
    assert reading.rows.tolist() == [5]
    assert index.near(reading, np.arange(40)) == pytest.approx([everything[at] for at in range(40)])
    assert reading.near[5] < everything[5]


@given(rows=ROWS.filter(len))
def test_likeness_is_the_cosine_of_rows(rows: list[Row]) -> None:
    index = built(rows)
    features, owners, values = index.features(np.arange(len(rows)))
    cells = np.zeros((len(rows), index.width))
    cells[owners, features] = values
    found = cells @ cells.T
    expected = np.array([[cosine(a, b, rows) for b in rows] for a in rows])
    assert found == pytest.approx(expected, rel=1e-4)


def test_an_empty_index_finds_nothing() -> None:
    assert nearness(built([]), frozenset({1})) == {}

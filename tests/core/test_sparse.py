"""Hold the index against the obvious way to compute the same, also after any sequence of changes."""

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import sparse
from bot.core.features import Features
from bot.core.sparse import SparseIndex

Row = frozenset[int]
ROWS = st.lists(st.frozensets(st.integers(0, 30), min_size=1, max_size=8), max_size=12)


def row(features: Row) -> Features:
    return np.array(sorted(features), np.uint32)


def cosines(query: Row, other: Row, rows: Sequence[Row]) -> list[float]:
    """Compute the cosine of both halves from the definition."""

    def weight(feature: int) -> float:
        frequency = sum(feature in each for each in rows)
        return log((1 + len(rows)) / (1 + frequency)) + 1 if frequency else 0.0

    found = []
    for half in (0, 1):
        mine, theirs = ({each for each in side if each % 2 == half} for side in (query, other))
        lengths = sqrt(sum(weight(each) ** 2 for each in mine)) * sqrt(sum(weight(each) ** 2 for each in theirs))
        found.append(sum(weight(each) ** 2 for each in mine & theirs) / lengths if lengths else 0.0)
    return found


@given(rows=ROWS, query=st.frozensets(st.integers(0, 40), max_size=8))
def test_nearest_is_what_the_definition_says(rows: list[Row], query: Row) -> None:
    numbers, near = SparseIndex([row(each) for each in rows]).nearest(row(query), limit=100)
    expected = {at: cosines(query, each, rows) for at, each in enumerate(rows) if query & each}
    assert sorted(numbers.tolist()) == sorted(expected)
    assert near == pytest.approx(np.array([expected[number] for number in numbers.tolist()]).reshape(-1, 2))
    total = near.sum(axis=1).round(9).tolist()
    assert total == sorted(total, reverse=True)


@given(
    rows=ROWS,
    added=ROWS,
    removed=st.lists(st.integers(0, 30), unique=True),
    query=st.frozensets(st.integers(0, 30), min_size=1, max_size=8),
    room=st.sampled_from([1, 3, 1000]),
)
def test_changes_leave_no_trace(rows: list[Row], added: list[Row], removed: list[int], query: Row, room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparse, "RECENT_AT_LEAST", room)
        changed = SparseIndex([row(each) for each in rows])
        everything = [*rows, *added]
        for each in added:
            changed.add(row(each))
        gone = {number for number in removed if number < len(everything)}
        for number in gone:
            changed.remove(number)
        kept = [each for number, each in enumerate(everything) if number not in gone]
        places = [number for number in range(len(everything)) if number not in gone]
        numbers, near = changed.nearest(row(query), limit=100)
        fresh, expected = SparseIndex([row(each) for each in kept]).nearest(row(query), limit=100)
    assert len(changed) == len(kept)
    assert numbers.tolist() == [places[number] for number in fresh.tolist()]
    assert near == pytest.approx(expected)


def test_a_removed_row_cannot_be_removed_again() -> None:
    index = SparseIndex([row(frozenset({1}))])
    index.remove(0)
    for number in (0, 1, -1):
        with pytest.raises(KeyError):
            index.remove(number)


def test_reading_fewer_postings_still_compares_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [frozenset({0, 1, number + 2}) for number in range(40)]
    query = frozenset({0, 1, 7})
    everything = SparseIndex([row(each) for each in rows]).nearest(row(query), limit=1)
    monkeypatch.setattr(sparse, "POSTINGS_READ", 3)
    numbers, near = SparseIndex([row(each) for each in rows]).nearest(row(query), limit=1)
    assert numbers.tolist() == everything[0].tolist() == [5]
    assert near == pytest.approx(everything[1])


@given(rows=ROWS.filter(len), query=st.frozensets(st.integers(0, 30), min_size=1, max_size=8))
def test_regression_solves_its_equations(rows: list[Row], query: Row) -> None:
    index = SparseIndex([row(each) for each in rows])
    numbers, near = index.nearest(row(query), limit=100)
    weights = index.regress(numbers, near, ridge=0.5)
    for half in (0, 1):
        likeness = np.array([cosines(rows[a], rows[b], rows)[half] for a in numbers for b in numbers])
        product = likeness.reshape(len(near), len(near)) @ weights[:, half]
        assert product + 0.5 * weights[:, half] == pytest.approx(near[:, half], abs=1e-4)


def test_equal_rows_share_the_credit() -> None:
    index = SparseIndex([row(frozenset({2, 3}))] * 4 + [row(frozenset({8, 9}))])
    numbers, near = index.nearest(row(frozenset({2, 3})), limit=10)
    weights = index.regress(numbers, near, ridge=0.5)
    assert weights == pytest.approx(np.full((4, 2), 1 / 4.5), abs=1e-4)


def test_an_empty_index_finds_nothing() -> None:
    numbers, near = SparseIndex().nearest(row(frozenset({1})), limit=5)
    assert not len(numbers)
    assert not len(SparseIndex().regress(numbers, near, ridge=1))

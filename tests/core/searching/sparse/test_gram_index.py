"""The index of trigrams against the obvious way to compute the same, also after any sequence of changes."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse import gram_index
from bot.core.searching.sparse.gram_index import GramIndex, WordTable
from bot.core.searching.sparse.set_index import LEVELS

WORDS = ("ab", "abc", "abcd", "bcd", "cdcd", "xy", "xyz", "zab")
Row = tuple[str, ...]
ROW = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True).map(tuple)
ROWS = st.lists(ROW, max_size=10)


def built(rows: Sequence[Row], table: WordTable | None = None) -> GramIndex:
    if table is None:
        table = WordTable(dict.fromkeys(word for row in rows for word in row))
    numbers = [table.claim(row) for row in rows]
    sizes = np.array([len(row) for row in rows], int)
    return GramIndex(table, np.concatenate([np.empty(0, np.int64), *numbers]), sizes)


def grams_of(row: Row) -> Counter[str]:
    """Count for each run of three characters the words that have it."""
    padded = [f" {word} " for word in row]
    return Counter(gram for word in padded for gram in {word[at : at + 3] for at in range(len(word) - 2)})


def cosine(query: Row, other: Row, rows: Sequence[Row]) -> float:
    """Compute the cosine from the definition."""
    everything = [grams_of(row) for row in rows]

    def weight(gram: str) -> float:
        frequency = sum(gram in each for each in everything)
        return log(1 + len(rows)) - round(LEVELS * log(1 + frequency)) / LEVELS + 1 if frequency else 0.0

    mine, theirs = grams_of(query), grams_of(other)
    lengths = [sqrt(sum((times * weight(gram)) ** 2 for gram, times in side.items())) for side in (mine, theirs)]
    shared = sum(times * theirs[gram] * weight(gram) ** 2 for gram, times in mine.items())
    return shared / (lengths[0] * lengths[1]) if shared else 0.0


def nearness(index: GramIndex, query: Row) -> dict[int, float]:
    near = index.near(index.read(query), np.arange(len(index)))
    return {row: each for row, each in enumerate(near.tolist()) if each}


@pytest.mark.slow
@given(rows=ROWS, query=st.lists(st.sampled_from((*WORDS, "abx", "qqq")), max_size=5).map(tuple))
def test_near_is_what_the_definition_says(rows: list[Row], query: Row) -> None:
    distinct = tuple(dict.fromkeys(query))
    expected = {at: cosine(distinct, each, rows) for at, each in enumerate(rows) if cosine(distinct, each, rows)}
    assert nearness(built(rows), query) == pytest.approx(expected)


@pytest.mark.slow
@given(rows=ROWS, added=ROWS, removed=st.lists(st.integers(0, 20), unique=True), query=ROW)
def test_changes_leave_no_trace(rows: list[Row], added: list[Row], removed: list[int], query: Row) -> None:
    table = WordTable(dict.fromkeys(word for row in rows for word in row))
    changed = built(rows, table)
    everything = [*rows, *added]
    for number, each in enumerate(added, len(rows)):
        assert changed.add(table.claim(each)) == number
    gone = {number for number in removed if number < len(everything)}
    for number in gone:
        changed.remove(number)
    places = [number for number in range(len(everything)) if number not in gone]
    fresh = nearness(built([everything[number] for number in places]), query)
    assert len(changed) == len(everything)
    assert nearness(changed, query) == pytest.approx({places[at]: near for at, near in fresh.items()}, abs=1e-12)


def test_a_word_that_only_another_index_has_does_no_harm() -> None:
    table = WordTable()
    first, second = built([], table), built([], table)
    first.add(table.claim(["abcd", "xyz"]))
    assert nearness(second, ("abcd",)) == {}
    second.add(table.claim(["abc"]))
    assert nearness(second, ("abcd",))[0] > 0.1


def test_words_that_only_another_index_has_do_not_hinder_a_removal() -> None:
    table = WordTable()
    first, second = built([], table), built([], table)
    second.add(table.claim(["abcd"]))
    first.add(table.claim([f"abc{at}" for at in range(100)]))
    second.remove(0)
    assert nearness(second, ("abcd",)) == {}
    assert nearness(first, ("abcd",))[0] > 0.1


@pytest.mark.parametrize(("rows_read", "words_read"), [(3, 200_000), (8000, 3), (3, 3)])
def test_what_is_not_read_at_first_still_counts(
    monkeypatch: pytest.MonkeyPatch, rows_read: int, words_read: int
) -> None:
    rows: list[Row] = [("abcd", f"xy{at}", "zab") for at in range(30)]
    query = ("abcd", "xy7")
    everything = nearness(built(rows), query)
    monkeypatch.setattr(gram_index, "POSTINGS_READ", rows_read)
    monkeypatch.setattr(gram_index, "WORDS_READ", words_read)
    index = built(rows)
    reading = index.read(query)
    assert 7 in reading.rows
    assert index.near(reading, np.arange(30)) == pytest.approx([everything[at] for at in range(30)])


@pytest.mark.slow
@given(rows=ROWS.filter(len))
def test_likeness_is_the_cosine_of_rows(rows: list[Row]) -> None:
    index = built(rows)
    grams, owners, values = index.features(np.arange(len(rows)))
    cells = np.zeros((len(rows), index.width))
    np.add.at(cells, (owners, grams), values)
    found = cells @ cells.T
    expected = np.array([[cosine(a, b, rows) for b in rows] for a in rows])
    assert found == pytest.approx(expected, rel=1e-4)

"""Show which texts are near, in which order, and what each one explains."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import grams, sparse, texts
from bot.core.features import MAX_PAIRED, stem_features
from bot.core.texts import Collection, Text, TextIndex
from bot.core.wordtable import WordTable

WORD = st.sampled_from(["freeze", "account", "password", "passwords", "pending", "reset", "phone", "lost"])
LINES = st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=10)


def text(line: str) -> Text:
    return Text(line.split(), line.split())


def built(lines: list[str], *, pairs: bool = True) -> TextIndex:
    numbers: dict[str, int] = {}
    collection = Collection(numbers, pairs=pairs)
    assert [collection.add(text(line)) for line in lines] == list(range(len(lines)))
    return TextIndex(WordTable(numbers), collection)


def test_equal_texts_are_nearest_and_the_first_of_them_first() -> None:
    index = built(["reset phone", "lost password", "reset password", "lost password"])
    rows, near = index.nearest(text("lost password"), limit=3)
    assert rows[:2].tolist() == [1, 3]
    assert near[:2] == pytest.approx(np.ones((2, 2)))
    assert near[2].max() < 0.9


def test_order_of_words_counts_for_words_alone() -> None:
    rows, near = built(["lost phone account"]).nearest(text("account phone lost"), limit=1)
    assert rows.tolist() == [0]
    assert near[0, 0] == pytest.approx(1)
    assert 0.3 < near[0, 1] < 0.95


def test_pairs_can_be_left_out() -> None:
    forth, back = (built(["lost phone reset account"], pairs=pairs) for pairs in (True, False))
    assert forth.nearest(text("account lost"), limit=1)[1][0, 1] == pytest.approx(3 / sqrt(3 * 13))
    assert back.nearest(text("account lost"), limit=1)[1][0, 1] == pytest.approx(2 / sqrt(2 * 7))


@given(lines=LINES, asked=st.lists(WORD, min_size=1, max_size=4).map(" ".join))
def test_reading_little_finds_the_nearest_as_well(lines: list[str], asked: str) -> None:
    rows, near = built(lines).nearest(text(asked), limit=1)
    with pytest.MonkeyPatch.context() as patch:
        for module in (grams, sparse):
            patch.setattr(module, "POSTINGS_READ", 6)
        few, close = built(lines).nearest(text(asked), limit=1)
    assert close.sum() <= near.sum() + 1e-9
    if asked in lines:
        assert few.tolist() == rows.tolist()


@given(lines=LINES, asked=LINES)
def test_regression_solves_its_equations(lines: list[str], asked: list[str]) -> None:
    index = built(lines)
    rows, near = index.nearest(text(asked[0]), limit=100)
    weights = index.regress(rows, near, ridge=0.5)
    for half, likeness in enumerate((index.characters.likeness(rows), index.words.likeness(rows))):
        np.fill_diagonal(likeness, 1.5)
        assert likeness @ weights[:, half] == pytest.approx(near[:, half], abs=1e-4)


def test_equal_texts_share_the_credit() -> None:
    index = built(["lost phone"] * 4 + ["my quiz"])
    weights = index.regress(*index.nearest(text("lost phone"), limit=10), ridge=0.5)
    assert weights == pytest.approx(np.full((4, 2), 1 / 4.5), abs=1e-4)


def test_of_the_characters_only_the_first_rows_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "SPELLINGS_WEIGHED", 1)
    index = built(["lost phone", "lost password"])
    weights = index.regress(*index.nearest(text("lost phone"), limit=10), ridge=0.5)
    assert weights[:, 0] == pytest.approx([1 / 1.5, 0])
    assert weights[1, 1] != 0


def test_an_empty_index_finds_nothing() -> None:
    rows, near = built([]).nearest(text("lost"), limit=5)
    assert not len(rows)
    assert not len(built([]).regress(rows, near, ridge=1))


def test_texts_can_be_taken_back() -> None:
    index = built(["lost phone"])
    row = index.add(text("lost password again"))
    assert index.nearest(text("again"), limit=5)[0].tolist() == [row]
    index.remove(row)
    assert not len(index.nearest(text("again"), limit=5)[0])


def test_a_collection_of_many_blocks_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_BLOCK", 2)
    numbers: dict[str, int] = {}
    collection = Collection(numbers, pairs=True)
    lines = ["lost phone", "reset", "phone reset lost", "pending account", "lost"]
    for line in lines:
        collection.add(text(line))
    whole = stem_features([line.split() for line in lines])
    assert [part.tolist() for part in collection.features()] == [part.tolist() for part in whole]
    assert collection.words()[0].tolist() == [0, 1, 2, 1, 2, 0, 3, 4, 0]


def test_a_long_text_pairs_its_beginning_only() -> None:
    words = [f"w{at}" for at in range(MAX_PAIRED + 5)]
    _, sizes = stem_features([words])
    assert sizes.tolist() == [len(words) + len(words) - 1 + MAX_PAIRED * (MAX_PAIRED - 1) // 2]

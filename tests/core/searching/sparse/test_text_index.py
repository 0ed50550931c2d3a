"""Show which texts are near, in which order, and what each one explains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse import gram_index, set_index, text_index
from bot.core.searching.sparse.features import MAX_PAIRED, stem_features
from bot.core.searching.sparse.text_index import SPELLING, Text, TextIndex, Texts

WORD = st.sampled_from(["freeze", "account", "password", "passwords", "pending", "reset", "phone", "lost"])
LINES = st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=10)


def text(line: str) -> Text:
    return Text(line.split(), line.split())


def built(lines: list[str]) -> TextIndex:
    texts = Texts()
    assert [texts.add(text(line)) for line in lines] == list(range(len(lines)))
    return TextIndex(texts)


def nearest(index: TextIndex, asked: str, *, limit: int = 10) -> list[tuple[int, float]]:
    read = index.read(text(asked))
    rows, near = index.nearest(read, limit=limit)
    assert near.tolist() == index.near(read, rows).tolist()
    return list(zip(rows.tolist(), near.tolist(), strict=True))


def test_equal_texts_are_nearest_and_the_first_of_them_first() -> None:
    found = nearest(
        built(["reset phone", "lost password", "reset password", "lost password"]), "lost password", limit=3
    )
    assert [row for row, _ in found[:2]] == [1, 3]
    assert [near for _, near in found[:2]] == pytest.approx([1, 1])
    assert found[2][1] < 0.9


def test_order_of_words_counts_for_words_alone() -> None:
    index = built(["lost phone account"])
    ((_, near),) = nearest(index, "account phone lost")
    assert 0.3 * (1 - SPELLING) + SPELLING < near < 0.95 * (1 - SPELLING) + SPELLING


def test_spelling_finds_what_no_word_does() -> None:
    ((row, near),) = nearest(built(["pending", "account"]), "pendign")
    assert row == 0
    assert 0 < near < SPELLING


def test_any_row_can_be_compared_with_what_was_read() -> None:
    index = built(["lost phone", "reset password"])
    assert index.near(index.read(text("lost phone")), np.array([1, 0])) == pytest.approx([0, 1], abs=0.05)


@pytest.mark.slow
@given(lines=LINES, asked=st.lists(WORD, min_size=1, max_size=4).map(" ".join))
def test_reading_little_finds_the_nearest_as_well(lines: list[str], asked: str) -> None:
    best = nearest(built(lines), asked, limit=1)
    with pytest.MonkeyPatch.context() as patch:
        for module in (gram_index, set_index):
            patch.setattr(module, "POSTINGS_READ", 6)
        few = nearest(built(lines), asked, limit=1)
    assert [near for _, near in few] <= [near + 1e-9 for _, near in best]
    if asked in lines:
        assert few[0] == pytest.approx(best[0])


@pytest.mark.slow
@given(lines=LINES)
def test_rows_are_like_each_other_as_they_are_like_questions(lines: list[str]) -> None:
    index = built(lines)
    rows = np.arange(len(lines))
    expected = [index.near(index.read(text(line)), rows) for line in lines]
    assert index.likeness(rows) == pytest.approx(np.array(expected), abs=1e-4)


def test_an_empty_index_finds_nothing() -> None:
    assert nearest(built([]), "lost") == []


def test_texts_can_be_taken_back() -> None:
    index = built(["lost phone"])
    row = index.add(text("lost password again"))
    assert [found for found, _ in nearest(index, "again")] == [row]
    index.remove(row)
    assert nearest(index, "again") == []
    assert len(index) == 2


def test_texts_of_many_blocks_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "_BLOCK", 2)
    texts = Texts()
    lines = ["lost phone", "reset", "phone reset lost", "pending account", "lost"]
    for line in lines:
        texts.add(text(line))
    whole = stem_features([line.split() for line in lines])
    assert [part.tolist() for part in texts.features()] == [part.tolist() for part in whole]
    assert texts.words()[0].tolist() == [0, 1, 2, 1, 2, 0, 3, 4, 0]


def test_a_long_text_pairs_its_beginning_only() -> None:
    words = [f"w{at}" for at in range(MAX_PAIRED + 5)]
    _, sizes = stem_features([words])
    assert sizes.tolist() == [len(words) + len(words) - 1 + MAX_PAIRED * (MAX_PAIRED - 1) // 2]

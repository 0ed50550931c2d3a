"""Show that no word that is near enough is passed over."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.core.searching.spelling import alike, letters

WORDS = st.text("abcdefgh\u00e9\u4e2d", min_size=1, max_size=8)


def masks(words: list[str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array([letters(word) for word in words], np.uint64)


@given(words=st.lists(WORDS), word=WORDS, edits=st.integers(0, 3))
def test_every_word_that_is_near_is_kept(words: list[str], word: str, edits: int) -> None:
    kept = set(alike(masks(words), word, edits=edits))
    assert kept >= {at for at, other in enumerate(words) if OSA.distance(word, other) <= edits}


@pytest.mark.parametrize(("edits", "kept"), [(0, [0]), (1, [0, 1]), (2, [0, 1, 2])])
def test_words_of_other_letters_are_left_out(edits: int, kept: list[int]) -> None:
    assert alike(masks(["abc", "abd", "ade", "xyz"]), "cab", edits=edits) == kept

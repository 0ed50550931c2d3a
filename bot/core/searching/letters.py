"""Exclude words that cannot be spelt like another, by their letters alone."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Masks = npt.NDArray[np.uint64]

# An edit puts one letter in another's place at most: two letters that only one of the words has.
CHANGED = 2


def letters(word: str) -> int:
    """Return the set of the letters of a word as bits; letters may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def alike(masks: Masks, word: str, *, edits: int) -> Iterable[int]:
    """Return the places of the words, given by their letters, that may be so few edits from this one.

    None that is so near is left out: a letter more or less, another letter or two swapped change the set of letters
    by two at most.
    """
    different = np.bitwise_count(masks ^ np.uint64(letters(word)))
    places: list[int] = (different <= CHANGED * edits).nonzero()[0].tolist()
    return places

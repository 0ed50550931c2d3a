"""Turn stems into numbered features: character n-grams inside words, words, neighbours and pairs."""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.core.words import STOP_WORDS, stem

Features = npt.NDArray[np.uint32]

SHORTEST, LONGEST = 2, 5
# Pairs grow with the square of the words; a question's point stands within this many content words.
MAX_PAIRED = 24
# The lowest bit of a feature says which half of the evidence it belongs to.
CHARACTERS, WORDS = 0, 1

_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
# "Who owns it" and "how is it owned" are two questions: in pairs, these count like content.
_QUESTION_STEMS = frozenset(stem(word) for word in ("what", "which", "who", "whom", "how"))
_BIGRAM = np.uint32(0x9E3779B1)
_PAIR_LOW, _PAIR_HIGH = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


def content(stems: Sequence[str]) -> list[str]:
    """Return the stems that carry meaning, in order."""
    return [word for word in stems if word not in _STOP_STEMS]


def features(words: Sequence[str], stems: Sequence[str]) -> Features:
    """Return the sorted, distinct feature numbers of a text, given as it was typed and folded to stems.

    Even numbers stand for characters, of the words as typed, odd ones for words, as folded.
    """
    if not words:
        return np.empty(0, np.uint32)
    hashes = np.array([_word(word) for word in stems], np.uint32)
    parts = [_grams(word) for word in set(words)]
    parts.append(_odd(hashes))
    parts.append(_odd(hashes[:-1] * _BIGRAM ^ hashes[1:]))
    parts.append(_pairs(stems))
    return np.unique(np.concatenate(parts))


def _pairs(stems: Sequence[str]) -> Features:
    """Return a feature for each two words of content or question that stand in one text, in whatever order."""
    paired = [word for word in stems if word not in _STOP_STEMS or word in _QUESTION_STEMS]
    hashes = np.array([_word(word) for word in sorted(set(paired[:MAX_PAIRED]))], np.uint32)
    first, second = np.triu_indices(len(hashes), 1)
    return _odd(hashes[first] * _PAIR_LOW ^ hashes[second] * _PAIR_HIGH)


def _odd(hashes: Features) -> Features:
    return hashes | np.uint32(WORDS)


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=50_000)
def _grams(word: str) -> Features:
    """Return the n-grams of a word between blanks, so that beginnings and ends count as such."""
    padded = f" {word[:40]} ".encode("utf-32-le", "surrogatepass")
    size = len(padded) // 4
    grams = {
        crc32(padded[4 * at : 4 * (at + length)])
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(size - length + 1)
    }
    return np.array(sorted({gram & 0xFFFFFFFE for gram in grams}), np.uint32)

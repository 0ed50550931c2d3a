"""Turn texts into numbered features: stems, neighbours and pairs; number them as they are first seen."""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Numbers
from bot.core.searching.text import STOP_STEMS, stem

Hashes = npt.NDArray[np.uint32]

# Hashes that came since are looked up one by one until they are this many.
_RECENT = 4096


class HashTable:
    """The number of each hash, in sorted arrays: a dictionary would take ten times the room."""

    def __init__(self, hashes: Hashes | None = None) -> None:
        """Store sorted, distinct hashes; each one's number is its place."""
        self._hashes = np.empty(0, np.uint32) if hashes is None else hashes
        self._numbers = np.arange(len(self._hashes), dtype=np.int32)
        self._recent: dict[int, int] = {}

    def __len__(self) -> int:
        """Return how many hashes there are."""
        return len(self._hashes) + len(self._recent)

    def find(self, hashes: Hashes) -> Numbers:
        """Return the numbers of these hashes, -1 for those that were never seen."""
        found = self._settled(hashes)
        if self._recent:
            for at in np.flatnonzero(found < 0).tolist():
                found[at] = self._recent.get(int(hashes[at]), -1)
        return found

    def claim(self, hashes: Hashes) -> Numbers:
        """Return the numbers of these hashes; new ones get the next."""
        numbers = self._settled(hashes)
        for at in np.flatnonzero(numbers < 0).tolist():
            numbers[at] = self._recent.setdefault(int(hashes[at]), len(self))
        if len(self._recent) > max(_RECENT, len(self._hashes) // 16):
            self._settle()
        return numbers

    def _settled(self, hashes: Hashes) -> Numbers:
        if not len(self._hashes):
            return np.full(len(hashes), -1)
        at = self._hashes.searchsorted(hashes)
        found = self._numbers.take(at, mode="clip")
        found[self._hashes.take(at, mode="clip") != hashes] = -1
        return found

    def _settle(self) -> None:
        hashes = np.concatenate([self._hashes, np.array(list(self._recent), np.uint32)])
        numbers = np.concatenate([self._numbers, np.array(list(self._recent.values()), np.int32)])
        order = np.argsort(hashes)
        self._hashes, self._numbers, self._recent = hashes[order], numbers[order], {}


Features = npt.NDArray[np.uint32]
Sizes = npt.NDArray[np.int64]

# Pairs grow with the square of the words; a question's point stands within this many content words.
MAX_PAIRED = 24

# "Who owns it" and "how is it owned" are two questions: in pairs, these count like content.
_QUESTION_STEMS = frozenset(stem(word) for word in ("what", "which", "who", "whom", "how"))
_UNPAIRED = STOP_STEMS - _QUESTION_STEMS
_NEXT, _CODE, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_SHIFT, _HALF = np.uint32(15), 32
_FIRST = np.ones(1, bool)


def stem_features(texts: Sequence[Sequence[str]], paired: Sequence[int] | None = None) -> tuple[Features, Sizes]:
    """Return the distinct features of each text, given as stems, laid end to end, and how many each has.

    There is one for each stem, for each two neighbours, and for each two words of content or question that stand in
    one text, in whatever order; `paired` tells for each text how many of its first such words are looked at.
    """
    hashes = _hashes([word for text in texts for word in text])
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    together = owners[:-1] == owners[1:]
    parts = [(owners, hashes), (owners[:-1][together], _mixed(hashes[:-1] * _NEXT ^ hashes[1:])[together])]
    parts.extend(_pairs(texts, paired or [MAX_PAIRED] * len(texts)))
    return _distinct(parts, len(texts))


def features_of(text: Sequence[str], paired: int = MAX_PAIRED) -> Features:
    """Return the features of one text, as `stem_features` does, in fewer steps."""
    hashes = _hashes(text)
    told = np.sort(_hashes(list(set([word for word in text if word not in _UNPAIRED][:paired]))))
    first, second = _both_of(len(told))
    neighbours = hashes[:-1] * _NEXT ^ hashes[1:]
    pairs = told[first] * _CODE ^ told[second] * _MIX
    found = np.sort(np.concatenate([hashes, _mixed(np.concatenate([neighbours, pairs]))]))
    return np.asarray(found[np.concatenate([_FIRST, found[1:] != found[:-1]])[: len(found)]])


@lru_cache(maxsize=MAX_PAIRED + 1)
def _both_of(size: int) -> tuple[Sizes, Sizes]:
    """Return the places of each two of so many."""
    return np.triu_indices(size, 1)


def _pairs(texts: Sequence[Sequence[str]], paired: Sequence[int]) -> list[tuple[Sizes, Features]]:
    told = [
        set([word for word in text if word not in _UNPAIRED][:count]) for text, count in zip(texts, paired, strict=True)
    ]
    sizes = np.array([len(words) for words in told], np.int64)
    hashes, starts = _hashes([word for words in told for word in words]), np.cumsum(sizes) - sizes
    parts = []
    for size in set(sizes[sizes > 1].tolist()):
        owners = np.flatnonzero(sizes == size)
        table = np.sort(hashes[starts[owners][:, None] + np.arange(size)], axis=1)
        first, second = _both_of(size)
        found = _mixed(table[:, first] * _CODE ^ table[:, second] * _MIX)
        parts.append((np.repeat(owners, len(first)), found.ravel()))
    return parts


def _hashes(words: Sequence[str]) -> Features:
    return np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint32)


def _mixed(hashes: Features) -> Features:
    mixed = (hashes ^ hashes >> _SHIFT) * _MIX
    return mixed ^ mixed >> _SHIFT


def _distinct(parts: Sequence[tuple[Sizes, Features]], count: int) -> tuple[Features, Sizes]:
    """Return the distinct features of each owner in rising order, laid end to end, and how many each has."""
    owners = np.concatenate([owner for owner, _ in parts])
    both = np.sort(owners << _HALF | np.concatenate([found for _, found in parts]))
    both = both[np.concatenate([[True], both[1:] != both[:-1]])[: len(both)]]
    return both.astype(np.uint32), np.bincount(both >> _HALF, minlength=count)

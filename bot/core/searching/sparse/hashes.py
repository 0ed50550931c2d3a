"""Number hashes of 32 bits in the order in which they are first seen."""

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Numbers

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

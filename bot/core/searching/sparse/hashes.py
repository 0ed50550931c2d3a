"""Number keys of 32 bits in the order in which they are first seen."""

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Numbers

Keys = npt.NDArray[np.uint32]

# Keys that came since are looked up one by one until they are this many.
_RECENT = 4096


class KeyTable:
    """Hold the number of each key, in sorted arrays: a dictionary would take ten times the room."""

    def __init__(self, keys: Keys | None = None) -> None:
        """Take in sorted, distinct keys; each one's number is its place."""
        self._keys = np.empty(0, np.uint32) if keys is None else keys
        self._numbers = np.arange(len(self._keys), dtype=np.int32)
        self._recent: dict[int, int] = {}

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._keys) + len(self._recent)

    def find(self, keys: Keys) -> Numbers:
        """Return the numbers of these keys, -1 for those that were never seen."""
        found = self._settled(keys)
        if self._recent:
            for at in np.flatnonzero(found < 0).tolist():
                found[at] = self._recent.get(int(keys[at]), -1)
        return found

    def claim(self, keys: Keys) -> Numbers:
        """Return the numbers of these keys; new ones get the next."""
        numbers = self._settled(keys)
        for at in np.flatnonzero(numbers < 0).tolist():
            numbers[at] = self._recent.setdefault(int(keys[at]), len(self))
        if len(self._recent) > max(_RECENT, len(self._keys) // 16):
            self._settle()
        return numbers

    def _settled(self, keys: Keys) -> Numbers:
        if not len(self._keys):
            return np.full(len(keys), -1)
        at = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._numbers[at], -1)

    def _settle(self) -> None:
        keys = np.concatenate([self._keys, np.array(list(self._recent), np.uint32)])
        numbers = np.concatenate([self._numbers, np.array(list(self._recent.values()), np.int32)])
        order = np.argsort(keys)
        self._keys, self._numbers, self._recent = keys[order], numbers[order], {}

"""Find texts by the vectors that a sentence encoder gives them."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from bot.core.searching.arrays import Floats, Numbers, greatest, with_room

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors | None]
"""Turn texts into unit vectors, a row each; None says that there are none now: go on by the words alone.

The vector of a text is the same whatever it is encoded with. A text without any word has zeros.
"""

# So many vectors are all compared. Of more, the signs of the coordinates tell which ones to compare (Charikar 2002).
COMPARED_WHOLE = 2_048
COMPARED = 512
_BITS = 64
_LATEST = 512  # texts


class RememberedVectors:
    """Encode texts, and cache the vectors of those that were kept, and of those `known` from before."""

    def __init__(self, encode: Encode, known: Mapping[str, Vectors] | None = None) -> None:
        self._encode = encode
        self._kept: dict[str, Vectors] = dict(known or {})

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a row for each text, or None when there are no vectors now."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        vectors = self._encode(new) if new else ()
        if vectors is None:
            return None
        self._kept.update(zip(new, vectors, strict=True))
        return np.stack([self._kept[text] for text in texts])

    def keep(self, texts: Sequence[str]) -> None:
        """Encode these texts at once, which is quicker than one by one, and forget all others."""
        wanted = frozenset(texts)
        self._kept = {text: vector for text, vector in self._kept.items() if text in wanted}
        if texts:
            self(texts)


class RecentVectors:
    """Encode texts, and keep the vectors of the latest ones; may be used by several threads at once.

    The text of one question is wanted several times: to rank entries, to find the review item that it belongs to, and
    when what was written about it is read from the store again.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._lock = Lock()
        self._latest: LRUCache[str, Vectors] = LRUCache(_LATEST)

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a row for each text, or None when there are no vectors now."""
        with self._lock:
            found = {text: self._latest[text] for text in texts if text in self._latest}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new or not texts:
            vectors = self._encode(new)
            if vectors is None or not texts:
                return vectors
            found.update(zip(new, vectors, strict=True))
            with self._lock:
                self._latest.update(zip(new, vectors, strict=True))
        return np.stack([found[text] for text in texts])


class VectorIndex:
    """Unit vectors, numbered in the order they came; find those nearest by their cosine."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors.astype(np.float16)
        self._codes = _codes(self._vectors)
        self._gone = np.zeros(len(vectors), bool)
        self._count = len(vectors)

    def add(self, vector: Vectors) -> int:
        """Add a vector and return its number."""
        number = self._count
        self.put(np.array([number]), vector[None])
        return number

    def put(self, numbers: Numbers, vectors: Vectors) -> None:
        """Store these vectors under these numbers; numbers in between that were skipped have none."""
        last = int(numbers.max())
        self._vectors, self._gone = with_room(self._vectors, last), with_room(self._gone, last)
        self._codes = [with_room(part, last) for part in self._codes]
        self._gone[self._count : last + 1] = True
        self._vectors[numbers], self._gone[numbers] = vectors, False
        for part, values in zip(self._codes, _codes(self._vectors[numbers]), strict=True):
            part[numbers] = values
        self._count = max(self._count, last + 1)

    def remove(self, number: int) -> None:
        """Remove a vector, if there is one of this number."""
        if number < self._count:
            self._gone[number] = True

    def has(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of these numbers have a vector."""
        there = numbers < self._count
        there[there] = ~self._gone[numbers[there]]
        return there

    def nearest(self, vector: Vectors, *, limit: int) -> Numbers:
        """Return the numbers of up to `limit` vectors nearest to this one, in order of their numbers."""
        numbers = self._likely(vector)
        return numbers[greatest(self.near(vector, numbers).round(6), limit)]

    def near(self, vector: Vectors, numbers: Numbers) -> Floats:
        """Return the cosines of these vectors to another."""
        return np.asarray(self._rows(numbers) @ vector)

    def likeness(self, numbers: Numbers) -> Floats:
        """Return the cosines of these vectors to each other."""
        vectors = self._rows(numbers)
        return np.asarray(vectors @ vectors.T)

    def _rows(self, numbers: Numbers) -> Vectors:
        """Return these vectors; what has none may have any."""
        return self._vectors[np.minimum(numbers, self._count - 1)].astype(np.float32)

    def _likely(self, vector: Vectors) -> Numbers:
        """Return the numbers of the vectors that are worth comparing."""
        if self._count <= COMPARED_WHOLE:
            return (~self._gone[: self._count]).nonzero()[0]
        differing = np.zeros(self._count, np.uint16)
        for part, code in zip(self._codes, _codes(vector[None]), strict=True):
            differing += np.bitwise_count(part[: self._count] ^ code[0])
        differing[self._gone[: self._count]] = np.iinfo(np.uint16).max
        counts = np.bincount(differing, minlength=1)[: len(self._codes) * _BITS + 1]
        most = int(counts.cumsum().searchsorted(COMPARED))
        return (differing <= min(most, len(counts) - 1)).nonzero()[0]


def _codes(vectors: npt.NDArray[np.floating]) -> list[npt.NDArray[np.uint64]]:
    """Return the signs of the coordinates as bits, 64 to a number."""
    width = -vectors.shape[1] % _BITS
    signs = np.pad(vectors > 0, ((0, 0), (0, width)))
    return list(np.ascontiguousarray(np.packbits(signs, axis=1).view(np.uint64).T))

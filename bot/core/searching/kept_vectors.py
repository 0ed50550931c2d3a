"""Cache the vectors of texts, so that no text is encoded twice."""

from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from cachetools import LRUCache

from bot.core.searching.vectors import Encode, TextVectors, Vectors, read_by

_LATEST = 512  # texts
_Pair = tuple[Vectors, Vectors | None]


class RememberedVectors:
    """Encode texts, and cache the vectors of those that were kept, and of those `known` from before."""

    def __init__(self, encode: Encode, known: Mapping[str, Vectors] | None = None) -> None:
        self._encode = encode
        self._kept: dict[str, _Pair] = {text: (vector, None) for text, vector in (known or {}).items()}

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a row for each text, or None when there are no vectors now."""
        found = self.read(texts)
        return None if found is None else found.vectors

    def read(self, texts: Sequence[str]) -> TextVectors | None:
        """Return the vectors of texts, or None when there are none now."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        read = read_by(self._encode, new) if new else None
        if read is not None:
            self._kept.update(_pairs(new, read))
        return None if new and read is None else _stacked([self._kept[text] for text in texts])

    def keep(self, texts: Sequence[str]) -> None:
        """Encode these texts at once, which is quicker than one by one, and forget all others."""
        wanted = frozenset(texts)
        self._kept = {text: pair for text, pair in self._kept.items() if text in wanted}
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
        self._latest: LRUCache[str, _Pair] = LRUCache(_LATEST)

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a row for each text, or None when there are no vectors now."""
        found = self.read(texts)
        return None if found is None else found.vectors

    def read(self, texts: Sequence[str]) -> TextVectors | None:
        """Return the vectors of texts, or None when there are none now."""
        with self._lock:
            found = {text: self._latest[text] for text in texts if text in self._latest}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new or not texts:
            read = read_by(self._encode, new)
            if read is None or not texts:
                return read
            pairs = _pairs(new, read)
            found.update(pairs)
            with self._lock:
                self._latest.update(pairs)
        return _stacked([found[text] for text in texts])


def _pairs(texts: Sequence[str], read: TextVectors) -> dict[str, _Pair]:
    """Return both vectors of each text."""
    manners = [None] * len(texts) if read.manners is None else read.manners
    return dict(zip(texts, zip(read.vectors, manners, strict=True), strict=True))


def _stacked(pairs: Sequence[_Pair]) -> TextVectors:
    """Return vectors as rows; the second ones where all are there."""
    manners = [manner for _, manner in pairs if manner is not None]
    return TextVectors(
        np.stack([vector for vector, _ in pairs]), np.stack(manners) if len(manners) == len(pairs) else None
    )

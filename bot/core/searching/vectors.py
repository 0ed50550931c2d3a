"""Find and compare texts by the vectors that a sentence encoder gives them, as far as those are known yet."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats, Numbers, greatest, with_room
from bot.core.searching.languages import is_readable
from bot.core.searching.text import is_latin

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors | None]
"""Turn texts into unit vectors, a row each; None says that there are none now: go on by the words alone.

The vector of a text is the same whatever it is encoded with. A text without any word has zeros.
"""


class TextVectors(NamedTuple):
    """The vectors of texts, and those of how each is put; None where an encoder does not tell that."""

    vectors: Vectors
    manners: Vectors | None


@runtime_checkable
class Reads(Protocol):
    """An encoder that gives both in one go."""

    def read(self, texts: Sequence[str]) -> TextVectors | None:
        """Return the vectors of texts, or None when there are none now."""
        ...


def read_by(encode: Encode | Reads, texts: Sequence[str]) -> TextVectors | None:
    """Return all that an encoder makes of texts."""
    if isinstance(encode, Reads):
        return encode.read(texts)
    vectors = encode(texts)
    return None if vectors is None else TextVectors(vectors, None)


# So many vectors are all compared. Of more, the signs of the coordinates tell which ones to compare (Charikar 2002).
COMPARED_WHOLE = 2_048
COMPARED = 512
_BITS = 64
# A coordinate of 1, in the whole numbers that vectors are held in.
_ONE = np.float32(2**15 - 1)


class VectorIndex:
    """Unit vectors, numbered in the order they came; find those nearest by their cosine."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = _fixed(vectors)
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
        self._vectors[numbers], self._gone[numbers] = _fixed(vectors), False
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
        return np.asarray(self._rows(numbers) @ (vector / _ONE))

    def likeness(self, numbers: Numbers) -> Floats:
        """Return the cosines of these vectors to each other."""
        vectors = self._rows(numbers) / _ONE
        return np.asarray(vectors @ vectors.T)

    def _rows(self, numbers: Numbers) -> Vectors:
        """Return these vectors, `_ONE` times as long; what has none may have any."""
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


def _fixed(vectors: Vectors) -> npt.NDArray[np.int16]:
    """Return unit vectors in whole numbers: as small as halves of floats, nearer, and read ten times as quickly."""
    return np.asarray(np.rint(vectors * _ONE), np.int16)


def _codes(vectors: npt.NDArray[np.number]) -> list[npt.NDArray[np.uint64]]:
    """Return the signs of the coordinates as bits, 64 to a number."""
    width = -vectors.shape[1] % _BITS
    signs = np.pad(vectors > 0, ((0, 0), (0, width)))
    return list(np.ascontiguousarray(np.packbits(signs, axis=1).view(np.uint64).T))


VectorOf = Callable[[str], Vectors | None]
"""Return the vector of a text that was encoded before, None for any other text."""


class Model(StrEnum):
    """Name what encodes a text: the encoder that ships, or the one for many languages."""

    ENGLISH = "english"
    MULTILINGUAL = "multilingual"


# What the likeness of the words counts for beside that of the meaning. A question in another language than the entry
# shares names with it, and what looks like its words by chance.
WORDS_BESIDE_MEANING: Mapping[Model, float] = {Model.ENGLISH: 0.2, Model.MULTILINGUAL: 0.1}
# How quickly meanings part company.
SHARPNESS = 3.0
_READS: Mapping[Model, Callable[[str], bool]] = {Model.ENGLISH: is_latin, Model.MULTILINGUAL: is_readable}


class Meanings:
    """The vectors of texts, by row; a text without one goes by its words until its vector is learnt.

    While most texts have none, all go by their words, and so they do without an encoder.
    """

    def __init__(self, encode: Encode | None, model: Model = Model.ENGLISH) -> None:
        self.encode = encode
        self.model = model
        self._index: VectorIndex | None = None
        self._count = 0
        self._missing: dict[int, str] = {}

    def add(self, texts: Sequence[str], vector_of: VectorOf | None = None) -> None:
        """Add texts as the next rows: with the vectors that are known, or else with those of the encoder."""
        if self.encode is None or not texts:
            return
        rows = range(self._count, self._count + len(texts))
        self._count += len(texts)
        self._missing.update(zip(rows, texts, strict=True))
        if vector_of is None:
            vectors = self.encode(texts)
            self.learn({} if vectors is None else dict(zip(texts, vectors, strict=True)))
        else:
            found = ((text, vector_of(text)) for text in texts)
            self.learn({text: vector for text, vector in found if vector is not None})

    def remove(self, row: int) -> None:
        """Remove a row."""
        self._missing.pop(row, None)
        if self._index is not None:
            self._index.remove(row)

    @property
    def missing(self) -> Mapping[int, str]:
        """Return the texts that have no vector yet, by row."""
        return self._missing

    def learn(self, vectors: Mapping[str, Vectors]) -> None:
        """Add the vectors of texts that had none."""
        rows = [row for row, text in self._missing.items() if text in vectors]
        learnt = [vectors[self._missing.pop(row)] for row in rows]
        if not rows:
            return
        if self._index is None:
            self._index = VectorIndex(np.empty((0, len(learnt[0])), np.float32))
        self._index.put(np.array(rows), np.stack(learnt))

    def vector(self, text: str) -> Vectors | None:
        """Return the vector of a question, None where it is to go by its words."""
        if self.encode is None or self._index is None or 2 * len(self._missing) > self._count:
            return None
        if not _READS[self.model](text):
            return None
        vectors = self.encode([text])
        return None if vectors is None else vectors[0]

    def nearest(self, vector: Vectors, *, limit: int) -> Numbers:
        """Return the rows nearest to a vector, in order."""
        return np.empty(0, np.int64) if self._index is None else self._index.nearest(vector, limit=limit)

    def near(self, words: Floats, vector: Vectors, rows: Numbers) -> Floats:
        """Return how near rows are to a vector, when their words are so near to its words."""
        if self._index is None:
            return words
        return np.where(self._index.has(rows), self._beside(words, self._index.near(vector, rows)), words)

    def closest(self, vector: Vectors) -> float:
        """Return the greatest cosine of any text to a vector, -1 where there is none."""
        rows = self.nearest(vector, limit=1)
        return -1.0 if self._index is None or not len(rows) else float(self._index.near(vector, rows)[0])

    def likeness(self, words: Floats, rows: Numbers) -> Floats:
        """Return how alike rows are, when their words are so alike."""
        if self._index is None:
            return words
        has = self._index.has(rows)
        return np.where(has[:, None] & has, self._beside(words, self._index.likeness(rows)), words)

    def _beside(self, words: Floats, meanings: Floats) -> Floats:
        """Return the likeness of texts by their words and their meanings."""
        share = WORDS_BESIDE_MEANING[self.model]
        return np.asarray(share * words + (1 - share) * np.exp(SHARPNESS * (meanings - 1)))

"""Compare texts of an index by their vectors, as far as those are known yet."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from bot.core.searching.arrays import Floats, Numbers
from bot.core.searching.characters import is_latin
from bot.core.searching.languages import is_readable
from bot.core.searching.vectors import Encode, VectorIndex, Vectors

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

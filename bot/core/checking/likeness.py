"""Compare the texts of entries by vectors: those of a sentence encoder, or ones made of their words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np

from bot.core.models import Entry
from bot.core.searching.arrays import Floats
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.passages import passages
from bot.core.searching.text import cut, tokens
from bot.core.searching.vectors import Encode, Vectors
from bot.core.searching.words import content

# Words are hashed to so many coordinates (Weinberger et al. 2009).
_WIDTH = 2_048
_AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTexts:
    """The vectors of the phrasings and of the sentences of the answers of some entries, and to which each row belongs.

    `lexical` ones are made of words alone.
    """

    entries: tuple[Entry, ...]
    phrasings: Vectors
    phrasing_of: Sequence[int]
    sentences: Vectors
    sentence_of: Sequence[int]
    lexical: bool

    @property
    def questions(self) -> Vectors:
        """Return the vectors of the questions, in the order of the entries."""
        first = np.unique(np.asarray(self.phrasing_of), return_index=True)[1]
        return self.phrasings[first]


def texts_to_compare(entries: Sequence[Entry]) -> list[str]:
    """Return the texts that are compared, as an encoder reads them, each once."""
    texts = (text for entry in entries for text in (*entry.phrasings, *sentences(entry)))
    return list(dict.fromkeys(texts))


def sentences(entry: Entry) -> list[str]:
    """Return the sentences of an answer that say enough to be compared."""
    return passages(entry.question, entry.answer)[1:]


def said(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> ComparedTexts:
    """Return what entries say as vectors; where the encoder fails, those of words."""
    phrasings = [(number, text) for number, entry in enumerate(entries) for text in entry.phrasings]
    answers = [(number, text) for number, entry in enumerate(entries) for text in sentences(entry)]
    texts = list(dict.fromkeys(text for _, text in (*phrasings, *answers)))
    vectors = None if encode is None or not texts else encode(texts)
    lexical = vectors is None
    if vectors is None:
        vectors = word_vectors(texts, lexicon)
    row = {text: number for number, text in enumerate(texts)}
    return ComparedTexts(
        entries=tuple(entries),
        phrasings=vectors[[row[text] for _, text in phrasings]],
        phrasing_of=[number for number, _ in phrasings],
        sentences=vectors[[row[text] for _, text in answers]],
        sentence_of=[number for number, _ in answers],
        lexical=lexical,
    )


def word_vectors(texts: Sequence[str], lexicon: Lexicon) -> Vectors:
    """Return unit vectors of the words that carry meaning, the rarer the weightier; zeros where there are none."""
    stems = [content(lexicon.fold(cut(tokens(text)))) for text in texts]
    frequency = Counter(stem for each in stems for stem in set(each))
    vectors = np.zeros((len(texts), _WIDTH), np.float32)
    for row, each in enumerate(stems):
        for stem in each:
            hashed = crc32(stem.encode())
            weight = log((1 + len(texts)) / (1 + frequency[stem])) + 1
            vectors[row, hashed % _WIDTH] += weight if hashed & 1 << 31 else -weight
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return unit


def best_between(rows: Vectors, row_of: Sequence[int], columns: Vectors, column_of: Sequence[int], size: int) -> Floats:
    """Return, for each pair of entries, how near the nearest of the rows of one is to a column of the other."""
    best = np.full((size, size), -1.0, np.float32)
    starts = np.unique(np.asarray(column_of), return_index=True)
    for first, near in _pieces(rows, columns):
        owners = np.asarray(row_of[first : first + len(near)])
        by_entry = np.maximum.reduceat(near, starts[1], axis=1)
        part = np.full((len(near), size), -1.0, np.float32)
        part[:, starts[0]] = by_entry
        np.maximum.at(best, owners, part)
    return best


def _pieces(rows: Vectors, columns: Vectors) -> Iterator[tuple[int, Floats]]:
    for first in range(0, len(rows), _AT_ONCE):
        yield first, rows[first : first + _AT_ONCE] @ columns.T

"""Find the texts nearest to a question by spelling and by words."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats, Numbers, distinct, first_of_each, greatest, tally
from bot.core.searching.sparse.features import MAX_PAIRED, Features, features_of, stem_features
from bot.core.searching.sparse.gram_index import GramIndex, GramReading, WordTable
from bot.core.searching.sparse.set_index import SetIndex, SetReading

Matrix = npt.NDArray[np.float32]
_PAIR = 2


def product(owners: Numbers, features: Numbers, values: Floats, *, height: int, width: int) -> Matrix:
    """Return the product of so many rows with themselves, but for what a row shares with itself alone.

    Cell by cell, `owners` tells the row, `features` which of `width` features it is; cells of one place add up. Most
    features that are shared stand in two cells: these are multiplied as a pair, the others as columns of a matrix.
    """
    same = first_of_each(features, width)
    counts = np.bincount(same, minlength=len(same))
    times = counts.take(same)
    first = (times == _PAIR).nonzero()[0]
    first = first[same.take(first) != first]
    second = same.take(first)
    places = owners.take(first) * height + owners.take(second)
    pairs = tally(places, values.take(first) * values.take(second), height**2).reshape(height, height)
    shared = (pairs + pairs.T).astype(np.float32)
    kept = (times > _PAIR).nonzero()[0]
    if len(kept):
        found = (counts > _PAIR).nonzero()[0]
        count, columns = len(found), np.empty(len(counts), np.int64)
        columns[found] = np.arange(count)
        places = owners.take(kept) * count + columns.take(same.take(kept))
        matrix = tally(places, values.take(kept), height * count).astype(np.float32).reshape(height, count)
        shared += matrix @ matrix.T
    return shared


# What the spelling counts for in the likeness of two texts, the rest being words; where every word is misspelt, it
# is all that is left.
SPELLING = 0.3
# What its features are multiplied with for that.
_SPELT, _SAID = sqrt(SPELLING), sqrt(1 - SPELLING)
# Where a search found a row more often than one in so many, all rows are as quickly looked through.
_FEW = 2
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text as they were typed, the same folded to stems, and how many of these make pairs."""

    words: Sequence[str]
    stems: Sequence[str]
    paired: int = MAX_PAIRED


@dataclass(frozen=True, slots=True)
class TextReading:
    """What was looked up of a query, by its spelling and by its words."""

    spelt: GramReading
    said: SetReading


class Texts:
    """Gather texts, laid end to end in little room, until there is an index of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words, self._sizes = array("i"), array("i")
        self._waiting: list[Text] = []
        self._features, self._feature_sizes = array("I"), array("i")

    def add(self, text: Text) -> int:
        """Add a text and return the row that it will have."""
        words = dict.fromkeys(text.words)
        self._words.extend([self._numbers.setdefault(word, len(self._numbers)) for word in words])
        self._sizes.append(len(words))
        self._waiting.append(text)
        if len(self._waiting) == _BLOCK:
            self._settle()
        return len(self._sizes) - 1

    def vocabulary(self) -> WordTable:
        """Return a table of all their words."""
        return WordTable(self._numbers)

    def words(self) -> tuple[Numbers, Numbers]:
        """Return the numbers of the distinct words of each text, and how many they are."""
        return np.frombuffer(self._words, np.int32), np.array(self._sizes, np.int64)

    def features(self) -> tuple[Features, Numbers]:
        """Return the features of each text, and how many they are."""
        self._settle()
        return np.frombuffer(self._features, np.uint32), np.array(self._feature_sizes, np.int64)

    def _settle(self) -> None:
        if self._waiting:
            found, sizes = _features(self._waiting)
            self._features.frombytes(found.tobytes())
            self._feature_sizes.extend(sizes.tolist())
            self._waiting = []


class TextIndex:
    """Texts, each as a row; find those nearest to a query by the cosines of n-grams and of words."""

    def __init__(self, texts: Texts) -> None:
        self._table = texts.vocabulary()
        self.characters = GramIndex(self._table, *texts.words())
        self.words = SetIndex(*texts.features())

    def __len__(self) -> int:
        """Return how many rows there are or were."""
        return len(self.characters)

    def add(self, text: Text) -> int:
        """Add a text and return its row; a row's number is never used again."""
        self.words.add(features_of(text.stems, text.paired))
        return self.characters.add(self._table.claim(text.words))

    def remove(self, row: int) -> None:
        """Remove a text."""
        self.words.remove(row)
        self.characters.remove(row)

    def read(self, query: Text) -> TextReading:
        """Look up a query."""
        return TextReading(self.characters.read(query.words), self.words.read(features_of(query.stems, query.paired)))

    def nearest(self, read: TextReading, *, limit: int) -> tuple[Numbers, Floats]:
        """Return up to `limit` rows nearest to what was read and how near each is; of equals, those that came first."""
        rows = self._likely(read, 2 * limit)
        near = self.near(read, rows)
        order = np.lexsort((rows, -near.round(9)))[:limit]
        return rows[order], near[order]

    def near(self, read: TextReading, rows: Numbers) -> Floats:
        """Return the likeness of these rows to what was read, 0 to 1."""
        return SPELLING * self.characters.near(read.spelt, rows) + (1 - SPELLING) * self.words.near(read.said, rows)

    def _likely(self, read: TextReading, count: int) -> Numbers:
        """Return the rows that are nearest by the postings that were read, at least so many if so many were found."""
        rows = np.concatenate([read.spelt.rows, read.said.rows])
        if _FEW * len(rows) > len(self):
            near = SPELLING * read.spelt.near + (1 - SPELLING) * read.said.near
            found = greatest(near, count)
            return found[near[found] > 0]
        rows = distinct(rows, len(self))
        near = SPELLING * read.spelt.near.take(rows) + (1 - SPELLING) * read.said.near.take(rows)
        return np.asarray(rows[greatest(near, count)])

    def likeness(self, rows: Numbers) -> Floats:
        """Return the likeness of these rows to each other."""
        grams, owners, values = self.characters.features(rows)
        sets, more_owners, more_values = self.words.features(rows)
        likeness = product(
            np.concatenate([owners, more_owners]),
            np.concatenate([grams, sets + self.characters.width]),
            np.concatenate([values * _SPELT, more_values * _SAID]),
            height=len(rows),
            width=self.characters.width + self.words.width,
        )
        np.fill_diagonal(likeness, 1)
        return likeness


def _features(texts: Sequence[Text]) -> tuple[Features, Numbers]:
    return stem_features([text.stems for text in texts], [text.paired for text in texts])

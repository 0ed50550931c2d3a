"""Find the texts nearest to a question by spelling and by words."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, distinct, greatest
from bot.core.searching.sparse.features import MAX_PAIRED, Features, features_of, stem_features
from bot.core.searching.sparse.gram_index import GramIndex, GramReading
from bot.core.searching.sparse.set_index import SetIndex, SetReading
from bot.core.searching.sparse.word_table import WordTable

# What the spelling counts for in the likeness of two texts, the rest being words; where every word is misspelt, it
# is all that is left.
SPELLING = 0.3
# What its features are multiplied with for that.
_SPELT, _SAID = np.float32(sqrt(SPELLING)), np.float32(sqrt(1 - SPELLING))
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

    def nearest(self, read: TextReading, *, limit: int) -> Numbers:
        """Return up to `limit` rows nearest to what was read; of equals, the rows that came first."""
        rows = distinct(np.concatenate([read.spelt.rows, read.said.rows]), len(self.characters))
        if not (read.spelt.whole and read.said.whole):
            rows = rows[greatest(self.near(read, rows, exact=False), 2 * limit)]
        return rows[np.lexsort((rows, -self.near(read, rows).round(9)))[:limit]]

    def near(self, read: TextReading, rows: Numbers, *, exact: bool = True) -> Floats:
        """Return the likeness of these rows to what was read, 0 to 1."""
        spelt, said = self.characters.near(read.spelt, rows, exact=exact), self.words.near(read.said, rows, exact=exact)
        return np.asarray(SPELLING * spelt + (1 - SPELLING) * said)

    def likeness(self, rows: Numbers) -> Floats:
        """Return the likeness of these rows to each other."""
        spelt, said = self.characters.shared(rows), self.words.shared(rows)
        spelt *= _SPELT
        said *= _SAID
        both = np.concatenate([spelt, said], axis=1)
        likeness = both @ both.T
        np.fill_diagonal(likeness, 1)
        return np.asarray(likeness)


def _features(texts: Sequence[Text]) -> tuple[Features, Numbers]:
    return stem_features([text.stems for text in texts], [text.paired for text in texts])

"""Find the texts nearest to a question by spelling and by words, and what each explains of it."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import sposv

from bot.core.arrays import Floats, Numbers, distinct, greatest
from bot.core.features import Features, stem_features
from bot.core.grams import GramIndex
from bot.core.sparse import SetIndex
from bot.core.wordtable import WordTable

# So many rows are weighed against each other by their characters; of further ones that costs more than it tells.
SPELLINGS_WEIGHED = 96
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the words of a text as they were typed, and the same folded to stems."""

    words: Sequence[str]
    stems: Sequence[str]


class Collection:
    """Gather texts, laid end to end in little room, until there is an index of them."""

    def __init__(self, numbers: dict[str, int], *, pairs: bool) -> None:
        """Number words as in `numbers`, which takes in new ones."""
        self.pairs = pairs
        self._numbers = numbers
        self._words, self._sizes = array("i"), array("i")
        self._waiting: list[Sequence[str]] = []
        self._features: list[Features] = [np.empty(0, np.uint32)]
        self._feature_sizes: list[Numbers] = [np.empty(0, np.int64)]

    def add(self, text: Text) -> int:
        """Take in a text and return the row that it will have."""
        words = dict.fromkeys(text.words)
        self._words.extend([self._numbers.setdefault(word, len(self._numbers)) for word in words])
        self._sizes.append(len(words))
        self._waiting.append(text.stems)
        if len(self._waiting) == _BLOCK:
            self._settle()
        return len(self._sizes) - 1

    def words(self) -> tuple[Numbers, Numbers]:
        """Return the numbers of the distinct words of each text, and how many they are."""
        return np.array(self._words, np.int32), np.array(self._sizes, np.int64)

    def features(self) -> tuple[Features, Numbers]:
        """Return the features of each text, and how many they are."""
        self._settle()
        return np.concatenate(self._features), np.concatenate(self._feature_sizes)

    def _settle(self) -> None:
        if self._waiting:
            found, sizes = stem_features(self._waiting, pairs=self.pairs)
            self._features.append(found)
            self._feature_sizes.append(sizes)
            self._waiting = []


class TextIndex:
    """Hold texts, each as a row; find those nearest to a query by the cosines of n-grams and of words."""

    def __init__(self, table: WordTable, texts: Collection) -> None:
        """Take in texts whose words are all in the table."""
        self._table, self._pairs = table, texts.pairs
        self.characters = GramIndex(table, *texts.words())
        self.words = SetIndex(*texts.features())

    def add(self, text: Text) -> int:
        """Add a text and return its row; a row's number is never used again."""
        self.words.add(self._features(text))
        return self.characters.add(self._table.claim(text.words))

    def remove(self, row: int) -> None:
        """Remove a text."""
        self.words.remove(row)
        self.characters.remove(row)

    def nearest(self, query: Text, *, limit: int) -> tuple[Numbers, Floats]:
        """Return up to `limit` rows that share most with the query, nearest first, and how near each one is.

        Nearness has shape (rows, 2): the cosine of the characters and that of the words, 0 to 1. Rows are ordered by
        the mean of both; of equals, the row that came first stands first.
        """
        spelt, said = self.characters.read(query.words), self.words.read(self._features(query))
        rows = distinct(np.concatenate([spelt.rows, said.rows]), len(self.characters))
        if not (spelt.whole and said.whole):
            rough = self.characters.near(spelt, rows, exact=False) + self.words.near(said, rows, exact=False)
            rows = rows[greatest(rough, 2 * limit)]
        near = np.stack([self.characters.near(spelt, rows), self.words.near(said, rows)], axis=1)
        total = near.sum(axis=1).round(9)
        order = np.lexsort((rows, -total))[:limit]
        return rows[order], near[order]

    def regress(self, rows: Numbers, near: Floats, *, ridge: float) -> Floats:
        """Return how much each row explains of what the rows have in common with a query, shape (rows, 2).

        For each half these are the dual weights of a ridge regression on the rows: the solution of
        (K + ridge I) w = near, K being the likeness of the rows to each other. Where five phrasings say the same,
        each gets a fifth of the credit, and what a phrasing shares with those of other entries counts against it.
        Of the characters only the first rows are weighed; the others get nothing.
        """
        explained = np.zeros((len(rows), 2))
        for half, index, count in ((0, self.characters, SPELLINGS_WEIGHED), (1, self.words, len(rows))):
            if len(rows):
                explained[:count, half] = _ridge(index.likeness(rows[:count]), near[:count, half], ridge)
        return explained

    def _features(self, text: Text) -> Features:
        return stem_features([text.stems], pairs=self._pairs)[0]


def _ridge(likeness: Floats, target: Floats, ridge: float) -> Floats:
    """Solve (likeness + ridge I) w = target; a row's likeness to itself is 1."""
    np.fill_diagonal(likeness, 1 + ridge)
    _, solution, _ = sposv(likeness, target, overwrite_a=True)
    return np.asarray(solution)

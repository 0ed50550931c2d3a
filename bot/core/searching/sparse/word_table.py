"""Number words, and know the trigrams of each."""

from collections.abc import Iterable

import numpy as np

from bot.core.searching.arrays import Numbers, transposed
from bot.core.searching.ragged import Ragged

# A word is read this far.
LONGEST_WORD = 40


class WordTable:
    """Words, the trigrams of each, and the words of each trigram; what it holds, it keeps.

    A word stands between blanks, so that its beginning and end count as such.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        columns, sizes = list[int](), list[int]()
        for word in words:
            self._numbers[word] = len(self._numbers)
            mine = self._claimed(word)
            columns += mine
            sizes.append(len(mine))
        laid, lengths = np.array(columns, np.int32), np.array(sizes, np.int64)
        self.grams = Ragged(laid, lengths)
        self.words = Ragged(*transposed(laid, lengths, len(self._columns)))

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._numbers)

    @property
    def width(self) -> int:
        """Return how many trigrams there are."""
        return len(self._columns)

    def columns(self, words: Iterable[str]) -> tuple[Numbers, Numbers]:
        """Return the known trigrams of the distinct words among these, and how many of the words have each."""
        times: dict[int, int] = {}
        for word in dict.fromkeys(words):
            for gram in trigrams(word):
                column = self._columns.get(gram)
                if column is not None:
                    times[column] = times.get(column, 0) + 1
        return np.array(list(times), np.int64), np.array(list(times.values()), np.int64)

    def claim(self, words: Iterable[str]) -> Numbers:
        """Return the numbers of the distinct words among these, taking in new ones."""
        distinct = dict.fromkeys(words)
        for word in distinct:
            if word not in self._numbers:
                columns = self._claimed(word)
                self._numbers[word] = number = self.grams.add(np.array(columns, np.int64))
                self.words.grow(len(self._columns))
                for column in columns:
                    self.words.append(column, number)
        return np.array([self._numbers[word] for word in distinct], np.int64)

    def _claimed(self, word: str) -> list[int]:
        """Return the trigrams of a word, new ones numbered as they come."""
        columns = self._columns
        return [columns.setdefault(gram, len(columns)) for gram in trigrams(word)]


def trigrams(word: str) -> set[str]:
    """Return the runs of three characters of a word and the blanks around it."""
    padded = f" {word[:LONGEST_WORD]} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

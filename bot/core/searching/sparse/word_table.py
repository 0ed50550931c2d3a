"""Number words, and know the character n-grams of each."""

from collections.abc import Iterable

import numpy as np

from bot.core.searching.arrays import Numbers, transposed
from bot.core.searching.ragged import Ragged
from bot.core.searching.sparse.features import word_grams
from bot.core.searching.sparse.hashes import HashTable

# A question looks its words up for phrasings and for documents.
_REMEMBERED = 100
_NOTHING = np.empty(0, np.int64)


class WordTable:
    """Words, the n-grams of each, and the words of each n-gram; what it holds, it keeps."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        found, sizes = word_grams(list(self._numbers))
        hashes, columns = np.unique(found, return_inverse=True)
        self.hashes = HashTable(hashes)
        self.grams = Ragged(columns, sizes)
        self.words = Ragged(*transposed(columns, sizes, len(hashes)))
        self._strange: dict[str, Numbers] = {}

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._numbers)

    def columns(self, words: Iterable[str]) -> Numbers:
        """Return the n-grams of the distinct words among these, -1 for those that no word of the table has."""
        return np.concatenate([_NOTHING, *(self._columns(word) for word in dict.fromkeys(words))])

    def _columns(self, word: str) -> Numbers:
        number = self._numbers.get(word)
        if number is not None:
            return self.grams.of(number)
        if word not in self._strange:
            if len(self._strange) >= _REMEMBERED:
                self._strange.clear()
            self._strange[word] = self.hashes.find(word_grams([word])[0])
        return self._strange[word]

    def claim(self, words: Iterable[str]) -> Numbers:
        """Return the numbers of the distinct words among these, taking in new ones."""
        distinct = dict.fromkeys(words)
        for word in distinct:
            if word not in self._numbers:
                self._strange.clear()
                columns = self.hashes.claim(word_grams([word])[0])
                self._numbers[word] = number = self.grams.add(columns)
                self.words.grow(len(self.hashes))
                for column in columns.tolist():
                    self.words.append(column, number)
        return np.array([self._numbers[word] for word in distinct], np.int64)

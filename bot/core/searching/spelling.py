"""Read misspelt words as the words that the entries use."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.searching.arrays import with_room
from bot.core.searching.letters import alike, letters
from bot.core.searching.words import STOP_WORDS

# Shorter words have too many neighbours; long ones are misspelt twice as easily.
SHORTEST, TWO_EDITS_FROM = 5, 9
_REMEMBERED = 10_000


class _Words:
    """Words of one length, and the letters of each."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._words: list[str] = []
        self._letters = np.zeros(0, np.uint64)

    def add(self, word: str) -> None:
        """Add a word that is not there."""
        place = self._places[word] = len(self._words)
        self._words.append(word)
        self._letters = with_room(self._letters, place)
        self._letters[place] = letters(word)

    def remove(self, word: str) -> None:
        """Remove a word; the last one takes its place."""
        place, last = self._places.pop(word), self._words.pop()
        if last != word:
            self._words[place], self._places[last] = last, place
            self._letters[place] = letters(last)

    def alike(self, word: str, *, edits: int) -> list[str]:
        """Return the words that may be so few edits away, and no others of quite other letters."""
        return [self._words[place] for place in alike(self._letters[: len(self._words)], word, edits=edits)]


class Vocabulary:
    """The known words and how many texts use each; corrects unknown words.

    A word is corrected when it is one edit (a letter more, less, other, or two swapped) away from a known one, or
    two edits for long words; the nearest wins, then the commonest, then the first of the alphabet. `always` are
    words that are known whatever the texts say.
    """

    def __init__(self, always: Iterable[str] = ()) -> None:
        self._always = STOP_WORDS.union(always)
        self._used: Counter[str] = Counter()
        self._by_length: dict[int, _Words] = {}
        self._corrections: dict[str, str] = {}
        for word in self._always:
            self._by_length.setdefault(len(word), _Words()).add(word)

    def add(self, words: Iterable[str]) -> None:
        """Add the words of a text."""
        for word in words:
            if not self._used[word] and word not in self._always:
                self._by_length.setdefault(len(word), _Words()).add(word)
            self._used[word] += 1
        self._corrections.clear()

    def remove(self, words: Iterable[str]) -> None:
        """Remove the words of a text that was added."""
        for word in words:
            self._used[word] -= 1
            if not self._used[word]:
                del self._used[word]
                if word not in self._always:
                    self._by_length[len(word)].remove(word)
        self._corrections.clear()

    def correct(self, word: str) -> str:
        """Return the word itself, or the known word that it most likely stands for."""
        if len(word) < SHORTEST or word in self._used or word in self._always or not word.isalpha():
            return word
        if word not in self._corrections:
            if len(self._corrections) >= _REMEMBERED:
                self._corrections.clear()
            self._corrections[word] = self._nearest(word)
        return self._corrections[word]

    def _nearest(self, word: str) -> str:
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = [
            (distance, -self._used[known], known)
            for length in range(max(len(word) - edits, SHORTEST - 1), len(word) + edits + 1)
            if length in self._by_length
            for known, distance, _ in process.extract(
                word,
                self._by_length[length].alike(word, edits=edits),
                scorer=OSA.distance,
                score_cutoff=edits,
                limit=None,
            )
        ]
        return min(near, default=(0, 0, word))[2]

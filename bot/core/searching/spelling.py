"""Read misspelt words as the words that the entries use."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.searching.arrays import with_room
from bot.core.searching.text import STOP_WORDS, stem, turns

Masks = npt.NDArray[np.uint64]

# An edit puts one letter in another's place at most: two letters that only one of the words has.
CHANGED = 2


def letters(word: str) -> int:
    """Return the set of the letters of a word as bits; letters may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def alike(masks: Masks, word: str, *, edits: int) -> Iterable[int]:
    """Return the places of the words, given by their letters, that may be so few edits from this one.

    None that is so near is left out: a letter more or less, another letter or two swapped change the set of letters
    by two at most.
    """
    different = np.bitwise_count(masks ^ np.uint64(letters(word)))
    places: list[int] = (different <= CHANGED * edits).nonzero()[0].tolist()
    return places


# Shorter words have too many neighbours; long ones are misspelt twice as easily.
SHORTEST, TWO_EDITS_FROM = 5, 9
# For a reader that knows the language, the limits are lower: what is no word is a slip. One of three letters lacks one.
SHORTEST_INTENDED, TWO_EDITS_INTENDED_FROM, TWO_EDITS_IN_COMMON_FROM = 3, 5, 7
_SHORTEST_READ = 4
# With its apostrophe a contraction is read as what it is short for; without one it is noise.
_CONTRACTED = """
    don't doesn't didn't can't couldn't won't wouldn't shouldn't isn't aren't wasn't weren't hasn't haven't hadn't
    i'm i've you're you've they're they've we've that's what's where's how's who's when's there's
"""
CONTRACTIONS = {written.replace("'", ""): written for written in _CONTRACTED.split()}
_REMEMBERED = 10_000
# Of words that are as near, those with the same first letter go before others: few slips change it. One with the same
# letters counts as if it were used so many times as often.
_SWAPPED = 4
# A word that ends so may be another form of one on a list; without an end it more likely lacks a letter.
_ENDINGS = ("s", "ed", "ing", "er", "ly")


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

    def within(self, word: str, *, edits: int) -> list[tuple[str, int]]:
        """Return the words that are at most so many edits away, and how many; none that a prefix makes another one."""
        near = [self._words[place] for place in alike(self._letters[: len(self._words)], word, edits=edits)]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(known, int(distance)) for known, distance, _ in found if not turns(word, known)]


class Dictionary:
    """Common words of the language, the commonest first."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._ranks = {word: rank for rank, word in enumerate(words)}

    def __contains__(self, word: str) -> bool:
        """Return whether this is one of the words."""
        return word in self._ranks

    def knows(self, word: str) -> bool:
        """Return whether this is one of the words, or another form of one."""
        return word in self._ranks or (word.endswith(_ENDINGS) and stem(word) in self._stems)

    def nearest(self, word: str) -> tuple[int, str] | None:
        """Return how far the likeliest word is that this one may stand for, and that word; None where none is near.

        Few slips change the first letter; what differs there is more likely a name.
        """
        edits = 2 if len(word) >= TWO_EDITS_IN_COMMON_FROM else 1
        near = [
            (distance, not _is_swapped(word, known), self._ranks[known], known)
            for length in range(max(len(word) - edits, _SHORTEST_READ), len(word) + edits + 1)
            if length in self._by_length
            for known, distance in self._by_length[length].within(word, edits=edits)
            if word[0] == known[0] or _is_swapped(word, known)
        ]
        distance, *_, found = min(near, default=(0, ""))
        return (distance, found) if found else None

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._ranks))

    @cached_property
    def _by_length(self) -> Mapping[int, _Words]:
        return _by_length(self._ranks)


def _by_length(words: Iterable[str]) -> Mapping[int, _Words]:
    by_length: dict[int, _Words] = {}
    for word in words:
        by_length.setdefault(len(word), _Words()).add(word)
    return by_length


@dataclass(frozen=True, eq=False)
class AlwaysKnown:
    """Words that are known whatever the texts say, their stems, and the words by their length."""

    words: frozenset[str]
    stems: frozenset[str]
    by_length: Mapping[int, _Words]


@lru_cache(maxsize=8)
def _always_known(words: frozenset[str]) -> AlwaysKnown:
    """Return what is known with these words; many vocabularies share it, and none changes it."""
    known = STOP_WORDS | words
    return AlwaysKnown(known, frozenset(map(stem, known)), _by_length(sorted(known)))


class Vocabulary:
    """The known words and how many texts use each; corrects unknown words.

    A word is corrected when it is one edit (a letter more, less, other, or two swapped) away from a known one, or
    two edits for long words; the nearest wins, then the commonest, then the first of the alphabet. `always` are
    words that are known whatever the texts say; a word for which `stays` holds is never corrected.
    """

    def __init__(self, always: Iterable[str] = (), stays: Callable[[str], bool] = STOP_WORDS.__contains__) -> None:
        self.always = _always_known(frozenset(always))
        self._stays = stays
        self._used: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._by_length: dict[int, _Words] = {}
        self._corrections: dict[str, str] = {}
        self._intended: dict[str, str] = {}

    def add(self, words: Iterable[str]) -> None:
        """Add the words of a text."""
        counted = Counter(words)
        for word in counted:
            if word not in self._used:
                self._stems[stem(word)] += 1
                if word not in self.always.words:
                    self._by_length.setdefault(len(word), _Words()).add(word)
        self._used.update(counted)
        self._forget()

    def remove(self, words: Iterable[str]) -> None:
        """Remove the words of a text that was added."""
        for word in words:
            self._used[word] -= 1
            if not self._used[word]:
                del self._used[word]
                self._stems[stem(word)] -= 1
                if word not in self.always.words:
                    self._by_length[len(word)].remove(word)
        self._forget()

    def _forget(self) -> None:
        """Forget what was found among the words as they were."""
        self._corrections.clear()
        self._intended.clear()

    def knows(self, word: str) -> bool:
        """Return whether a text has a word."""
        return word in self._used or word in self.always.words

    def correct(self, word: str, dictionary: Dictionary = Dictionary()) -> str:  # noqa: B008  # it never changes
        """Return the word itself, or the known word that it most likely stands for.

        What is a word by itself is one slip from another at most.
        """
        if len(word) < SHORTEST - 1 or word in self._used or word in self.always.words or not word.isalpha():
            return word
        # another form of a known word, or what no other is a slip for
        if stem(word) in self.always.stems or self._stems.get(stem(word), 0) > 0 or self._stays(word):
            return word
        if word not in self._corrections:
            if len(self._corrections) >= _REMEMBERED:
                self._corrections.clear()
            edits = 2 if len(word) >= TWO_EDITS_FROM and not dictionary.knows(word) else 1
            right = self._nearest(word, edits=edits, shortest=SHORTEST - 1)[1]
            # A short word has too many neighbours, but few with the same letters.
            is_meant = len(word) >= SHORTEST or (_is_swapped(word, right) and not dictionary.knows(word))
            self._corrections[word] = right if is_meant else word
        return self._corrections[word]

    def intended(self, word: str, dictionary: Dictionary) -> str:
        """Return what a sentence encoder should read for a word: it knows common words, and is misled by slips.

        A word that `correct` leaves alone, and that is none of the dictionary's, may be spelt more wrongly, or stand
        for a common word that no text uses. A word of a text goes before a common one that is as near.
        """
        if word in CONTRACTIONS:
            return CONTRACTIONS[word]
        if word not in self._intended:
            if len(self._intended) >= _REMEMBERED:
                self._intended.clear()
            self._intended[word] = self._found(word, dictionary)
        return self._intended[word]

    def _found(self, word: str, dictionary: Dictionary) -> str:
        right = self.correct(word, dictionary)
        if right != word or len(word) < SHORTEST_INTENDED or not word.isalpha() or dictionary.knows(word):
            return right
        if self._stays(word):
            return word
        if word in self._used or word in self.always.words:
            return self._usual(word, dictionary)
        edits = 2 if len(word) >= TWO_EDITS_INTENDED_FROM else 1
        shortest = _SHORTEST_READ if len(word) < _SHORTEST_READ else SHORTEST_INTENDED
        distance, used = self._nearest(word, edits=edits, shortest=shortest)
        common = dictionary.nearest(word) if distance != 1 else None
        return used if common is None or 0 < distance <= common[0] else common[1]

    def _usual(self, word: str, dictionary: Dictionary) -> str:
        """Return the common word that the texts spell like this at times, or the word itself: it may be a name."""
        if len(word) < SHORTEST or word in STOP_WORDS:
            return word
        near = [
            (-self._used[known], known)
            for length in range(len(word) - 1, len(word) + 2)
            for known, _ in self._within(word, length, edits=1)
            if known in dictionary and self._used[known] > self._used[word]
        ]
        return min(near, default=(0, word))[1]

    def _nearest(self, word: str, *, edits: int, shortest: int) -> tuple[int, str]:
        """Return how far the nearest known word is, and that word; 0 and the word itself where none is near."""
        near = [
            (distance, word[0] != known[0], -self._used[known] * (_SWAPPED if _is_swapped(word, known) else 1), known)
            for length in range(max(len(word) - edits, shortest), len(word) + edits + 1)
            for known, distance in self._within(word, length, edits=edits)
        ]
        distance, *_, found = min(near, default=(0, word))
        return distance, found

    def _within(self, word: str, length: int, *, edits: int) -> Iterator[tuple[str, int]]:
        """Yield the known words of a length that are at most so many edits away, and how many."""
        for known in (self.always.by_length, self._by_length):
            if length in known:
                yield from known[length].within(word, edits=edits)


def _is_swapped(word: str, known: str) -> bool:
    """Return whether two words have the same letters in another order."""
    return sorted(word) == sorted(known)

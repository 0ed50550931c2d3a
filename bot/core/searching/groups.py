"""Group questions that want the same answer, one by one as they come."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from bot.core.searching.arrays import with_room
from bot.core.searching.contrasts.comparison import between
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import content, normalise
from bot.core.searching.vectors import Model, Vectors

# All numbers are tuned with `bench/grouping.py`, on one half of the intents of banking77.
# The least score that lets a question join a group.
JOIN = 3.5
# A word is as common as if so many more groups were open that do not have it: a short queue knows no rare words.
UNSEEN_GROUPS = 100
# How many wordings the groups at large count for in the profile of one.
SMOOTHING = 0.3
# What a group of e times as many wordings is likelier to get the next one.
GROWTH = 0.5
# Groups are looked for by the rarest words of a question until so many are found, and the likeliest are weighed.
MOST_FOUND, MOST_WEIGHED = 1_000, 8
# With an encoder: the least mean cosine to the wordings of a group that lets a question join it, and by how much it
# may be less for a group of e times as many.
JOIN_MEANING: Mapping[Model, float] = {Model.ENGLISH: 0.82, Model.MULTILINGUAL: 0.82}
MEANING_GROWTH = 0.025
# No word that a group always has rules out a question that lacks it.
LEAST_ABSENT = 1e-3


class Meaning(NamedTuple):
    """What an encoder made of a question, and which one."""

    vector: Vectors
    model: Model = Model.ENGLISH


class _Profile:
    """How often each wording of a group was asked, the vectors it has, and how many wordings have each word."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.vectors: dict[str, Meaning] = {}
        self.having: Counter[str] = Counter()

    def share(self, word: str) -> float:
        """Return the share of the wordings that have a word."""
        return self.having[word] / len(self.asked)


class _Meanings:
    """The sum of the vectors of each group's wordings, by which the mean cosine to all of them is one product."""

    def __init__(self, model: Model) -> None:
        self._least = JOIN_MEANING[model]
        self._rows: dict[int, int] = {}
        self._groups: list[int] = []
        self._sums: Vectors = np.zeros((0, 0), np.float32)
        self._counts = np.zeros(0, np.float32)

    def add(self, group: int, vector: Vectors) -> None:
        """Add the vector of a wording."""
        row = self._rows.get(group)
        if row is None:
            row = self._rows[group] = len(self._groups)
            self._groups.append(group)
            if not row:
                self._sums = np.zeros((1, len(vector)), np.float32)
            self._sums, self._counts = with_room(self._sums, row), with_room(self._counts, row)
            self._sums[row], self._counts[row] = 0, 0
        self._sums[row] += vector
        self._counts[row] += 1

    def remove(self, group: int, vector: Vectors) -> None:
        """Remove the vector of a wording."""
        row = self._rows[group]
        self._sums[row] -= vector
        self._counts[row] -= 1
        if not self._counts[row]:  # the last row takes the place of one that is empty
            last = len(self._groups) - 1
            moved = self._groups[last]
            self._sums[row], self._counts[row] = self._sums[last], self._counts[last]
            self._groups[row], self._rows[moved] = moved, row
            self._groups.pop()
            del self._rows[group]

    def near(self, vector: Vectors) -> list[int]:
        """Return the groups that are near enough in meaning, nearest first; of equals the first."""
        size = len(self._groups)
        if not size or not vector.any():
            return []
        counts = self._counts[:size]
        scores = (self._sums[:size] @ vector / counts + MEANING_GROWTH * np.log(counts)).round(6)
        rows = np.flatnonzero(scores >= self._least).tolist()
        return sorted((self._groups[row] for row in rows), key=lambda group: (-scores[self._rows[group]], group))


class Groups:
    """The words of open groups, to find the group that a question resembles.

    A group stands for what its wordings have in common: for each word the share of wordings that have it. A question
    is scored by the logarithm of how much likelier its words are in that group than in any, and how much likelier it
    is to lack the words that it lacks. Each wording counts once, however often it was asked, and all groups count
    alike: a question that everybody asks makes no word common.

    A caller passes meanings with each question, or with none; with them, meaning goes before words. Those of two
    encoders are never compared.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._profiles: dict[int, _Profile] = {}
        self._groups_having: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._groups_asking: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._meanings = {model: _Meanings(model) for model in Model}

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self._profiles)

    def add(self, group: int, text: str, meaning: Meaning | None = None) -> None:
        """Add a question to a group, which is created if need be."""
        profile, wording = self._profiles.setdefault(group, _Profile()), normalise(text)
        profile.asked[wording] += 1
        if profile.asked[wording] == 1:
            self._groups_asking[wording][group] = None
            for word in self._words(wording):
                profile.having[word] += 1
                self._groups_having[word][group] = None
        if meaning is not None:
            self.learn(group, wording, meaning)

    def learn(self, group: int, text: str, meaning: Meaning) -> None:
        """Add the vector of a wording that a group has, if it still has it and no vector for it."""
        profile, wording = self._profiles.get(group), normalise(text)
        if profile is not None and wording in profile.asked and wording not in profile.vectors:
            profile.vectors[wording] = meaning
            self._meanings[meaning.model].add(group, meaning.vector)

    def remove(self, group: int, text: str) -> None:
        """Remove a question from a group, which ends with its last one."""
        profile, wording = self._profiles[group], normalise(text)
        profile.asked[wording] -= 1
        if profile.asked[wording]:
            return
        del profile.asked[wording]
        _forget(self._groups_asking, wording, group)
        if (meaning := profile.vectors.pop(wording, None)) is not None:
            self._meanings[meaning.model].remove(group, meaning.vector)
        for word in self._words(wording):
            profile.having[word] -= 1
            if not profile.having[word]:
                del profile.having[word]
                _forget(self._groups_having, word, group)
        if not profile.asked:
            del self._profiles[group]

    def resembling(self, text: str, meaning: Meaning | None = None) -> int | None:
        """Return the group that a question belongs to, if there is one; of equals the first.

        A question that somebody asked before in these words belongs there, however short it is. One that says the
        opposite of what the group asked most, or another number, does not: one answer could not serve both.
        """
        wording = normalise(text)
        if wording in self._groups_asking:
            return min(self._groups_asking[wording])
        near = (group for groups in (self._meant(meaning), self._alike(wording)) for group in groups)
        return next((group for group in near if not self._differs(group, wording)), None)

    def nearest(self, text: str, meaning: Meaning | None = None, *, most: int) -> list[int]:
        """Return the groups that a question belongs to, likeliest first.

        Those in the same words lead, and those of the same meaning come before those of like words.
        """
        wording = normalise(text)
        if not self._words(wording):
            return []
        same = list(self._groups_asking.get(wording, ()))
        near = (group for group in (*self._meant(meaning), *self._alike(wording)) if not self._differs(group, wording))
        return list(dict.fromkeys([*same, *near]))[:most]

    def _meant(self, meaning: Meaning | None) -> list[int]:
        return [] if meaning is None else self._meanings[meaning.model].near(meaning.vector)

    def _alike(self, wording: str) -> list[int]:
        """Return the groups whose words a question has, likeliest first."""
        words = self._words(wording)
        scores = {group: round(self._score(group, words), 9) for group in self._near(words)}
        likely = [group for group, score in scores.items() if score >= JOIN]
        return sorted(likely, key=lambda group: (-scores[group], group))

    def _differs(self, group: int, wording: str) -> bool:
        asked = self._profiles[group].asked
        most = min(asked, key=lambda one: (-asked[one], one))
        return bool(between(wording, most, fold=self._lexicon.fold))

    def _words(self, wording: str) -> list[str]:
        """Return the words that carry meaning, folded, each once."""
        return list(dict.fromkeys(content(self._lexicon.fold(wording.split()))))

    def _near(self, words: Sequence[str]) -> list[int]:
        """Return the groups that have most of the rarest words."""
        near: defaultdict[int, float] = defaultdict(float)
        known = [word for word in words if word in self._groups_having]
        for word in sorted(known, key=lambda word: (len(self._groups_having[word]), word)):
            if near and len(near) + len(self._groups_having[word]) > MOST_FOUND:
                break
            rarity = -log(self._commonness(word))
            for group in self._groups_having[word]:
                near[group] += rarity * self._profiles[group].share(word)
        return sorted(near, key=lambda group: (-round(near[group], 9), group))[:MOST_WEIGHED]

    def _commonness(self, word: str) -> float:
        """Return the share of groups that have a word, somewhat below 1 for one that all have."""
        having = len(self._groups_having.get(word, ()))
        return (having + 1) / (len(self._profiles) + 2 + UNSEEN_GROUPS)

    def _score(self, group: int, words: Sequence[str]) -> float:
        profile = self._profiles[group]
        size = len(profile.asked)
        total = 0.0
        for word in dict.fromkeys((*words, *profile.having)):
            common = self._commonness(word)
            likely = (profile.having[word] + SMOOTHING * common) / (size + SMOOTHING)
            if word in words:
                total += log(likely / common)
            else:
                total += log(max(1 - likely, LEAST_ABSENT) / (1 - common))
        return total / sqrt(max(len(words), 1)) + GROWTH * log(size)


def representative(wordings: Sequence[str]) -> str:
    """Return the wording that stands for all: asked most often, and of those the one most like the others."""
    asked = Counter(map(normalise, wordings))
    words = {wording: frozenset(wording.split()) for wording in asked}
    having = Counter(word for each in words.values() for word in each)

    def rank(text: str) -> tuple[int, float]:
        wording = normalise(text)
        return asked[wording], sum(having[word] for word in words[wording]) / sqrt(len(words[wording]) or 1)

    return max(wordings, key=rank)


def _forget(groups: defaultdict[str, dict[int, None]], name: str, group: int) -> None:
    del groups[name][group]
    if not groups[name]:
        del groups[name]

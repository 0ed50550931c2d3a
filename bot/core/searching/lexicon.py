"""Fold words that mean the same into one: abbreviations, synonyms, chat speak."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.core.searching.spelling import Dictionary
from bot.core.searching.text import cut, stem, tokens
from bot.errors import InvalidInputError, Problem

_Key = tuple[str, ...]
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Lexicon:
    """Which runs of stems are replaced by which stems, the words of all names as written, and common words."""

    replacements: Mapping[_Key, _Key] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    dictionary: Dictionary = field(default=Dictionary(), compare=False)

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """Return the stems that a run begins with, and the length of the longest run that does."""
        longest: dict[str, int] = {}
        for key in self.replacements:
            longest[key[0]] = max(len(key), longest.get(key[0], 0))
        return longest

    def fold(self, words: Sequence[str]) -> list[str]:
        """Return the stems of cleaned words, every known run replaced by its first name, longest run first."""
        return list(self._folded(tuple(words)))

    @cached_property
    def _folded(self) -> Callable[[_Key], _Key]:
        """Return the same for a tuple of words; what was folded lately is remembered."""
        return lru_cache(maxsize=_REMEMBERED)(self._fold)

    def _fold(self, words: _Key) -> _Key:
        stems = list(map(stem, cut(words)))
        longest = self.longest
        if longest.keys().isdisjoint(stems):
            return tuple(stems)
        folded: list[str] = []
        at = 0
        while at < len(stems):
            most = longest.get(stems[at], 0)
            if most > 1 and (at + 1 == len(stems) or stems[at + 1] not in self._second[stems[at]]):
                most = 1
            size = longest_run(stems, at, self.replacements, most) if most else 0
            folded.extend(self.replacements[tuple(stems[at : at + size])] if size else (stems[at],))
            at += size or 1
        return tuple(folded)

    @cached_property
    def _second(self) -> Mapping[str, Container[str]]:
        """Return the stems that stand second in a run, by the one that it begins with."""
        second: defaultdict[str, set[str]] = defaultdict(set)
        for key in self.replacements:
            second[key[0]].update(key[1:2])
        return second


def longest_run(stems: Sequence[str], at: int, known: Container[_Key], longest: int) -> int:
    """Return the length of the longest run from there on that is known, 0 where none is; `longest` is that of any."""
    for size in range(min(longest, len(stems) - at), 0, -1):
        if tuple(stems[at : at + size]) in known:
            return size
    return 0


def parse_lexicon(text: str, *, name: str) -> Lexicon:
    """Read lines of `first name = other name, other name`; `#` starts a comment.

    Raises:
        InvalidInputError: a line has no `=`, an empty name, or a name that an earlier line gave another meaning.
    """
    replacements: dict[_Key, _Key] = {}
    words: set[str] = set()
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        first, found, rest = line.partition("=")
        names = [tokens(name) for name in (first, *rest.split(","))]
        keys = [tuple(map(stem, cut(name))) for name in names]
        if not found or not all(keys):
            remedy = "write: first name = other name, other name"
            problems.append(Problem(where=name, line=number, what="not a group of names", remedy=remedy))
            continue
        words.update(*map(cut, names))
        for key in keys:
            if replacements.setdefault(key, keys[0]) != keys[0]:
                what = f"{' '.join(key)!r} already means {' '.join(replacements[key])!r}"
                problems.append(Problem(where=name, line=number, what=what, remedy="keep it in one group"))
    if problems:
        raise InvalidInputError(tuple(problems))
    return Lexicon(replacements, frozenset(words))


def merge_lexicons(*lexicons: Lexicon) -> Lexicon:
    """Return one lexicon in which a later one overrides an earlier one, with the dictionary of the first."""
    merged: dict[_Key, _Key] = {}
    for lexicon in lexicons:
        merged.update(lexicon.replacements)
    words = frozenset[str]().union(*(lexicon.words for lexicon in lexicons))
    return Lexicon(merged, words, next((lexicon.dictionary for lexicon in lexicons), Dictionary()))

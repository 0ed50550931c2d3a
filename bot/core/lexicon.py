"""Fold words that mean the same into one: abbreviations, synonyms, chat speak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.text import tokens
from bot.core.words import stem
from bot.errors import InvalidInputError, Problem

_Key = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Hold which runs of stems are replaced by which stems; `longest` is the length of the longest run."""

    replacements: Mapping[_Key, _Key] = field(default_factory=dict)
    longest: int = 0

    def fold(self, words: Sequence[str]) -> list[str]:
        """Return the stems of cleaned words, every known run replaced by its first name, longest run first."""
        stems = [stem(word) for word in words]
        if not self.replacements:
            return stems
        folded: list[str] = []
        at = 0
        while at < len(stems):
            size, names = self._longest_run(stems, at)
            folded.extend(names)
            at += size
        return folded

    def _longest_run(self, stems: list[str], at: int) -> tuple[int, Iterable[str]]:
        for size in range(min(self.longest, len(stems) - at), 0, -1):
            names = self.replacements.get(tuple(stems[at : at + size]))
            if names is not None:
                return size, names
        return 1, (stems[at],)


def parse_lexicon(text: str, *, name: str) -> Lexicon:
    """Read lines of `first name = other name, other name`; `#` starts a comment.

    Raises:
        InvalidInputError: a line has no `=`, an empty name, or a name that an earlier line gave another meaning.
    """
    replacements: dict[_Key, _Key] = {}
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        first, found, rest = line.partition("=")
        keys = [_key(item) for item in (first, *rest.split(","))]
        if not found or not all(keys):
            remedy = "write: first name = other name, other name"
            problems.append(Problem(where=name, line=number, what="not a group of names", remedy=remedy))
            continue
        for key in keys:
            if replacements.setdefault(key, keys[0]) != keys[0]:
                what = f"{' '.join(key)!r} already means {' '.join(replacements[key])!r}"
                problems.append(Problem(where=name, line=number, what=what, remedy="keep it in one group"))
    if problems:
        raise InvalidInputError(tuple(problems))
    return Lexicon(replacements, max(map(len, replacements), default=0))


def merge_lexicons(*lexicons: Lexicon) -> Lexicon:
    """Return one lexicon in which a later one overrides an earlier one."""
    merged: dict[_Key, _Key] = {}
    for lexicon in lexicons:
        merged.update(lexicon.replacements)
    return Lexicon(merged, max(map(len, merged), default=0))


def _key(name: str) -> _Key:
    return tuple(stem(word) for word in tokens(name))

"""Read from a text all that another one like it may say differently."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.core.searching.contrasts.vocabulary import (
    ASPECTS,
    BEEN,
    DESIGNATED,
    FAILED,
    HOW,
    INERT,
    IRREGULAR,
    NOT,
    NUMBER_WORDS,
    SPLIT_VERBS,
    UNITS,
)
from bot.core.searching.lexicon import longest_run
from bot.core.searching.text import plain, tokens
from bot.core.searching.words import carrying, stem

Run = tuple[str, ...]

_REMEMBERED = 4_096
# A particle stands at most so far from its verb: "turn my price alerts off".
_FAR = 5
_GLUED = re.compile(r"(v|ver|level|tier|gen|[sgql])(\d+)")
_VERSIONS = ("v", "ver")
_SHORTEST_PARTICIPLE, _BEEN_BEFORE = 5, 3
_TICKER = re.compile(r"\b(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,6}\b")
_CAPITAL = re.compile(r"(?<![.!?:\n])(?<=\s)[A-Z][\w-]*[\w]")
_FIRST_PERSON = frozenset(("I", "I'm", "I'd", "I've", "I'll"))
# Where so many of the words are written with a capital, it tells nothing.
_TITLE_CASE, _LONG = 0.6, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything in a text that another one may say differently."""

    words: tuple[str, ...]
    stems: frozenset[str]
    sides: Mapping[int, Mapping[int, str]]
    """For each set of contrasts the sides that are named, by their number, with the word for each."""
    numbers: tuple[tuple[str, str], ...]
    """The numbers in order, each with the word before or after it that says of what, or nothing."""
    names: frozenset[str]
    negated: str
    live: frozenset[str]
    failed: str
    asks_how: bool
    asks_how_to: str | None
    """The verb of what is to be done, None where the text does not ask how."""
    done: Mapping[str, str]
    """The stems of what is said to be or have been done, with the words."""
    aspects: frozenset[str]

    @property
    def content(self) -> tuple[str, ...]:
        """Return the words that carry meaning."""
        return tuple(carrying(self.words))


def rule_out_each_other(one: str, other: str) -> bool:
    """Return whether two words stand on different sides of a line of contrasts, as "deposit" and "withdraw" do."""
    first, second = read(one).sides, read(other).sides
    return any(not first[number].keys() & second[number].keys() for number in first.keys() & second.keys())


@lru_cache(maxsize=_REMEMBERED)
def read(text: str) -> Reading:
    """Return what a text says of all that may differ."""
    return read_words(text, tokens(text))


def read_words(text: str, words: Sequence[str]) -> Reading:
    """Return the same for a text whose words are known already, such as a question with its words corrected."""
    line = " ".join(words)
    lively = INERT.sub(" ", line).split()
    return Reading(
        words=tuple(words),
        stems=frozenset(stem(word) for word in words),
        sides=_sides(words),
        numbers=_numbered(words),
        names=_named(text),
        negated=next((word for word in lively if word in NOT), ""),
        live=frozenset(lively),
        failed=next((word for word in lively if word in FAILED), ""),
        asks_how=bool(HOW.search(line)),
        asks_how_to=_wanted(line),
        done=_done(words),
        aspects=frozenset(name for name, (_, asks) in ASPECTS.items() if asks.search(line)),
    )


@cache
def _contrasts() -> tuple[dict[Run, list[tuple[int, int]]], int]:
    """Return for each run of stems the sets and sides that it names, and the length of the longest."""
    runs: dict[Run, list[tuple[int, int]]] = {}
    lines = files("bot.core.searching.contrasts").joinpath("contrasts.txt").read_text("utf-8").splitlines()
    sets = [line.split("|") for line in lines if line.strip() and not line.startswith("#")]
    for number, sides in enumerate(sets):
        for side, names in enumerate(sides):
            for name in names.split(","):
                run = tuple(stem(word) for word in tokens(name))
                if run and (number, side) not in runs.setdefault(run, []):
                    runs[run].append((number, side))
    return runs, max(map(len, runs))


def _joined(words: Sequence[str]) -> Sequence[str]:
    """Return the words with the particle of a verb beside it: "turn my alerts off" becomes "turn off my alerts"."""
    for at, word in enumerate(words):
        if word in SPLIT_VERBS:
            for after in range(at + 1, min(at + _FAR, len(words))):
                if words[after] in {"on", "off"}:
                    return [*words[: at + 1], words[after], *words[at + 1 : after], *words[after + 1 :]]
    return words


def _sides(words: Sequence[str]) -> dict[int, dict[int, str]]:
    runs, longest = _contrasts()
    words = _joined(words)
    stems = [stem(word) for word in words]
    found: dict[int, dict[int, str]] = {}
    at = 0
    while at < len(stems):
        size = longest_run(stems, at, runs, longest)
        for number, side in runs[tuple(stems[at : at + size])] if size else ():
            found.setdefault(number, {}).setdefault(side, " ".join(words[at : at + size]))
        at += max(size, 1)
    return found


def _numbered(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for at, word in enumerate(words):
        before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
        glued = _GLUED.fullmatch(word)
        if word.isdigit():
            found.append((word.lstrip("0") or "0", _counted(before, after)))
        elif glued is not None:
            found.append((glued[2].lstrip("0") or "0", "version" if glued[1] in _VERSIONS else glued[1]))
        elif before in DESIGNATED and word in NUMBER_WORDS:
            found.append((NUMBER_WORDS[word], before))
    return tuple(found)


def _counted(before: str, after: str) -> str:
    if before in DESIGNATED:
        return before
    return after if after in UNITS else ""


def _named(text: str) -> frozenset[str]:
    """Return the names of a text that is written with care: capitals inside a sentence, and tickers."""
    text = plain(text)
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(map(str.isupper, letters)) > len(letters) / 2:
        return frozenset()
    long = [word for word in text.split()[1:] if word[0].isalpha() and len(word) > _LONG]
    is_title = len(long) > 1 and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)
    found = {*_TICKER.findall(text), *(() if is_title else _CAPITAL.findall(text))} - _FIRST_PERSON
    return frozenset(carrying(word for name in found for word in tokens(name)))


def _wanted(line: str) -> str | None:
    """Return the first word with a meaning after "how do I" and the like."""
    how = HOW.search(line)
    return None if how is None else next(iter(carrying(line[how.end() :].split())), None)


def _done(words: Sequence[str]) -> dict[str, str]:
    found = {}
    for at, word in enumerate(words):
        is_participle = (word.endswith("ed") and len(word) >= _SHORTEST_PARTICIPLE) or word in IRREGULAR
        if is_participle and not BEEN.isdisjoint(words[max(0, at - _BEEN_BEFORE) : at]):
            found[IRREGULAR.get(word, stem(word))] = word
    return found

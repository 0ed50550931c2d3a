"""Read from a text all that another one like it may say differently."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from bot.core.searching.contrasts.sentences import core, negated, parted, telling
from bot.core.searching.contrasts.words import aspects_of
from bot.core.searching.lexicon import (
    BEEN,
    DESIGNATED,
    FAILED,
    FAILING_TO,
    HOW,
    INERT,
    IRREGULAR,
    MISFORTUNES,
    NOT,
    NUMBER_WORDS,
    ORDINALS,
    POSSIBLE,
    SPLIT_VERBS,
    UNITS,
    longest_run,
)
from bot.core.searching.text import carrying, plain, stem, tokens

Run = tuple[str, ...]

_REMEMBERED = 4_096
# A particle stands at most so far from its verb: "turn my price alerts off".
_FAR = 5
_GLUED = re.compile(r"(v|ver|level|tier|gen|[sgql])(\d+)")
_VERSIONS = ("v", "ver")
_VERSION = re.compile(r"\d+(?:\.\d+)*")
_OBJECTS = frozenset(("me", "us"))
_SHORTEST_PARTICIPLE, _BEEN_BEFORE = 5, 3
_TICKER = re.compile(r"\b(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,6}\b")
_CAPITAL = re.compile(r"(?<![.!?:\n])(?<=\s)[A-Z][\w-]*[\w]")
# No name can be without one of these.
_NAME = re.compile(r"(?s:.)[A-Z]|[A-Z][A-Z0-9]")
_FOR_PAIRS = "~"
_TELLING = NOT | FAILED | NUMBER_WORDS.keys()
FAILING_STEMS = frozenset(map(stem, FAILING_TO))
_FIRST_PERSON = frozenset(("I", "I'm", "I'd", "I've", "I'll"))
_KEEPS = re.compile(r"\b(?:keeps|kept|keep on|keeps on) \w{2,}ing\b")
# Where so many of the words are written with a capital, it tells nothing.
_TITLE_CASE, _LONG = 0.6, 3


class Reading:
    """Everything in a text that another one may say differently; each part is read when it is first asked for."""

    def __init__(self, text: str, words: Sequence[str] | None = None) -> None:
        """Store a text, and its words where they are known already, such as a question's with slips corrected."""
        self._text = text
        if words is not None:
            self.words = parted(words)

    @property
    def is_question(self) -> bool:
        """Return whether the text has a question mark."""
        return "?" in self._text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words in order, a number and its unit as two."""
        return parted(tokens(self._text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of the words."""
        return frozenset(map(stem, self.words))

    @cached_property
    def sides(self) -> Mapping[int, Mapping[int, str]]:
        """Return for each set of contrasts the sides that are named, by their number, with the word for each."""
        return _sides(self.particled)

    @cached_property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Return the numbers in order, each with the word before or after it that says of what, or nothing."""
        return _numbered(self.words)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Return the numbers in order with their points, as in "from 3.1 to 3.2"."""
        return tuple(number.lstrip("0") or "0" for number in _VERSION.findall(self._text))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words of names."""
        return _named(self._text)

    @cached_property
    def negated(self) -> str:
        """Return the first word that negates, or nothing."""
        return self._first_of(NOT)

    @cached_property
    def failed(self) -> str:
        """Return the first words that tell of a failure, or nothing: "failed", "keeps dropping"."""
        keeps = _KEEPS.search(self.line)
        return self._first_of(FAILED) or (keeps[0] if keeps else "")

    @cached_property
    def malfunction(self) -> str:
        """Return what does not do what it should, or nothing: "never arrives", and a failure other than one's own."""
        if self.negated:
            runs = ((word, stem(run[0])) for word, run in self.negations if run)
            return next((f"{word} {root}" for word, root in runs if root in FAILING_STEMS), "")
        return "" if self.failed in MISFORTUNES else self.failed

    @cached_property
    def asks_how(self) -> bool:
        """Return whether the text asks how to do something."""
        return self._how is not None

    @cached_property
    def asks_how_to(self) -> str | None:
        """Return the verb of what is to be done, None where the text does not ask how."""
        return None if self._how is None else next(iter(carrying(self.line[self._how.end() :].split())), None)

    @cached_property
    def done(self) -> Mapping[str, str]:
        """Return the stems of what is said to be or have been done, with the words."""
        return _done(self.words)

    @cached_property
    def aspects(self) -> frozenset[str]:
        """Return what is asked of a thing."""
        return aspects_of(self.line)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Return the words that carry meaning."""
        return tuple(carrying(self.words))

    @cached_property
    def particled(self) -> Sequence[str]:
        """Return the words with the first particle that stands apart from its verb beside it."""
        return _joined(self.words)

    @cached_property
    def telling(self) -> Sequence[str]:
        """Return the words without those that stand around a question."""
        return telling(self.words)

    @cached_property
    def core(self) -> Sequence[str]:
        """Return the words without all that makes them a question."""
        return core(self.words)

    @property
    def negations(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each negation with the words that it is about: the next two that carry meaning."""
        if self.negated:
            live = frozenset(self._lively)
            for at, word in enumerate(self.words):
                if word in NOT and word in live:
                    yield word, negated(self.words[at + 1 : at + 6])

    @cached_property
    def line(self) -> str:
        """Return the words in one."""
        return " ".join(self.words)

    @cached_property
    def _how(self) -> re.Match[str] | None:
        return HOW.search(self.line)

    @cached_property
    def _lively(self) -> Sequence[str]:
        """Return the words without what is said of oneself and not of the matter."""
        return INERT.sub(" ", self.line).split()

    def _first_of(self, some: frozenset[str]) -> str:
        if some.isdisjoint(self.words):
            return ""
        return next((word for word in self._lively if word in some), "")


def rule_out_each_other(one: str, other: str) -> bool:
    """Return whether two words stand on different sides of a line of contrasts, as "deposit" and "withdraw" do."""
    first, second = read(one).sides, read(other).sides
    return any(not first[number].keys() & second[number].keys() for number in first.keys() & second.keys())


def tells_apart(word: str) -> bool:
    """Return whether texts that look alike may differ by this word alone: it is no slip for another."""
    return word in _TELLING or (stem(word),) in _contrasts()[0]


@lru_cache(maxsize=_REMEMBERED)
def read(text: str) -> Reading:
    """Return what a text says of all that may differ."""
    return Reading(text)


def is_for_pairs(number: int) -> bool:
    """Return whether both sides of a line have to be named to differ: its words alone say too little."""
    return _lines()[number].startswith(_FOR_PAIRS)


@cache
def _lines() -> Sequence[str]:
    lines = files("bot.core.searching.contrasts").joinpath("contrasts.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@cache
def _contrasts() -> tuple[dict[Run, list[tuple[int, int]]], frozenset[str], int]:
    """Return for each run of stems the sets and sides that it names, how runs begin, and how long the longest is."""
    runs: dict[Run, list[tuple[int, int]]] = {}
    for number, line in enumerate(_lines()):
        for side, names in enumerate(line.removeprefix(_FOR_PAIRS).split("|")):
            for name in names.split(","):
                run = tuple(stem(word) for word in tokens(name))
                if run and (number, side) not in runs.setdefault(run, []):
                    runs[run].append((number, side))
    return runs, frozenset(run[0] for run in runs), max(map(len, runs))


def _joined(words: Sequence[str]) -> Sequence[str]:
    """Return the words with the particle of a verb beside it: "turn my alerts off" becomes "turn off my alerts"."""
    for at, word in enumerate(words):
        particles = SPLIT_VERBS.get(word)
        if particles is None:
            continue
        for after in range(at + 1, min(at + _FAR, len(words))):
            # "Turn of the mode" and "turn the mode of" are slips; else an "of" belongs to what is before it.
            if words[after] in particles and (words[after] != "of" or after in {at + 1, len(words) - 1}):
                particle = "off" if words[after] == "of" else words[after]
                return [*words[: at + 1], particle, *words[at + 1 : after], *words[after + 1 :]]
    return words


def _sides(words: Sequence[str]) -> dict[int, dict[int, str]]:
    runs, first, longest = _contrasts()
    stems = [stem(word) for word in words]
    found: dict[int, dict[int, str]] = {}
    if first.isdisjoint(stems):
        return found
    at = 0
    while at < len(stems):
        size = longest_run(stems, at, runs, longest) if stems[at] in first else 0
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
        elif word in NUMBER_WORDS and (before in DESIGNATED or after in UNITS):
            found.append((NUMBER_WORDS[word], before if before in DESIGNATED else after))
        elif word in ORDINALS and after in DESIGNATED:
            found.append((NUMBER_WORDS[word], after))
    return tuple(found)


def _counted(before: str, after: str) -> str:
    if before in DESIGNATED:
        return before
    return after if after in UNITS else ""


def _named(text: str) -> frozenset[str]:
    """Return the names of a text that is written with care: capitals inside a sentence, and tickers."""
    text = plain(text)
    if not _NAME.search(text):
        return frozenset()
    letters = [letter for letter in text if letter.isalpha()]
    if sum(map(str.isupper, letters)) > len(letters) / 2:
        return frozenset()
    long = [word for word in text.split()[1:] if word[0].isalpha() and len(word) > _LONG and not word.isupper()]
    is_title = len(long) > 1 and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)
    found = {*_TICKER.findall(text), *(() if is_title else _CAPITAL.findall(text))} - _FIRST_PERSON
    return frozenset(carrying(word for name in found for word in tokens(name)))


def _done(words: Sequence[str]) -> dict[str, str]:
    found = {}
    for at, word in enumerate(words):
        is_participle = (word.endswith("ed") and len(word) >= _SHORTEST_PARTICIPLE) or word in IRREGULAR
        been = BEEN.intersection(words[max(0, at - _BEEN_BEFORE) : at])
        # "can it be cancelled" asks how to cancel it
        is_done = been and not (been == {"be"} and not POSSIBLE.isdisjoint(words[:at]))
        # What "reported me" was done by somebody else, as what "was reported".
        if is_participle and (is_done or not _OBJECTS.isdisjoint(words[at + 1 : at + 2])):
            found[IRREGULAR.get(word, stem(word))] = word
    return found

"""Compare two texts, or one with several, side by side: opposites, numbers and negations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.searching.contrasts.directions import directions
from bot.core.searching.contrasts.reading import Reading, read
from bot.core.searching.contrasts.unspaced import has_unspaced, put_in_place
from bot.core.searching.lexicon import (
    DENYING,
    DESIGNATED,
    FAILED,
    FAILING_TO,
    LEAVING_OUT,
    NEGATIVE_PREFIXES,
    NOT,
    OUTRIGHT,
)
from bot.core.searching.text import PREFIXES, STOP_WORDS, stem

Fold = Callable[[Sequence[str]], Sequence[str]]
"""Return the stems of words, with those that mean the same replaced by one."""

_SHORTEST_ROOT = 4
# Names of series that are written in one with a number.
_SERIES = frozenset("sg")
_NOTHING = read("")


class Kind(StrEnum):
    """Name what differs."""

    OPPOSITE = "opposite"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    FAILURE = "failure"
    STATE = "state"
    ASPECT = "aspect"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """Name what the question says and what the entry says in its place; either may be empty."""

    kind: Kind
    asked: str
    entry: str

    def __str__(self) -> str:
        """Return it in words."""
        sides = [f"asked: {self.asked}" if self.asked else "", f"entry: {self.entry}" if self.entry else ""]
        return f"{self.kind} ({', '.join(side for side in sides if side)})"


def between(one: str, other: str, *, fold: Fold) -> tuple[Difference, ...]:
    """Return what differs between two questions so that one answer cannot serve both."""
    first, second = read(one), read(other)
    found = [
        *opposites(first, [second]),
        *reversals(first, [second]),
        *turned(first, [second]),
        *replacements(first, [second], _NOTHING),
        *numbers(first, [second], _NOTHING),
    ]
    found += [*negations(first, [second], fold=fold), *negations(second, [first], fold=fold)]
    return tuple(found)


def opposites(asked: Reading, phrasings: Sequence[Reading]) -> list[Difference]:
    """Return what is said of another side of a line of contrasts than all phrasings speak of.

    Where several sides are named, as in "USDT on Tron", one is enough that the phrasings have another one for.
    """
    found = []
    for number, mine in asked.sides.items():
        named = [one.sides[number] for one in phrasings if number in one.sides]
        theirs = {side: word for each in named for side, word in each.items()}
        beyond = [word for side, word in mine.items() if side not in theirs]
        beyond = [word for word in beyond if not any(_says(one, word) for one in phrasings)]
        missing = [word for side, word in theirs.items() if side not in mine]
        # "I bought coins and want to sell them" asks for what an entry about selling says.
        if not beyond or not all(each.keys() - mine.keys() for each in named):
            continue
        if missing and not any(word in asked.words for word in missing):
            found.append(Difference(Kind.OPPOSITE, beyond[0], missing[0]))
    return found


def reversals(asked: Reading, phrasings: Sequence[Reading]) -> list[Difference]:
    """Return what is to go the other way than all phrasings say."""
    return [Difference(Kind.OPPOSITE, mine, theirs) for mine, theirs in directions(asked, phrasings)]


def replacements(asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    """Return letters that stand in the place of others, in a script without spaces, and are nowhere in the entry."""
    if not has_unspaced(asked.words):
        return []
    said = " ".join("".join(one.words) for one in (*phrasings, body))
    found = (put_in_place(asked.words, one.words) for one in phrasings)
    return [Difference(Kind.OTHER, *pair) for pair in found if pair is not None and pair[0] not in said][:1]


def _says(reading: Reading, words: str) -> bool:
    return all(stem(word) in reading.stems for word in words.split())


def turned(asked: Reading, phrasings: Sequence[Reading]) -> list[Difference]:
    """Return words that one has with a prefix which turns them round, and the other without."""
    theirs = frozenset().union(*(one.stems for one in phrasings))
    # Most words have no twin with a prefix; a stem begins as its word does, so that its beginning shows it.
    line = " ".join(("", *(root for root in theirs if root.startswith(PREFIXES))))
    for at, word in enumerate(asked.words):
        if word in STOP_WORDS or stem(word) in theirs:
            continue
        if not line and not word.startswith(PREFIXES):
            continue
        is_negated = not NOT.isdisjoint(asked.words[max(0, at - 2) : at])
        for prefix in PREFIXES:
            cancels = is_negated and prefix in NEGATIVE_PREFIXES  # what is not correct is incorrect
            if len(word) >= _SHORTEST_ROOT and not cancels and f" {prefix}{word[0]}" in line:
                turned = stem(prefix + word)
                if turned in theirs and turned not in asked.stems:
                    return [Difference(Kind.OPPOSITE, word, prefix + word)]
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_ROOT:
                bare = word.removeprefix(prefix)
                plainly = stem(bare)
                if plainly in theirs and plainly not in asked.stems:
                    return [Difference(Kind.OPPOSITE, word, bare)]
    return []


def numbers(asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    """Return a number that none of the phrasings has, or the same numbers the other way round."""
    if not asked.numbers:
        return []
    mine = [number for number, _ in asked.numbers]
    titles = [[number for number, _ in one.numbers] for one in phrasings]
    theirs = {number for title in titles for number in title}
    if theirs:
        missing = [number for number in mine if number not in theirs]
        if missing:
            return [Difference(Kind.NUMBER, missing[0], " ".join(sorted(theirs)))]
        found = _the_other_way(mine, titles) or _the_other_way(asked.versions, [one.versions for one in phrasings])
        if found is not None:
            return [Difference(Kind.NUMBER, *found)]
        return []
    said = {number for number, _ in body.numbers}
    named = [(number, of) for number, of in asked.numbers if of in DESIGNATED or of in _SERIES]
    missing_named = [f"{of} {number}" for number, of in named if number not in said]
    return [Difference(Kind.NUMBER, missing_named[0], "")] if missing_named else []


def _the_other_way(mine: Sequence[str], titles: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    straight = any(_in_order(mine, title) for title in titles)
    turned = any(_in_order(mine[::-1], title) for title in titles)
    return (" ".join(mine), " ".join(mine[::-1])) if len(mine) > 1 and turned and not straight else None


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(number in rest for number in few)


def negations(asked: Reading, phrasings: Sequence[Reading], *, fold: Fold) -> list[Difference]:
    """Return a negation of what the phrasings speak of, where they do not negate the same, or the other way round."""
    if not asked.negated:
        return [] if asked.failed else _affirmed(asked, phrasings, fold=fold)
    fails = any(one.negated or one.failed for one in phrasings)
    theirs = frozenset(each for one in phrasings for each in fold(one.words))
    negated = frozenset(each for one in phrasings for _, run in one.negations for each in fold(run))
    for word, run in asked.negations:
        said = (theirs - negated).intersection(fold(run))
        is_state = bool(said) and not FAILED.isdisjoint(run)
        leaves_out = word in LEAVING_OUT and not negated.intersection(fold(run))
        # "is not supported" denies; "is not working" and "has not arrived" only say that something fails.
        denies = word in OUTRIGHT or (word in DENYING and FAILING_TO.isdisjoint(run[:1]))
        if leaves_out or is_state or (said and (denies or not fails)):
            return [Difference(Kind.NEGATION, " ".join([word, *run[:1]]), "")]
    return []


def _affirmed(asked: Reading, phrasings: Sequence[Reading], *, fold: Fold) -> list[Difference]:
    """Return what is said plainly and negated in all phrasings: what works, where they ask why it does not."""
    if not all(one.negated for one in phrasings):
        return []
    denied = [frozenset(each for _, run in one.negations for each in fold(run[:1])) for one in phrasings]
    both = frozenset.intersection(*denied).intersection(fold(asked.words)) if denied else frozenset()
    return [Difference(Kind.NEGATION, min(both), phrasings[0].negated)] if both else []

"""Compare what two texts are about: what is asked of a thing, for whom, which one of a sort, and what has happened.

No list says which things or persons rule each other out: what counts is that the question names one where the entry
names another one, or none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.searching.contrasts.reading import Reading
from bot.core.searching.contrasts.words import (
    ARTICLES,
    ASKING,
    ASPECTS,
    DOINGS,
    FEELINGS,
    FOR_OTHERS,
    INTRODUCING,
    NO_SORTS,
    OTHERS,
    RETRIEVING,
    STARTING,
    TELLING,
    TOO_WIDE,
    WAITING,
    WHAT,
    WHETHER,
    WHICH,
)
from bot.core.searching.lexicon import LIGHT_VERBS, MISFORTUNES
from bot.core.searching.text import STOP_WORDS, carrying, stem

Says = Callable[[str], bool]
"""Return whether an entry says a word, or one that means the same."""

_WHERE_IS_MINE = ("where", "is", "my")
_TROUBLED = frozenset(("time", "reason"))


def aspects(asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    """Return what is asked of a thing where the entry speaks of none of it, or only of something else."""
    if mine := asked.aspects:
        theirs = frozenset[str]().union(*(one.aspects for one in phrasings))
        return _unspoken(sorted(mine - theirs), phrasings, body)
    if asked.asks_how or WHAT.search(asked.line):
        # Whether one may do something is told where it stands who may.
        for name in sorted(in_all(one.aspects for one in phrasings) - {"person"}):
            if not ASPECTS[name][0].intersection(asked.words):
                return [Difference(Kind.ASPECT, "", name)]
    return []


def _unspoken(names: Sequence[str], phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    # "Where is my parcel", like a trouble, asks when it comes and why it does not.
    is_trouble = bool(names) and any(one.words[:3] == _WHERE_IS_MINE or one.failed or one.negated for one in phrasings)
    for name in names:
        others = [one for one in phrasings if one.aspects and not one.asks_how]
        if (is_trouble and name in _TROUBLED) or (name == "place" and len(others) < len(phrasings)):
            continue
        # Who asks when the fees are due speaks of fees, and is not told how much they are.
        spoken = (body,) if len(others) == len(phrasings) else (*phrasings, body)
        if all(ASPECTS[name][0].isdisjoint(one.words) for one in spoken):
            return [Difference(Kind.ASPECT, name, "")]
    return []


def topic(asked: Reading, says: Says) -> list[Difference]:
    """Return what "which" or "what" asks for, where the entry does not speak of it."""
    found = WHICH.search(asked.line)
    if found is None or found[1] in STOP_WORDS | TOO_WIDE or says(found[1]):
        return []
    return [Difference(Kind.ASPECT, found[1], "")]


def doings(asked: Reading, phrasings: Sequence[Reading], says: Says) -> list[Difference]:
    """Return what is to be done, where the entry says how something else is done, or does it to something else."""
    verb = asked.asks_how_to
    if verb is None:
        return []
    if part := _part(asked, verb, says):
        return [Difference(Kind.OTHER, part, "")]
    if says(verb):
        return []
    if noun := _as_noun(asked, verb, phrasings):
        return [Difference(Kind.OTHER, f"{verb} {noun}", noun)]
    mine = next((group for group in DOINGS if verb in group), None)
    verbs = [one.asks_how_to or next(iter(one.words), "") for one in phrasings]
    theirs = [each for each in verbs if any(each in group for group in DOINGS)]
    # Who asks where to see a thing is told by what has it for a title.
    is_title = mine is RETRIEVING and len(theirs) < len(verbs)
    if mine is None or not theirs or is_title or not mine.isdisjoint(theirs):
        return []
    return [Difference(Kind.OTHER, verb, theirs[0])]


def _part(asked: Reading, verb: str, says: Says) -> str:
    """Return what is to be taken from a thing, where the entry does not speak of it: one film, from the history."""
    before, preposition, _ = asked.line.partition(f" {verb} ")[2].partition(" from ")
    part = carrying(before.split()) if preposition else []
    return "" if any(map(says, part)) else " ".join(part)


def _as_noun(asked: Reading, verb: str, phrasings: Sequence[Reading]) -> str:
    """Return what the entry says how to do, where the question does something to that: "cancel a return"."""
    if verb in LIGHT_VERBS or verb in STARTING:
        return ""
    nouns = (word for before, word in pairwise(asked.words) if before in ARTICLES)
    return next((noun for noun in nouns if any(f" i {noun} " in one.line for one in phrasings)), "")


def persons(asked: Reading, texts: Sequence[Reading], is_of_house: Says) -> list[Difference]:
    """Return for whom, or of whom, something is to be done, where the entry speaks of nobody but who asks."""
    found = None if OTHERS.isdisjoint(asked.words) else FOR_OTHERS.search(asked.line)
    if found is None or any(map(is_of_house, OTHERS.intersection(found[0].split()))):
        return []
    if any(not OTHERS.isdisjoint(one.words) for one in texts):
        return []
    return [Difference(Kind.OTHER, found[0], "")]


def sorts(
    heads: Iterable[tuple[str, str]], phrasings: Sequence[Reading], body: Reading, is_known: Says
) -> list[Difference]:
    """Return which one of a sort is asked about, where no entry speaks of it, and this one of another."""
    for head, word in heads:
        if is_known(word):
            continue
        texts = [one for one in phrasings if head in one.stems] or [body]
        others = [which for one in texts for root, which in _heads(one) if root == head]
        if others and all(others):
            return [Difference(Kind.OTHER, f"{word} {head}", f"{others[0]} {head}")]
    return []


def sorts_in(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the stems of things with the word that says which one of a sort each is."""
    return tuple((head, which) for head, which in _heads(reading) if which and head not in NO_SORTS)


def _heads(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the stem of each word that carries meaning, and the word that says which one it is, or nothing."""
    for at, word in enumerate(reading.words):
        if word not in STOP_WORDS:
            which = reading.words[at - 1] if at > 1 and reading.words[at - 2] in INTRODUCING else ""
            yield stem(word), "" if which in STOP_WORDS or which in NO_SORTS or not which.isalpha() else which


def happened(asked: Reading, phrasings: Sequence[Reading], says: Says) -> list[Difference]:
    """Return what is told to be or to have happened, where the entry only says how something is done."""
    if not _tells(asked) or not MISFORTUNES.isdisjoint(asked.words):
        return []
    if not any(one.asks_how for one in phrasings) or any(map(_begins_to_tell, phrasings)):
        return []
    # What has yet to come is missed, as where something fails.
    if not asked.done and (asked.failed or asked.negated or not WAITING.isdisjoint(asked.words)):
        return []
    words = asked.done.values() or asked.content
    new = [word for word in words if word not in FEELINGS and not says(word)]
    return [Difference(Kind.STATE, word, "") for word in new[:1]]


def _tells(reading: Reading) -> bool:
    """Return whether a text is a plain statement, in which nothing is asked or wished for."""
    is_told = _begins_to_tell(reading) and not reading.is_question
    return is_told and ASKING.isdisjoint(reading.words) and WHETHER.search(reading.line) is None


def _begins_to_tell(reading: Reading) -> bool:
    return not reading.asks_how and (bool(reading.done) or TELLING.issuperset(reading.words[:1]))


def in_all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what all of these sets have; as soon as that is nothing, no more of them is looked at."""
    shared: frozenset[str] | None = None
    for one in sets:
        shared = one if shared is None else shared & one
        if not shared:
            break
    return shared or frozenset()

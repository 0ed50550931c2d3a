"""Compare which way two texts say that something goes: to and from, in and out, done and stopped.

These words are in no list of contrasts, since alone they say nothing: "in" and "out" differ after the same verb, "to"
and "from" before the same word, and any verb is turned round by "stop".
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.core.searching.contrasts.reading import Reading, read
from bot.core.searching.lexicon import FAILED, NOT, STOPPING
from bot.core.searching.text import STOP_WORDS, carrying, stem

_PARTICLES: Mapping[str, str] = {
    one: other
    for pair in (("in", "out"), ("up", "down"), ("on", "off"), ("forward", "back"), ("forwards", "backwards"))
    for one, other in (pair, pair[::-1])
}
_AS_PARTICLE: Mapping[str, str] = {"into": "in", "onto": "on"}
_PARTICLED = frozenset((*_PARTICLES, *_AS_PARTICLE))
_WAYS: Mapping[str, str] = {"to": "to", "into": "to", "onto": "to", "towards": "to", "from": "from"}
# Between a preposition and its noun: "from my other bank".
_NEAR = 4
# What is stopped stands at most so far after the word: "stop people from joining".
_FAR = 5
_SHORTEST_DOING = 6
_STEPS = frozenset(("to", "into", "for"))
_Thing = str | frozenset[tuple[int, int]]


def directions(asked: Reading, phrasings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """Yield what the question says and what the phrasings say in its place, where that is the other way round."""
    yield from _particles(asked, phrasings)
    yield from _ways(asked, phrasings)
    yield from _stopped(asked, phrasings)
    yield from _swapped(asked, phrasings)


def _particles(asked: Reading, phrasings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    mine = list(_particled(asked))
    theirs = {pair for one in phrasings for pair in _particled(one)} if mine else frozenset()
    for root, word in mine:
        other = _PARTICLES[word]
        if (root, word) not in theirs and (root, other) in theirs:
            yield f"{root} {word}", f"{root} {other}"


def _particled(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the stem of each word that a particle stands after, and the particle."""
    if _PARTICLED.isdisjoint(reading.particled):
        return
    for verb, word in pairwise(reading.particled):
        particle = _AS_PARTICLE.get(word, word)
        if particle in _PARTICLES and verb not in STOP_WORDS:
            yield stem(verb), particle


def _ways(asked: Reading, phrasings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    mine = _goals(asked)
    goals = list(map(_goals, phrasings)) if mine else []
    for place, (way, word) in mine.items():
        theirs = [each[place] for each in goals if place in each]
        plain = any(place in one.stems and place not in each for one, each in zip(phrasings, goals, strict=True))
        if theirs and not plain and all(other != way for other, _ in theirs):
            yield f"{way} {word}", f"{theirs[0][0]} {theirs[0][1]}"


def _goals(reading: Reading) -> dict[str, tuple[str, str]]:
    """Return the stems of what something goes to or comes from, with the way and the word."""
    found: dict[str, tuple[str, str]] = {}
    for at, word in enumerate(reading.words):
        if word in _WAYS:
            noun = next(iter(carrying(reading.words[at + 1 : at + _NEAR])), "")
            if noun:
                found.setdefault(stem(noun), (_WAYS[word], noun))
    return found


def _swapped(asked: Reading, phrasings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """Yield two things that go the other way: euros into dollars, dollars into euros."""
    mine = _steps(asked)
    theirs = frozenset(pair for one in phrasings for pair in _steps(one)) if mine else frozenset()
    for pair, words in mine.items():
        if pair not in theirs and pair[::-1] in theirs:
            yield words, " ".join(reversed(words.split()))


def _steps(reading: Reading) -> dict[tuple[_Thing, _Thing], str]:
    """Return what is turned into what, or goes to what, with the words."""
    found: dict[tuple[_Thing, _Thing], str] = {}
    words = reading.words
    for at, word in enumerate(words):
        if word in _STEPS and 0 < at < len(words) - 1:
            one, other = words[at - 1], words[at + 1]
            if STOP_WORDS.isdisjoint((one, other)) and one != other:
                found[_thing(one), _thing(other)] = f"{one} {word} {other}"
    return found


def _thing(word: str) -> _Thing:
    """Return what stands for a thing: its sides in the lines of contrasts, or else its stem."""
    sides = frozenset((number, side) for number, each in read(word).sides.items() for side in each)
    return sides or stem(word)


def _stopped(asked: Reading, phrasings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    stops = any(not STOPPING.isdisjoint(one.words) for one in phrasings)
    if not stops:
        for word in _stops(asked):
            if any(stem(word) in one.stems for one in phrasings):
                yield f"stop {word}", word
    elif phrasings and STOPPING.isdisjoint(asked.words) and (NOT | FAILED).isdisjoint(asked.words):
        stopped = [{stem(word): word for word in _stops(one)} for one in phrasings]
        for root in frozenset.intersection(*map(frozenset, stopped)) & asked.stems:
            yield stopped[0][root], f"stop {stopped[0][root]}"


def _stops(reading: Reading) -> Iterator[str]:
    """Yield what is to be stopped."""
    for at, word in enumerate(reading.words):
        if word in {"stop", "quit", "cease", "prevent"}:
            after = reading.words[at + 1 : at + _FAR]
            yield from [each for each in after if each.endswith("ing") and len(each) >= _SHORTEST_DOING][:1]

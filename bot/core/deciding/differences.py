"""Compare a question with an entry that looks like it.

"How do I freeze my account" is nearly "how do I unfreeze my account", in words and in meaning. What differs counts:

- opposites and alternatives: a side of a line in `contrasts.txt` where the entry names another side only, a word
  with a prefix that turns it round (un-, dis-, de-, re-, non-, mis-), misspelt ones included, or what goes the other
  way: to or from it, in or out, done or stopped;
- numbers: another version, level, code or amount than the entry's, or the same the other way round;
- names: the entry is about a thing with a name, and the question puts another word in its place;
- negation: "without", "not" or "never" where the entry knows of none;
- failure: something does not work, where the entry only says how it is done, or the other way round;
- state: something was done ("my order was cancelled"), where the entry says how to do it;
- aspect: what it costs, how long it takes or how much is allowed, where the entry speaks of none of that.

Everything is looked for in all phrasings of the entry, failures and aspects also in its answer: what any of them says
does not differ.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from rapidfuzz.distance import OSA

from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import (
    Difference,
    Kind,
    negations,
    numbers,
    opposites,
    replacements,
    reversals,
    turned,
)
from bot.core.searching.contrasts.reading import FAILING_STEMS, Reading, is_for_pairs, read
from bot.core.searching.contrasts.sentences import core, telling
from bot.core.searching.contrasts.subjects import aspects, doings, happened, in_all, persons, sorts, sorts_in, topic
from bot.core.searching.contrasts.words import ASKING, WISHED
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.languages import Foreign
from bot.core.searching.lexicon import LIGHT_VERBS, MISFORTUNES, NO_NAMES, STOPPING
from bot.core.searching.query import Query
from bot.core.searching.text import PREFIXES, STOP_WORDS, carrying, stem, tokens
from bot.core.searching.vectors import Model

# A name that so many of the entries say is that of the house, and tells none of them from the others.
_HOUSE = 0.08
_FEWEST_OF_A_HOUSE = 3
_SENTENCE_END = re.compile(r"[.?!]+(?:\s|$)")
# So many words may stand in the place of others, or beside them, in what is else the same sentence.
_MOST_OTHER = 2
_SHORTEST_SLIPPED = 5
_WHERE = frozenset((("where",), ("why",), ("when",)))


@dataclass(frozen=True)
class _Said:
    """What an entry says: each of its phrasings, and its answer."""

    index: EntryIndex
    phrasings: Sequence[Reading]
    body: Reading

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all that is said."""
        return frozenset().union(*(one.stems for one in self.texts))

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the stems of all that is said, and those that they stand for."""
        return self.stems.union(*(self.index.fold(one.words) for one in self.texts))

    @property
    def texts(self) -> Sequence[Reading]:
        """Return the phrasings and the answer."""
        return (*self.phrasings, self.body)

    def says(self, word: str) -> bool:
        """Return whether a word is said, or one that means the same."""
        return not self.known.isdisjoint((stem(word), *self.index.fold([word])))


def comparison_of(index: EntryIndex, text: str) -> "Comparison":
    """Return how a text compares with entries; its own words and the scores tell which encoder reads it."""
    query = index.query(text)
    return Comparison(index, query, None if query.foreign is Foreign.NO else index.around(query).model)


class Comparison:
    """A question that is compared with entries that look like it, by the rules for the encoder that reads it.

    All rules but those for numbers and for scripts without spaces are for English, so of what the encoder for many
    languages reads, only these count.
    """

    def __init__(self, index: EntryIndex, query: Query, model: Model | None) -> None:
        self._index = index
        self._is_foreign = model is Model.MULTILINGUAL
        self._asked = Reading(query.text, query.corrected)
        self._stems = self._asked.stems.union(query.stems)
        self._sentences = [(telling(each), core(each)) for each in _sentences(query.text, self._asked)]
        # What is no word may be a slip for one with a prefix.
        self._slipped = [word for word in self._asked.content if word.isalpha() and not index.is_word(word)]
        self._sorts = sorts_in(self._asked)

    def differences(self, entry: Entry) -> tuple[Difference, ...]:
        """Return what differs between the question and an entry, most telling first; nothing where they may be one."""
        asked, phrasings = self._asked, tuple(read(text) for text in entry.phrasings)
        if any(one.words == asked.words for one in phrasings):
            return ()
        said = _Said(self._index, phrasings, read(entry.answer))
        if self._is_foreign:
            return (*numbers(asked, phrasings, said.body), *replacements(asked, phrasings, said.body))
        found = (
            *replacements(asked, phrasings, said.body),
            *opposites(asked, phrasings),
            *reversals(asked, phrasings),
            *turned(asked, phrasings),
            *self._slips(phrasings),
            *numbers(asked, phrasings, said.body),
            *self._names(said),
            *negations(asked, phrasings, fold=self._index.fold),
            *self._action(said),
            *(() if _wishes(asked, said) else (*_failure(asked, said), *_state(asked, phrasings))),
            *self._substitution(said),
            *aspects(asked, phrasings, said.body),
            *persons(asked, said.texts, lambda word: self._uses(word) > 1),
            *topic(asked, said.says),
            *doings(asked, phrasings, said.says),
            *sorts(self._sorts, phrasings, said.body, lambda word: said.says(word) or self._uses(word) > 0),
            *happened(asked, phrasings, said.says),
        )
        return tuple(dict.fromkeys(found))  # two lines of contrasts may name the same words

    def _uses(self, word: str) -> int:
        return max(self._index.frequency(each) for each in self._index.fold([word]))

    def _means(self, words: Sequence[str]) -> Sequence[str]:
        return carrying(self._index.fold(words))

    def _slips(self, phrasings: Sequence[Reading]) -> list[Difference]:
        """Return a word that is no word, but a slip for one of the entry's with a prefix that turns it round."""
        if not self._slipped:
            return []
        theirs = frozenset(word for one in phrasings for word in one.content if len(word) >= _SHORTEST_SLIPPED)
        for word in self._slipped:
            for prefix in PREFIXES if theirs else ():
                bare = word.removeprefix(prefix)
                root = next((each for each in theirs if bare != word and OSA.distance(bare, each) == 1), None)
                if root is not None and OSA.distance(word, root) > 1:
                    return [Difference(Kind.OPPOSITE, word, root)]
        return []

    def _names(self, said: _Said) -> list[Difference]:
        """Return the name of the entry that is missing where the question puts another word in its place."""
        shared = in_all(one.names for one in said.phrasings) - NO_NAMES
        wanted = sorted(
            name
            for name in shared
            if self._stems.isdisjoint((stem(name), *self._index.fold([name])))
            and not self._is_of_house(name)
            and not _same_side(read(name), self._asked)
        )
        if not wanted:
            return []
        other = [word for word in self._asked.content if stem(word) not in said.stems and word not in NO_NAMES]
        mine = [word for word in other if word in self._asked.names] or other
        return [Difference(Kind.NAME, mine[0], wanted[0])] if mine else []

    def _is_of_house(self, name: str) -> bool:
        return self._uses(name) > max(_FEWEST_OF_A_HOUSE, _HOUSE * len(self._index))

    def _action(self, said: _Said) -> list[Difference]:
        """Return what the question asks how to do, where that has an opposite and the entry speaks of none of it."""
        if (verb := self._asked.asks_how_to) is None:
            return []
        sides = {number: side for number, side in read(verb).sides.items() if not is_for_pairs(number)}
        if verb in STOPPING and not all(STOPPING.isdisjoint(one.words) for one in said.phrasings):
            return []
        if verb in LIGHT_VERBS and not any(sides.keys() & one.sides.keys() for one in said.phrasings):
            return []
        says_it = any(
            one.sides.get(number, {}).keys() & mine.keys() for one in said.phrasings for number, mine in sides.items()
        )
        return [] if not sides or says_it or said.says(verb) else [Difference(Kind.OTHER, verb, "")]

    def _substitution(self, said: _Said) -> list[Difference]:
        """Return a word put in the place of another, or beside it, where all else is the same sentence."""
        for (told, middle), one in product(self._sentences, said.phrasings):
            if found := self._put(said, told, one.telling) or self._put(said, middle, one.core, inside=True):
                return [found]
        return []

    def _put(
        self, said: _Said, mine: Sequence[str], theirs: Sequence[str], *, inside: bool = False
    ) -> Difference | None:
        """Return what is put in the place of what; only `inside` the core of sentences: a first verb has synonyms."""
        put, taken, is_inside = _apart(mine, theirs)
        if not put or (inside and not is_inside):
            return None
        new = [word for word in carrying(put) if not word.isdigit() and word not in ASKING and not said.says(word)]
        old = carrying(taken)
        # What is "not showing" has "not arrived".
        if new and old and FAILING_STEMS.issuperset(map(stem, (*new, *old))):
            return None
        if not new or (not old and (inside or not is_inside)) or said.known.issuperset(self._means(put)):
            return None
        if old and _same_side(read(" ".join(put)), read(" ".join(taken))):
            return None
        if old or not (new[0].endswith("ly") or self._is_of_house(new[0])):
            return Difference(Kind.OTHER, " ".join(new), " ".join(old))
        return None


def _wishes(asked: Reading, said: _Said) -> bool:
    """Return whether the question tells what has happened, and then asks for what the entry is about."""
    wishes = () if asked.asks_how else tuple(WISHED.finditer(asked.line))
    if not wishes:
        return False
    verb, told = wishes[-1][1], read(asked.line[: wishes[-1].start()])
    if told.failed in MISFORTUNES:
        return True
    is_told = bool(told.failed or told.malfunction or told.done)
    return is_told and verb not in LIGHT_VERBS and said.says(verb)


def _failure(asked: Reading, said: _Said) -> list[Difference]:
    phrasings = said.phrasings
    if asked.failed and not asked.negated and not any(one.failed for one in said.texts) and not said.says(asked.failed):
        return [Difference(Kind.FAILURE, asked.failed, "")]
    # Who has forgotten something is told how it is done, and so is who asks where a thing is that has not come.
    if asked.malfunction:
        is_told = any(one.failed and one.failed not in MISFORTUNES for one in said.texts)
        is_told = is_told or any(one.words[:1] in _WHERE for one in phrasings)
        if not is_told and MISFORTUNES.isdisjoint(asked.words) and not said.says(asked.malfunction):
            return [Difference(Kind.FAILURE, asked.malfunction, "")]
    if asked.asks_how and not asked.failed and phrasings and all(one.failed and not one.asks_how for one in phrasings):
        return [Difference(Kind.FAILURE, "", phrasings[0].failed)]
    return []


def _state(asked: Reading, phrasings: Sequence[Reading]) -> list[Difference]:
    if asked.asks_how:
        return []
    for root, word in asked.done.items():
        entries = [one for one in phrasings if root in one.stems]
        told = any(root in one.done or (word in one.words and not one.asks_how) for one in phrasings)
        if entries and not told and any(one.asks_how or stem(one.words[0]) == root for one in entries):
            return [Difference(Kind.STATE, word, root)]
    return []


def _same_side(one: Reading, other: Reading) -> bool:
    """Return whether both name the same side of a line of contrasts, as "DOT" and "Polkadot" do."""
    shared = one.sides.keys() & other.sides.keys()
    return any(one.sides[number].keys() & other.sides[number].keys() for number in shared)


def _sentences(text: str, asked: Reading) -> Sequence[Sequence[str]]:
    """Return the words of each sentence of a question."""
    parts = _SENTENCE_END.split(text)
    return [asked.words] if len(parts) == 1 else [tokens(part) for part in parts]


def _apart(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Sequence[str], Sequence[str], bool]:
    """Return the one run of words in which two sentences differ, and whether it begins after their first word.

    Both runs are empty where they differ in more than that, or share no word that carries meaning.
    """
    if abs(len(mine) - len(theirs)) > _MOST_OTHER:
        return (), (), False
    least = min(len(mine), len(theirs))
    start = end = 0
    while start < least and mine[start] == theirs[start]:
        start += 1
    while end < least - start and mine[-1 - end] == theirs[-1 - end]:
        end += 1
    put, taken = mine[start : len(mine) - end], theirs[start : len(theirs) - end]
    if max(len(put), len(taken)) > _MOST_OTHER or STOP_WORDS.issuperset((*mine[:start], *mine[len(mine) - end :])):
        return (), (), False
    return put, taken, start > 0

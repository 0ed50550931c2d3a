"""Compare a question with an entry that looks like it.

"How do I freeze my account" is nearly "how do I unfreeze my account", in words and in meaning. What differs counts:

- opposites and alternatives: a side of a line in `contrasts.txt` where the entry names another side only, or a word
  with a prefix that turns it round (un-, dis-, de-, re-, non-, mis-);
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
from itertools import product

from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Difference, Kind, negations, numbers, opposites, turned
from bot.core.searching.contrasts.reading import Reading, read, read_words
from bot.core.searching.contrasts.vocabulary import AROUND, ASPECTS, LIGHT_VERBS, NO_NAMES
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import Query
from bot.core.searching.text import tokens
from bot.core.searching.words import STOP_WORDS, stem


def differences(index: EntryIndex, query: Query, entry: Entry) -> tuple[Difference, ...]:
    """Return what differs between a question and an entry, most telling first; nothing where they may be one."""
    asked = read_words(query.text, query.corrected)
    phrasings = tuple(read(text) for text in entry.phrasings)
    if any(one.words == asked.words for one in phrasings):
        return ()
    body = read(entry.answer)
    found: list[Difference] = []
    found += opposites(asked, phrasings)
    found += turned(asked, phrasings)
    found += numbers(asked, phrasings, body)
    found += _names(index, query, asked, phrasings, body)
    found += negations(asked, phrasings, fold=index.fold)
    found += _action(index, asked, phrasings, body)
    found += _failure(asked, phrasings, body)
    found += _state(asked, phrasings)
    found += _substitution(index, query, asked, phrasings, body)
    found += _aspect(asked, phrasings, body)
    return tuple(found)


# A name that so many of the entries say is that of the house, and tells none of them from the others.
_HOUSE = 0.08
_FEWEST_OF_A_HOUSE = 3


def _names(
    index: EntryIndex, query: Query, asked: Reading, phrasings: Sequence[Reading], body: Reading
) -> list[Difference]:
    """Return the name of the entry that is missing where the question puts another word in its place."""
    shared = frozenset.intersection(*(one.names for one in phrasings)) - NO_NAMES
    said = asked.stems | frozenset(query.stems)
    wanted = sorted(
        name
        for name in shared
        if not said.intersection({stem(name), *index.fold([name])}) and not _is_of_house(index, name)
    )
    if not wanted:
        return []
    known = frozenset().union(*(one.stems for one in phrasings)) | body.stems
    other = [word for word in asked.content if stem(word) not in known and word not in NO_NAMES]
    mine = [word for word in other if word in asked.names] or other
    return [Difference(Kind.NAME, mine[0], wanted[0])] if mine else []


def _is_of_house(index: EntryIndex, name: str) -> bool:
    uses = max(index.frequency(each) for each in index.fold([name]))
    return uses > max(_FEWEST_OF_A_HOUSE, _HOUSE * len(index))


def _known(index: EntryIndex, texts: Sequence[Reading]) -> frozenset[str]:
    """Return the stems of all that is said, and those that they stand for."""
    return frozenset().union(*(one.stems for one in texts), *(index.fold(one.words) for one in texts))


def _action(index: EntryIndex, asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    """Return what the question asks how to do, where that has an opposite and the entry speaks of none of it."""
    if (verb := asked.asks_how_to) is None or verb in LIGHT_VERBS:
        return []
    known = _known(index, (*phrasings, body))
    sides = read(verb).sides
    says_it = any(one.sides.get(number, {}).keys() & mine.keys() for one in phrasings for number, mine in sides.items())
    if not sides or says_it or known.intersection({stem(verb), *index.fold([verb])}):
        return []
    return [Difference(Kind.OTHER, verb, "")]


def _failure(asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    if asked.failed and not asked.negated and not any(one.failed for one in (*phrasings, body)):
        return [Difference(Kind.FAILURE, asked.failed, "")]
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


def _aspect(asked: Reading, phrasings: Sequence[Reading], body: Reading) -> list[Difference]:
    for name in sorted(asked.aspects):
        words = ASPECTS[name][0]
        if not any(words.intersection(one.words) for one in (*phrasings, body)):
            return [Difference(Kind.ASPECT, name, "")]
    if asked.asks_how and not asked.aspects and phrasings:
        shared = frozenset.intersection(*(one.aspects for one in phrasings))
        for name in sorted(shared):
            if not ASPECTS[name][0].intersection(asked.words):
                return [Difference(Kind.ASPECT, "", name)]
    return []


_SENTENCE_END = re.compile(r"[.?!]+(?:\s|$)")
# So many words may stand in the place of others, or beside them, in what is else the same sentence.
_MOST_OTHER = 2


def _substitution(
    index: EntryIndex, query: Query, asked: Reading, phrasings: Sequence[Reading], body: Reading
) -> list[Difference]:
    """Return a word put in the place of another, or beside it, where all else is the same sentence."""
    known = _known(index, (*phrasings, body))
    for mine, one in product(_sentences(query, asked), phrasings):
        put, taken, is_inside = _apart(mine, [word for word in one.words if word not in AROUND])
        carrying = [word for word in put if word not in STOP_WORDS and not word.isdigit()]
        new = [word for word in carrying if not known.intersection({stem(word), *index.fold([word])})]
        old = [word for word in taken if word not in STOP_WORDS]
        if not new or (not old and not is_inside) or index.fold(put) == index.fold(taken):
            continue
        if old or not (new[0].endswith("ly") or _is_of_house(index, new[0])):
            return [Difference(Kind.OTHER, " ".join(new), " ".join(old))]
    return []


def _sentences(query: Query, asked: Reading) -> list[list[str]]:
    """Return the words of each sentence of a question."""
    parts = [tokens(part) for part in _SENTENCE_END.split(query.text)]
    sentences = [asked.words] if len(parts) <= 1 else parts
    return [[word for word in each if word not in AROUND] for each in sentences]


def _apart(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Sequence[str], Sequence[str], bool]:
    """Return the one run of words in which two sentences differ, and whether it begins after their first word.

    Both runs are empty where they differ in more than that, or share no word that carries meaning.
    """
    least = min(len(mine), len(theirs))
    start = next((at for at in range(least) if mine[at] != theirs[at]), least)
    end = next((at for at in range(least - start) if mine[-1 - at] != theirs[-1 - at]), least - start)
    put, taken = mine[start : len(mine) - end], theirs[start : len(theirs) - end]
    same = [*mine[:start], *mine[len(mine) - end :]]
    if max(len(put), len(taken)) > _MOST_OTHER or all(word in STOP_WORDS for word in same):
        return (), (), False
    return put, taken, start > 0

"""Weigh what speaks for each entry that a question may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np
from rapidfuzz import fuzz

from bot.core.models import Entry
from bot.core.searching.arrays import Floats, Numbers, greatest, tally
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.meanings import Model
from bot.core.searching.query import Query, Surroundings
from bot.core.searching.text import tokens

# Beyond these, one more word of the question or one more phrasing tells nothing new.
MOST_WORDS, MOST_PHRASINGS = 20, 10
_MANY = log(MOST_PHRASINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for one entry.

    explained: how much of the question the entry's texts explain, against all texts near it, about 0 to 1; see
        `regression.explained`.
    found: share of the question's content words, the rarer the weightier, that the entry says anywhere, misspelt
        ones included.
    said: ln(1 + so many of the content words as that share makes): two words of two say less than five of six.
    spelling: rapidfuzz's token_sort_ratio of the corrected question to the nearest phrasing, divided by 100.
    single: 1 for an entry with one phrasing, 0 for one with ten, by the logarithm: what one phrasing explains says
        more than what one of ten does.
    """

    explained: float
    found: float
    said: float
    spelling: float
    single: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a question may mean, its nearest phrasing and the evidence for it."""

    entry_id: str
    phrase: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Weighed:
    """The entries that a question may mean, best first, and which sentence encoder took part."""

    candidates: tuple[Candidate, ...]
    model: Model | None


def weigh(index: EntryIndex, query: Query, *, limit: int) -> Weighed:
    """Return the entries that a query most likely means, best first; ties go by id."""
    around = index.around(query)
    numbers, places = np.unique(index.owners(around.rows), return_inverse=True)
    sums = tally(places, around.explained, len(numbers)).round(6)
    best = _best(index, numbers, sums, limit)
    chosen = numbers[best].tolist()
    phrases = _nearest_phrasings(index, around, frozenset(chosen))
    entries = [index.entry_of(number) for number in chosen]
    found = [phrases.get(number, entry.question) for number, entry in zip(chosen, entries, strict=True)]
    evidence = _evidence(
        query, entries, found, explained=sums[best], found=index.coverage(query.content, numbers[best])
    )
    triples = zip(entries, found, evidence, strict=True)
    return Weighed(tuple(Candidate(entry.id, phrase, each) for entry, phrase, each in triples), around.model)


def _best(index: EntryIndex, numbers: Numbers, sums: Floats, limit: int) -> list[int]:
    """Return the places of the entries with the greatest sums, at most so many."""
    rough = greatest(sums, limit).tolist()
    return sorted(rough, key=lambda place: (-sums[place], index.entry_of(int(numbers[place])).id))[:limit]


def _nearest_phrasings(index: EntryIndex, around: Surroundings, wanted: frozenset[int]) -> dict[int, str]:
    """Return the nearest phrasing of each of these entries that has one near."""
    found: dict[int, str] = {}
    for row, number in zip(around.rows.tolist(), index.owners(around.rows).tolist(), strict=True):
        if number in wanted and number not in found:
            phrasing = index.phrasing(row)
            if phrasing is not None:
                found[number] = phrasing
                if len(found) == len(wanted):
                    break
    return found


def _evidence(
    query: Query, entries: Sequence[Entry], phrases: Sequence[str], *, explained: Floats, found: Sequence[float]
) -> list[Evidence]:
    """Return what speaks for each of these entries, whose nearest phrasings these are."""
    words = min(len(set(query.content)), MOST_WORDS)
    asked = " ".join(sorted(query.corrected))
    # By sorted words, token_sort_ratio is the plain ratio.
    return [
        Evidence(
            explained=much,
            found=share,
            said=log1p(share * words),
            spelling=fuzz.ratio(asked, " ".join(sorted(tokens(phrase)))) / 100,
            single=max(0.0, 1 - log(len(entry.every_phrasing)) / _MANY),
        )
        for entry, phrase, much, share in zip(entries, phrases, explained.tolist(), found, strict=True)
    ]

"""Weigh what speaks for each entry that a question may mean."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from bot.core.arrays import Floats, Numbers, greatest, tally
from bot.core.index import EntryIndex, Query
from bot.core.text import normalise

# How many phrasings around a question are weighed against each other, and how many whole entries are looked at.
NEIGHBOURS, DOCUMENTS = 200, 30
# The ridge of the regression, in units of a phrasing's likeness to itself.
RIDGE = 0.35
# What an entry that says the question's words somewhere adds to the first ranking, where a phrasing that equals
# the question adds about 1.
DOCUMENT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Hold what speaks for one entry; all values are about 0 to 1.

    characters, words: how much of the question the entry's phrasings explain, against all phrasings near it, by
        the characters and by the words; see `TextIndex.regress`.
    document: likeness to everything the entry says, its answer and category included.
    found: share of the question's content words, the rarer the weightier, that the entry says anywhere, misspelt
        ones included.
    spelling: rapidfuzz's token_sort_ratio to the nearest phrasing, divided by 100.
    """

    characters: float
    words: float
    document: float
    found: float
    spelling: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold an entry that a question may mean, its nearest phrasing and the evidence for it."""

    entry_id: str
    phrase: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold what was found near a question: entries by their numbers, and for each one the nearest row and evidence.

    `rows` has -1 where only the whole entry is near.
    """

    numbers: Numbers
    rows: Numbers
    characters: Floats
    words: Floats
    documents: Floats


def weigh(index: EntryIndex, query: Query, *, limit: int) -> list[Candidate]:
    """Return the entries that a query most likely means, best first; ties go by id."""
    found = _find(index, query)
    places = _best(index, found, limit)
    covered = index.coverage(query.content, found.numbers[places])
    return [_candidate(index, query, found, place, share) for place, share in zip(places, covered, strict=True)]


def _find(index: EntryIndex, query: Query) -> _Found:
    rows, near = index.nearest_phrases(query, limit=NEIGHBOURS)
    explained = index.explain(rows, near, ridge=RIDGE)
    owners = index.owners(rows)
    documents, likeness = index.nearest_documents(query, limit=DOCUMENTS)
    numbers, first, places = np.unique(np.concatenate([owners, documents]), return_index=True, return_inverse=True)
    of_rows, of_documents, count = places[: len(rows)], places[len(rows) :], len(numbers)
    return _Found(
        numbers=numbers,
        rows=np.append(rows, np.full(len(documents), -1))[first],
        characters=tally(of_rows, explained[:, 0], count),
        words=tally(of_rows, explained[:, 1], count),
        documents=tally(of_documents, likeness, count),
    )


def _best(index: EntryIndex, found: _Found, limit: int) -> list[int]:
    """Return the places of the entries with the greatest sum of what was found, at most so many."""
    scores = ((found.characters + found.words) / 2 + DOCUMENT_WEIGHT * found.documents).round(9)
    rough = greatest(scores, limit)
    numbers = found.numbers[rough].tolist()
    order = sorted(
        (-score, index.entry_of(number).id, place)
        for score, number, place in zip(scores[rough].tolist(), numbers, rough.tolist(), strict=True)
    )
    return [place for _, _, place in order[:limit]]


def _candidate(index: EntryIndex, query: Query, found: _Found, place: int, covered: float) -> Candidate:
    entry, row = index.entry_of(int(found.numbers[place])), int(found.rows[place])
    phrase = entry.question if row < 0 else index.phrase(row)[1]
    evidence = Evidence(
        characters=float(found.characters[place]),
        words=float(found.words[place]),
        document=float(found.documents[place]),
        found=covered,
        spelling=fuzz.token_sort_ratio(query.normalised, normalise(phrase)) / 100,
    )
    return Candidate(entry.id, phrase, evidence)

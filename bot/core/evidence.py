"""Weigh what speaks for each entry that a question may mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.core.index import EntryIndex, Query
from bot.core.text import normalise

# How many phrasings around a question are weighed against each other, and how many whole entries are looked at.
NEIGHBOURS, DOCUMENTS = 200, 30
# The ridge of the regression, in units of a phrasing's likeness to itself.
RIDGE = 0.35
# What an entry that says the question's words somewhere adds to the first ranking, where a phrasing that equals
# the question adds about 1.
DOCUMENT_WEIGHT = 0.5
# A word counts as the same word misspelt from this share of equal letters on, and from this length.
SAME_WORD, MISSPELT_LENGTH = 0.75, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Hold what speaks for one entry; all values are about 0 to 1.

    characters, words: how much of the question the entry's phrasings explain, against all phrasings near it, by
        the characters and by the words; see `SparseIndex.regress`.
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


@dataclass(slots=True)
class _Phrasings:
    """Gather what the phrasings of one entry that are near a question say."""

    phrase: str
    characters: float = 0.0
    words: float = 0.0


def weigh(index: EntryIndex, query: Query, *, limit: int) -> list[Candidate]:
    """Return the entries that a query most likely means, best first; ties go by id."""
    gathered = _gather(index, query)
    documents = index.nearest_documents(query, limit=DOCUMENTS)
    scores = {entry_id: DOCUMENT_WEIGHT * near for entry_id, near in documents.items()}
    for entry_id, phrasings in gathered.items():
        scores[entry_id] = scores.get(entry_id, 0.0) + (phrasings.characters + phrasings.words) / 2
    order = sorted(scores, key=lambda entry_id: (-round(scores[entry_id], 9), entry_id))
    return [_candidate(index, query, entry_id, gathered, documents) for entry_id in order[:limit]]


def _gather(index: EntryIndex, query: Query) -> dict[str, _Phrasings]:
    rows, near = index.nearest_phrases(query, limit=NEIGHBOURS)
    explained = index.explain(rows, near, ridge=RIDGE)
    gathered: dict[str, _Phrasings] = {}
    for row, (characters, words) in zip(rows.tolist(), explained.tolist(), strict=True):
        entry_id, phrase = index.phrase(row)
        phrasings = gathered.setdefault(entry_id, _Phrasings(phrase))
        phrasings.characters += characters
        phrasings.words += words
    return gathered


def _candidate(
    index: EntryIndex,
    query: Query,
    entry_id: str,
    gathered: Mapping[str, _Phrasings],
    documents: Mapping[str, float],
) -> Candidate:
    phrasings = gathered.get(entry_id) or _Phrasings(index.entry(entry_id).question)
    spelling = fuzz.token_sort_ratio(query.normalised, normalise(phrasings.phrase)) / 100
    evidence = Evidence(
        characters=phrasings.characters,
        words=phrasings.words,
        document=documents.get(entry_id, 0.0),
        found=_coverage(index, query.content, index.stems(entry_id)),
        spelling=spelling,
    )
    return Candidate(entry_id, phrasings.phrase, evidence)


def _coverage(index: EntryIndex, wanted: Sequence[str], words: frozenset[str]) -> float:
    """Return the share of the wanted stems that are among these words, or nearly, the rarer the weightier."""
    rarity = {stem: index.rarity(stem) for stem in dict.fromkeys(wanted)}
    total = sum(rarity.values())
    return sum(rarity[stem] for stem in rarity if _has(words, stem)) / total if total else 0.0


def _has(words: frozenset[str], stem: str) -> bool:
    if stem in words or len(stem) < MISSPELT_LENGTH:
        return stem in words
    return process.extractOne(stem, words, scorer=OSA.normalized_similarity, score_cutoff=SAME_WORD) is not None

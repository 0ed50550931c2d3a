"""Weigh what speaks for each entry that a question may mean."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.core.index import EntryIndex, Query
from bot.core.sparse import Floats

# How many phrasings around a question are weighed against each other, and how many answers are looked at.
NEIGHBOURS, ANSWERS = 200, 30
# The ridge of the regression, in units of a phrasing's likeness to itself.
RIDGE = 0.5
# What an answer that shares the question's words adds, where a phrasing that equals it adds about 1.
ANSWER_WEIGHT = 0.4
# A word counts as the same word misspelt from this share of equal letters.
SAME_WORD = 0.75
_SHORT_WORD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Hold what speaks for one entry. All values are about 0 to 1, except `lead`, which may be negative.

    score: the phrasings' regression and the answer together; entries are ranked by it.
    lead: the score less the best score of any other entry.
    best, words, characters: cosine of the nearest phrasing, whole and by half.
    answer: cosine of the answer's content words.
    coverage: share of the question's content words that the entry's phrasings have, misspelt ones included.
    spelling: rapidfuzz's token_sort_ratio to the nearest phrasing, divided by 100.
    """

    entry_id: str
    phrase: str
    score: float
    lead: float
    best: float
    words: float
    characters: float
    answer: float
    coverage: float
    spelling: float


def weigh(index: EntryIndex, query: Query, *, limit: int) -> list[Evidence]:
    """Return the evidence for the entries that a query most likely means, best first; ties go by id."""
    rows, near = index.nearest_phrases(query, limit=NEIGHBOURS)
    credit = index.phrases.regress(rows, near.mean(axis=1), ridge=RIDGE)
    answers = index.nearest_answers(query, limit=ANSWERS)
    scores = {entry_id: ANSWER_WEIGHT * each for entry_id, each in answers.items()}
    nearest: dict[str, int] = {}
    for place, (row, each) in enumerate(zip(rows.tolist(), credit.tolist(), strict=True)):
        entry_id, _ = index.phrase(row)
        scores[entry_id] = scores.get(entry_id, 0.0) + each
        nearest.setdefault(entry_id, place)
    order = sorted(scores, key=lambda entry_id: (-round(scores[entry_id], 9), entry_id))
    weighed = []
    for place, entry_id in enumerate(order[:limit]):
        at = nearest.get(entry_id)
        rival = order[1 if place == 0 else 0] if len(order) > 1 else None
        phrase = index.entry(entry_id).question if at is None else index.phrase(int(rows[at]))[1]
        characters, words = (0.0, 0.0) if at is None else near[at].tolist()
        weighed.append(
            Evidence(
                entry_id=entry_id,
                phrase=phrase,
                score=scores[entry_id],
                lead=scores[entry_id] - (scores[rival] if rival else 0.0),
                best=(characters + words) / 2,
                words=words,
                characters=characters,
                answer=answers.get(entry_id, 0.0),
                coverage=_coverage(query, index.words(entry_id)),
                spelling=fuzz.token_sort_ratio(query.normalised, index.query(phrase).normalised) / 100,
            )
        )
    return weighed


def _coverage(query: Query, words: frozenset[str]) -> float:
    """Return the share of a query's content words that are among these words, or nearly."""
    wanted = set(query.content)
    return sum(_has(words, word) for word in wanted) / len(wanted) if wanted else 0.0


def _has(words: frozenset[str], word: str) -> bool:
    if word in words:
        return True
    if len(word) < _SHORT_WORD:
        return False
    return any(OSA.normalized_similarity(word, each, score_cutoff=SAME_WORD) for each in words)

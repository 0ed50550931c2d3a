"""Compare the texts of entries by vectors, in one language at a time, and find phrasings that fit another entry."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple
from zlib import crc32

import numpy as np

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.deciding.decision import Thresholds, decide
from bot.core.deciding.ranking import rank
from bot.core.fields import shown
from bot.core.local_answers import LocalAnswer, language_of
from bot.core.models import Answered, Entry
from bot.core.reader import answers_of
from bot.core.searching.arrays import Floats
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.entry_texts import passages
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import content, cut, tokens
from bot.core.searching.vectors import Encode, Vectors

# Words are hashed to so many coordinates (Weinberger et al. 2009).
_WIDTH = 2_048
_AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTexts:
    """The vectors of the phrasings and of the sentences of the answers of some entries, and to which each row belongs.

    Phrasings belong to entries, and sentences to `answers`, which belong to entries too. `lexical` vectors are made of
    words alone.
    """

    entries: tuple[Entry, ...]
    phrasings: Vectors
    phrasing_of: Sequence[int]
    answers: tuple[tuple[int, int], ...]
    sentences: Vectors
    sentence_of: Sequence[int]
    lexical: bool

    @property
    def questions(self) -> Vectors:
        """Return the vectors of the questions, in the order of the entries."""
        first = np.unique(np.asarray(self.phrasing_of), return_index=True)[1]
        return self.phrasings[first]


def texts_to_compare(entries: Sequence[Entry]) -> list[str]:
    """Return the texts that are compared, as an encoder reads them, each once."""
    texts = (
        text
        for entry in entries
        for text in (*entry.every_phrasing, *(each for one in answers_of(entry) for each in sentences(entry, one)))
    )
    return list(dict.fromkeys(texts))


def sentences(entry: Entry, one: LocalAnswer) -> list[str]:
    """Return the sentences of an answer that say enough to be compared."""
    return passages(one.question or entry.question, one.answer)[1:]


def said(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> ComparedTexts:
    """Return what entries say as vectors; where the encoder fails, those of words."""
    phrasings = [(number, text) for number, entry in enumerate(entries) for text in entry.every_phrasing]
    texts_of = {
        (number, at): sentences(entry, one)
        for number, entry in enumerate(entries)
        for at, one in enumerate(answers_of(entry))
    }
    answers = [(number, text) for number, each in enumerate(texts_of.values()) for text in each]
    texts = list(dict.fromkeys(text for _, text in (*phrasings, *answers)))
    vectors = None if encode is None or not texts else encode(texts)
    lexical = vectors is None
    if vectors is None:
        vectors = word_vectors(texts, lexicon)
    row = {text: number for number, text in enumerate(texts)}
    return ComparedTexts(
        entries=tuple(entries),
        phrasings=vectors[[row[text] for _, text in phrasings]],
        phrasing_of=[number for number, _ in phrasings],
        answers=tuple(texts_of),
        sentences=vectors[[row[text] for _, text in answers]],
        sentence_of=[number for number, _ in answers],
        lexical=lexical,
    )


def word_vectors(texts: Sequence[str], lexicon: Lexicon) -> Vectors:
    """Return unit vectors of the words that carry meaning, the rarer the weightier; zeros where there are none."""
    stems = [content(lexicon.fold(cut(tokens(text)))) for text in texts]
    frequency = Counter(stem for each in stems for stem in set(each))
    vectors = np.zeros((len(texts), _WIDTH), np.float32)
    for row, each in enumerate(stems):
        for stem in each:
            hashed = crc32(stem.encode())
            weight = log((1 + len(texts)) / (1 + frequency[stem])) + 1
            vectors[row, hashed % _WIDTH] += weight if hashed & 1 << 31 else -weight
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return unit


def best_between(said: ComparedTexts) -> Floats:
    """Return how near the nearest sentence of each answer is to a phrasing of each entry."""
    size = len(said.entries)
    rows, row_of, columns, column_of = said.sentences, said.sentence_of, said.phrasings, said.phrasing_of
    best = np.full((len(said.answers), size), -1.0, np.float32)
    starts = np.unique(np.asarray(column_of), return_index=True)
    for first, near in _pieces(rows, columns):
        owners = np.asarray(row_of[first : first + len(near)])
        by_entry = np.maximum.reduceat(near, starts[1], axis=1)
        part = np.full((len(near), size), -1.0, np.float32)
        part[:, starts[0]] = by_entry
        np.maximum.at(best, owners, part)
    return best


def _pieces(rows: Vectors, columns: Vectors) -> Iterator[tuple[int, Floats]]:
    for first in range(0, len(rows), _AT_ONCE):
        yield first, rows[first : first + _AT_ONCE] @ columns.T


# So many phrasings are asked in earnest: those that are nearest to another entry, compared with their own.
MOST_ASKED = 200


class Suspect(NamedTuple):
    """A phrasing that is nearer to one of another entry than to its siblings, and by how much."""

    lead: float
    entry: int
    phrasing: str


def suspects(said: ComparedTexts) -> list[Suspect]:
    """Return the phrasings that are nearer to another entry than to the other phrasings of their own, worst first.

    An entry with one phrasing has nothing left to be found by, and is left out.
    """
    owner = np.asarray(said.phrasing_of)
    texts = [text for entry in said.entries for text in entry.every_phrasing]
    found: list[Suspect] = []
    for first in range(0, len(texts), _AT_ONCE):
        near = said.phrasings[first : first + _AT_ONCE] @ said.phrasings.T
        rows = np.arange(len(near))
        near[rows, first + rows] = -1.0
        is_own = owner[first : first + _AT_ONCE, None] == owner[None, :]
        own = np.where(is_own, near, -1.0).max(axis=1)
        lead = np.where(is_own, -1.0, near).max(axis=1) - own
        nearer = np.flatnonzero((lead > 0) & (own > -1.0)).tolist()
        found += [Suspect(float(lead[row]), int(owner[first + row]), texts[first + row]) for row in nearer]
    return sorted(found, key=lambda each: (-each.lead, each.entry, each.phrasing))


def confused(
    asked: Sequence[tuple[Checked, Suspect]], index: EntryIndex, thresholds_of: Callable[[str], Thresholds]
) -> Iterator[CheckFinding]:
    """Yield the phrasings that another entry would answer if they were not there.

    The index must have the entries, and is as it was afterwards.
    """
    for one, suspect in asked:
        index.put(without(one.entry, suspect.phrasing))
        ranking = rank(index, suspect.phrasing)
        index.put(one.entry)
        decision = decide(ranking, thresholds=thresholds_of(ranking.scorer)).decision
        if isinstance(decision, Answered) and decision.match.entry_id != one.entry.id:
            other = index.entry(decision.match.entry_id)
            what = (
                f"asked without itself, '{shown(suspect.phrasing)}' is answered by {other.id}, "
                f"'{shown(other.question)}' ({decision.match.confidence:.0%} sure)"
            )
            yield finding_in(
                one,
                Check.CONFUSED,
                Severity.WARNING,
                field=one.field_of(suspect.phrasing),
                what=what,
                remedy="word it so that it says what sets the two apart, or make them one entry",
            )


def without(entry: Entry, phrasing: str) -> Entry:
    """Return an entry without one of several phrasings."""
    answers = tuple(
        replace(one, question=next(iter(left), None), aliases=left[1:])
        for one in entry.answers
        for left in [tuple(text for text in one.phrasings if text != phrasing)]
    )
    plain = tuple(text for text in entry.phrasings if text != phrasing)
    question, *aliases = plain or [text for one in answers for text in one.phrasings]
    return replace(entry, question=question, aliases=tuple(aliases) if plain else (), answers=answers)


def as_read_in(checked: Checked, language: str) -> Checked | None:
    """Return an entry as it reads in a language, with the answers of that alone; None without a question in it."""
    entry = checked.entry
    theirs = [one for one in entry.answers if language_of(one.locale or entry.locale) == language]
    if language_of(entry.locale) == language:
        return replace(checked, entry=replace(entry, answers=tuple(theirs)))
    asked = next((one for one in theirs if one.question is not None), None)
    if asked is None or asked.question is None:
        return None
    first, *others = (replace(one, question=None, aliases=()) if one is asked else one for one in theirs)
    view = replace(
        entry,
        question=asked.question,
        aliases=asked.aliases,
        answer=first.answer,
        locale=first.locale or entry.locale,
        region=first.region,
        answers=tuple(others),
    )
    return replace(checked, entry=view, translated=True)


def as_answered_in(checked: Checked, language: str) -> Checked | None:
    """Return an entry as it is asked for in its own language and answered in another one; None in its own."""
    entry = checked.entry
    if language_of(entry.locale) == language:
        return None
    theirs = (one for one in entry.answers if language_of(one.locale or entry.locale) == language)
    first, *others = (replace(one, question=None, aliases=()) for one in theirs)
    view = replace(
        entry, answer=first.answer, locale=first.locale or entry.locale, region=first.region, answers=tuple(others)
    )
    return replace(checked, entry=view, translated=True)

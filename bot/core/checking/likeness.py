"""Compare the texts of entries by vectors, and find answers and phrasings that fit another entry better.

An answer is near its own question, or it is one of those that nothing in the FAQ is near to. One that is nearer to
other questions, while its question is nearer to other answers, is likely misplaced: both must hold, by a margin and
against a share of all entries.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple
from zlib import crc32

import numpy as np

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.deciding.decision import Thresholds, decide
from bot.core.deciding.ranking import rank
from bot.core.fields import shown
from bot.core.models import Answered, Entry
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

    `lexical` ones are made of words alone.
    """

    entries: tuple[Entry, ...]
    phrasings: Vectors
    phrasing_of: Sequence[int]
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
    texts = (text for entry in entries for text in (*entry.phrasings, *sentences(entry)))
    return list(dict.fromkeys(texts))


def sentences(entry: Entry) -> list[str]:
    """Return the sentences of an answer that say enough to be compared."""
    return passages(entry.question, entry.answer)[1:]


def said(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> ComparedTexts:
    """Return what entries say as vectors; where the encoder fails, those of words."""
    phrasings = [(number, text) for number, entry in enumerate(entries) for text in entry.phrasings]
    answers = [(number, text) for number, entry in enumerate(entries) for text in sentences(entry)]
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


def best_between(rows: Vectors, row_of: Sequence[int], columns: Vectors, column_of: Sequence[int], size: int) -> Floats:
    """Return, for each pair of entries, how near the nearest of the rows of one is to a column of the other."""
    best = np.full((size, size), -1.0, np.float32)
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


# Fewer entries tell too little of what is near.
FEWEST = 4


class Margin(NamedTuple):
    """By how much others must be nearer on both sides, which share of them, and how near the two may be at most."""

    lead: float
    share: float
    most: float


# Chosen on exchanged answers of the pack and of public FAQs with `bench/misplaced.py`.
BY_MEANING, BY_WORDS = Margin(0.2, 0.1, 0.5), Margin(0.25, 0.15, 0.02)


def misplaced(checked: Sequence[Checked], said: ComparedTexts) -> Iterator[CheckFinding]:
    """Yield the answers that fit another question better than their own."""
    for number, better in misplaced_among(said):
        title = shown(said.entries[better].question)
        yield finding_in(
            checked[number],
            Check.MISPLACED,
            Severity.WARNING,
            field="answer",
            what=f"the answer fits '{title}' ({said.entries[better].id}) better than its own question",
            remedy="read both, and put the right answer here",
        )


def misplaced_among(said: ComparedTexts) -> Iterator[tuple[int, int]]:
    """Yield the numbers of entries whose answer is misplaced, each with that of the question that it fits best."""
    size = len(said.entries)
    if size < FEWEST or not len(said.sentences):
        return
    margin = BY_WORDS if said.lexical else BY_MEANING
    near = best_between(said.sentences, said.sentence_of, said.phrasings, said.phrasing_of, size)
    own = near.diagonal().copy()
    answered = np.unique(np.asarray(said.sentence_of))
    np.fill_diagonal(near, -1.0)
    least = max(1, round(margin.share * (size - 1)))
    for number in answered.tolist():
        questions, answers = near[number], near[answered, number]
        is_far = own[number] <= margin.most
        leads = min(questions.max(), answers.max()) - own[number] >= margin.lead
        if is_far and leads and min((questions > own[number]).sum(), (answers > own[number]).sum()) >= least:
            yield number, int(questions.argmax())


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
    texts = [text for entry in said.entries for text in entry.phrasings]
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
    checked: Sequence[Checked],
    asked: Sequence[Suspect],
    index: EntryIndex,
    thresholds_of: Callable[[str], Thresholds],
) -> Iterator[CheckFinding]:
    """Yield the phrasings that another entry would answer if they were not there.

    The index must have the entries, and is as it was afterwards.
    """
    titles: Mapping[str, Entry] = {each.entry.id: each.entry for each in checked}
    for suspect in asked:
        one = checked[suspect.entry]
        index.put(without(one.entry, suspect.phrasing))
        ranking = rank(index, suspect.phrasing)
        index.put(one.entry)
        decision = decide(ranking, thresholds=thresholds_of(ranking.scorer)).decision
        if isinstance(decision, Answered) and decision.match.entry_id != one.entry.id:
            other = titles[decision.match.entry_id]
            what = (
                f"asked without itself, '{shown(suspect.phrasing)}' is answered by {other.id}, "
                f"'{shown(other.question)}' ({decision.match.confidence:.0%} sure)"
            )
            yield finding_in(
                one,
                Check.CONFUSED,
                Severity.WARNING,
                field="question" if suspect.phrasing == one.entry.question else "aliases",
                what=what,
                remedy="word it so that it says what sets the two apart, or make them one entry",
            )


def without(entry: Entry, phrasing: str) -> Entry:
    """Return an entry without one of several phrasings."""
    question, *aliases = (text for text in entry.phrasings if text != phrasing)
    return replace(entry, question=question, aliases=tuple(aliases))

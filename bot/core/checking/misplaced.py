"""Find answers that fit another question better than their own.

An answer is near its own question, or it is one of those that nothing in the FAQ is near to. One that is nearer to
other questions, while its question is nearer to other answers, is likely misplaced: both must hold, by a margin and
against a share of all entries. What a region has beside the plain answer may be far from any question, as "ask the
office there": it is misplaced where it says what the plain answer of the other entry says.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.checking.likeness import ComparedTexts, best_between
from bot.core.fields import shown

# Fewer entries tell too little of what is near.
FEWEST = 4


class Margin(NamedTuple):
    """By how much others must be nearer on both sides, which share of them, and how near the two may be at most."""

    lead: float
    share: float
    most: float


# Chosen on exchanged answers of the pack and of public FAQs with `bench/misplaced.py`.
BY_MEANING, BY_WORDS = Margin(0.2, 0.1, 0.5), Margin(0.25, 0.15, 0.02)
# An answer is less near to questions in another language, to all of them.
ACROSS_LANGUAGES = Margin(0.15, 0.1, 0.5)
# So near are the sentences of two answers that say the same.
_SAME_ANSWER = 0.65


def misplaced(checked: Sequence[Checked], said: ComparedTexts, margin: Margin | None = None) -> Iterator[CheckFinding]:
    """Yield the answers that fit another question better than their own."""
    for number, at, better in misplaced_among(said, margin):
        title = shown(said.entries[better].question)
        field, named, _ = list(checked[number].answers)[at]
        yield finding_in(
            checked[number],
            Check.MISPLACED,
            Severity.WARNING,
            field=field,
            what=f"{named}the answer fits '{title}' ({said.entries[better].id}) better than its own question",
            remedy="read both, and put the right answer here",
        )


def misplaced_among(said: ComparedTexts, margin: Margin | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield the misplaced answers: the number of the entry, that of the answer, and the entry that it fits best.

    An answer competes with those of other entries, each of which counts once, whatever it says in how many regions.
    """
    size = len(said.entries)
    if size < FEWEST or not len(said.sentences):
        return
    margin = margin or (BY_WORDS if said.lexical else BY_MEANING)
    near = best_between(said)
    owner = np.asarray([number for number, _ in said.answers])
    by_entry = np.full((size, size), -1.0, np.float32)
    np.maximum.at(by_entry, owner, near)
    own = near[np.arange(len(owner)), owner]
    near[np.arange(len(owner)), owner] = -1.0
    np.fill_diagonal(by_entry, -1.0)
    spoken = np.unique(np.asarray(said.sentence_of))
    answered = np.unique(owner[spoken])
    least = max(1, round(margin.share * (size - 1)))
    for row in spoken.tolist():
        number, at = said.answers[row]
        questions, answers = near[row], by_entry[answered, number]
        better = int(questions.argmax())
        if own[row] > margin.most or questions[better] - own[row] < margin.lead:
            continue
        if at:
            is_misplaced = _is_of(said, row, better, number, margin)
        else:
            others = min((questions > own[row]).sum(), (answers > own[row]).sum())
            is_misplaced = answers.max() - own[row] >= margin.lead and others >= least
        if is_misplaced:
            yield number, at, better


def _is_of(said: ComparedTexts, row: int, better: int, own: int, margin: Margin) -> bool:
    """Return whether an answer for a region says what the plain one of another entry says, and not that of its own."""
    there = _likeness(said, row, (better, 0))
    return there >= _SAME_ANSWER and there - _likeness(said, row, (own, 0)) >= margin.lead


def _likeness(said: ComparedTexts, row: int, plain: tuple[int, int]) -> float:
    """Return how near the sentences of an answer are to those of a plain one, on average; of none to nothing."""
    owners = np.asarray(said.sentence_of)
    mine, theirs = said.sentences[owners == row], said.sentences[owners == said.answers.index(plain)]
    return float((mine @ theirs.T).max(axis=1).mean()) if len(theirs) else 0.0

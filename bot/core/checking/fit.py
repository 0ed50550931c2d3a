"""Find answers that stand under the wrong question.

An answer is near its own question, or it is one of those that nothing in the FAQ is near to. One that is nearer to
other questions, while its question is nearer to other answers, is likely misplaced: both must hold, by a margin and
against a share of all entries.
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

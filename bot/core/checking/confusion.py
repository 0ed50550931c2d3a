"""Ask each phrasing without itself, and find those that another entry would answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.checking.likeness import ComparedTexts
from bot.core.deciding.decision import Thresholds, decide
from bot.core.deciding.ranking import rank
from bot.core.fields import shown
from bot.core.models import Answered, Entry
from bot.core.searching.entry_index import EntryIndex

# So many phrasings are asked in earnest: those that are nearest to another entry, compared with their own.
MOST_ASKED = 200
_AT_ONCE = 512


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
        if one.entry.id not in index:
            continue
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

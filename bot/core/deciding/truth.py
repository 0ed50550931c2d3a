"""Infer from the feedback on a decision which entry was the right one."""

from dataclasses import dataclass
from enum import IntEnum

from bot.core.models import DecisionKind, Grade


class Authority(IntEnum):
    """Whose judgement it is; a greater one outweighs a lesser one."""

    ASKER = 1
    REVIEW = 2
    GRADE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFeedback:
    """The feedback on a decision.

    `reviewed` tells that moderators closed the question, with an entry or as one that no entry should answer. Votes are
    those for the answer less those against it. `chosen` is the entry that was taken of the choices, if people took
    only one.
    """

    decision: DecisionKind
    grade: Grade | None = None
    graded_entry_id: str | None = None
    reviewed: bool = False
    reviewed_entry_id: str | None = None
    moderators_votes: int = 0
    votes: int = 0
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """The entry that was right, None where the ones that were found were not, and whose word that is."""

    entry_id: str | None
    by: Authority


def truth(said: DecisionFeedback, first: str) -> Truth | None:
    """Return what was right when this entry came first; None when nobody said so, or people disagree."""
    if said.grade is not None:
        return Truth(said.graded_entry_id, Authority.GRADE)
    if said.reviewed:
        return Truth(said.reviewed_entry_id, Authority.REVIEW)
    votes = said.moderators_votes or said.votes
    if said.decision is DecisionKind.ANSWERED and votes:
        return Truth(first if votes > 0 else None, Authority.ASKER)
    if said.decision is DecisionKind.SUGGESTED and said.chosen is not None and votes >= 0:
        return Truth(said.chosen, Authority.ASKER)
    return None

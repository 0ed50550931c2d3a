"""Infer what was right for past questions from the feedback on them, and compute what changed entries do to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.core.deciding.decision import Thresholds, allowed, built_in, decide_with, is_close
from bot.core.deciding.ranking import LEXICAL, rank
from bot.core.models import Answered, Audience, Decision, DecisionKind, Entry, Grade, Match, Surface
from bot.core.reader import ANYBODY, Reader
from bot.core.searching.entry_index import EntryIndex


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


# So few questions are decided again without exception; of more, those that the change can reach.
EVERY_ONE = 300
# A change moves the weights of its words for everybody. Farther than this it moved nobody's confidence among 10,000
# phrasings, unless one of its texts stood near the question.
SHIFT = 0.05
_FORMER = "\0former"

ThresholdsOf = Callable[[Surface, str], Thresholds]
"""Returns the thresholds of a surface for the confidence of a scorer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A question that was asked before, or one of a labelled set, which has no id.

    `expect` are the ids of the entries that are right for it, empty where none is, None where nobody has said.
    `logged` are the entries that it may have meant when it was logged, likeliest first, and `scorer` ranked them.
    """

    text: str
    surface: Surface
    audience: Audience
    question_id: str | None = None
    expect: frozenset[str] | None = None
    logged: tuple[Match, ...] = ()
    scorer: str = LEXICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecided:
    """A question, what is decided about it now, and what would be with the change."""

    past: Past
    before: Decision
    after: Decision

    @property
    def was_right(self) -> bool | None:
        """Return whether it is answered rightly now, None where nobody has said what is right."""
        return _is_right(self.past, self.before)

    @property
    def is_right(self) -> bool | None:
        """Return whether it would be answered rightly with the change, None where nobody has said what is right."""
        return _is_right(self.past, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How many questions were asked again, and those that get another answer, lose it or win one."""

    asked: int
    changed: tuple[Redecided, ...] = ()
    lost: tuple[Redecided, ...] = ()
    won: tuple[Redecided, ...] = ()

    @property
    def harmless(self) -> bool:
        """Return whether no question gets another answer or loses it."""
        return not (self.changed or self.lost)


def answer_of(decision: Decision) -> str | None:
    """Return the id of the entry that a decision answers with, if it does."""
    return decision.match.entry_id if isinstance(decision, Answered) else None


def replay(  # noqa: PLR0913  # what a question is decided by
    known: EntryIndex,
    changes: Mapping[str, Entry | None],
    asked: Sequence[Past],
    *,
    reader: Reader = ANYBODY,
    thresholds: ThresholdsOf = built_in,
    every_one: int = EVERY_ONE,
) -> Replay:
    """Decide questions with the entries that are known, and with some changed; None takes an entry out.

    Up to `every_one` questions, each is decided twice. Of more, those are that have an old or new text of a changed
    entry among the texts nearest to them, that the change spells otherwise, or that stood near a limit when they were
    logged. The others keep their neighbours, and so their decision, but for shifts of a few hundredths of confidence.
    """
    with_changes = _changed(known, changes)
    some = _reached(known, with_changes, changes, asked, thresholds)
    found = [
        Redecided(
            past=past,
            before=_decide(known, past, thresholds, reader),
            after=_decide(with_changes, past, thresholds, reader),
        )
        for past in (asked if len(asked) <= every_one else some)
    ]
    return sorted_out(len(asked), found)


def sorted_out(asked: int, found: Sequence[Redecided]) -> Replay:
    """Group the questions by the change of their answer; those that keep it, or have none, are left out."""
    ids = [(answer_of(each.before), answer_of(each.after)) for each in found]
    both = list(zip(found, ids, strict=True))
    return Replay(
        asked=asked,
        changed=tuple(each for each, (old, new) in both if old and new and old != new),
        lost=tuple(each for each, (old, new) in both if old and not new),
        won=tuple(each for each, (old, new) in both if new and not old),
    )


def joined(replays: Iterable[Replay]) -> Replay:
    """Return several replays as one."""
    several = tuple(replays)
    return Replay(
        asked=sum(each.asked for each in several),
        changed=tuple(one for each in several for one in each.changed),
        lost=tuple(one for each in several for one in each.lost),
        won=tuple(one for each in several for one in each.won),
    )


def _decide(index: EntryIndex, past: Past, thresholds: ThresholdsOf, reader: Reader) -> Decision:
    ranking = rank(index, past.text)
    decided = decide_with(index, ranking, thresholds=thresholds(past.surface, ranking.scorer))
    return allowed(index, ranking.query, decided, reader).decision


def _reached(
    known: EntryIndex,
    with_changes: EntryIndex,
    changes: Mapping[str, Entry | None],
    asked: Sequence[Past],
    thresholds: ThresholdsOf,
) -> Iterator[Past]:
    """Yield the questions whose decision may be another one with the change."""
    both = _with_former(known, changes)
    touched = frozenset(changes) | {entry_id + _FORMER for entry_id in changes}
    for past in asked:
        query = known.query(past.text)
        if (
            is_close(past.logged, thresholds=thresholds(past.surface, past.scorer), shift=SHIFT)
            or with_changes.query(past.text) != query
            or not touched.isdisjoint(both.neighbours(query))
        ):
            yield past


def _changed(known: EntryIndex, changes: Mapping[str, Entry | None]) -> EntryIndex:
    index = known.copy()
    for entry_id, entry in changes.items():
        if entry is None:
            index.drop(entry_id)
        else:
            index.put(entry)
    return index


def _with_former(known: EntryIndex, changes: Mapping[str, Entry | None]) -> EntryIndex:
    """Return an index with the changed entries both as they were, under another id, and as they will be."""
    index = known.copy()
    for entry_id, entry in changes.items():
        if entry is not None:
            if entry_id in known:
                index.put(replace(known.entry(entry_id), id=entry_id + _FORMER))
            index.put(entry)
    return index


def _is_right(past: Past, decision: Decision) -> bool | None:
    if past.expect is None:
        return None
    answered = answer_of(decision)
    return not past.expect if answered is None else answered in past.expect

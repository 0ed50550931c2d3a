"""Propose thresholds from decisions of which it is known what was right.

A few of them tell how far the confidence is off here (`Scaling`), and that tells for every threshold what share of the
answers is likely right. Proposed is what answers most where that share is the wanted one. What the grades by themselves
guarantee stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt

import numpy as np
import numpy.typing as npt

from bot.core.deciding.adaptation import Scaling, scaling_of
from bot.core.deciding.decision import Thresholds, decide
from bot.core.deciding.ranking import Ranking
from bot.core.models import Answered, Suggested, Surface

# 19 of 20 times the true share is above the lower bound.
_Z = 1.645
# What is tried, from strict to lax.
_ANSWERS = tuple(percent / 100 for percent in range(99, 19, -1))
_SUGGESTS = tuple(percent / 100 for percent in range(99, 4, -1))
# With fewer grades one of them moves too much.
FEWEST_GRADED = 10
_FEWEST_LISTS = 20
# With these, only what thresholds have no say in keeps the bot from an answer, or from choices.
_ANSWER_ALL = Thresholds(answer=0, suggest=0, ambiguity=0)
_ANSWER_NONE = Thresholds(answer=2, suggest=0, ambiguity=0)

_Flags = npt.NDArray[np.bool_]


class Group(StrEnum):
    """Name the surfaces that share thresholds: those where the bot was asked, and messages that it overhears."""

    ASKED = "asked"
    AMBIENT = "ambient"

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        """Return the surfaces of this group."""
        overhears = self is Group.AMBIENT
        return tuple(surface for surface in Surface if (surface is Surface.AMBIENT) == overhears)


@dataclass(frozen=True, slots=True)
class Seen:
    """The inputs of thresholds: the first entry's confidence and lead; `held` means another rule forbids an answer."""

    confidence: float
    lead: float
    held: bool = False


@dataclass(frozen=True, slots=True)
class GradedDecision:
    """A decision and whether its first entry was right; `listed` tells that one of its choices was."""

    seen: Seen
    right: bool
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The share of answers that shall be right, and that of lists of choices that shall hold the right entry."""

    precision: float = 0.95
    choices: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The effect of thresholds: how many of the graded decisions they answer, and how many rightly.

    `coverage` is the share of all decisions, graded or not, that they answer, and `expected` what share of these
    answers is likely right, None without an answer.
    """

    thresholds: Thresholds
    answered: int
    right: int
    coverage: float
    expected: float | None = None

    @property
    def precision(self) -> float | None:
        """Return the share of the answers that were right, None without an answer."""
        return self.right / self.answered if self.answered else None

    @property
    def at_least(self) -> float:
        """Return what the true share is at least, 19 of 20 times."""
        return bounds(self.right, self.answered)[0]

    @property
    def at_most(self) -> float:
        """Return what the true share is at most, 19 of 20 times."""
        return bounds(self.right, self.answered)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The effect of today's thresholds and of the proposed ones; `proposed` is None where none are likely to do.

    At least `needed` decisions have to be graded before anything can be proposed. The curve goes from strict to lax.
    `scaling` is how far the confidence is off here.
    """

    goal: Goal
    graded: int
    needed: int
    today: Measured
    proposed: Measured | None
    curve: tuple[Measured, ...]
    scaling: Scaling


def seen_of(ranking: Ranking) -> Seen:
    """Return what thresholds look at in a ranking that has matches."""
    first, *rest = ranking.matches
    return Seen(
        confidence=first.confidence,
        lead=first.confidence - rest[0].confidence if rest else 1.0,
        held=not isinstance(decide(ranking, thresholds=_ANSWER_ALL).decision, Answered),
    )


def graded_of(ranking: Ranking, right: str | None) -> GradedDecision:
    """Return what is known of a ranking when this entry is right, or none."""
    decision = decide(ranking, thresholds=_ANSWER_NONE).decision
    offered = decision.matches if isinstance(decision, Suggested) else ()
    return GradedDecision(
        seen=seen_of(ranking),
        right=ranking.matches[0].entry_id == right,
        listed=any(match.entry_id == right for match in offered),
    )


def bounds(right: int, number: int) -> tuple[float, float]:
    """Return between what the true share lies when so many of a number were right (Wilson 1927)."""
    if not number:
        return 0.0, 1.0
    share, spread = right / number, _Z * _Z / number
    middle = share + spread / 2
    reach = _Z * sqrt(share * (1 - share) / number + spread / (4 * number))
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def tune(graded: Sequence[GradedDecision], seen: Sequence[Seen], *, today: Thresholds, goal: Goal) -> Tuning:
    """Measure today's thresholds, and propose those that answer most of those likely to be right as often as wanted.

    `seen` are all decisions of late, graded or not, as they come: by them coverage is counted.
    """
    log = _Log(graded, seen)
    proposed = _proposed(log, today, goal) if len(graded) >= FEWEST_GRADED else None
    return Tuning(
        goal=goal,
        graded=len(graded),
        needed=FEWEST_GRADED,
        today=log.measure(today),
        proposed=None if proposed is None else log.measure(proposed),
        curve=tuple(log.measure(replace(today, answer=answer)) for answer in _ANSWERS),
        scaling=log.scaling,
    )


def measured(graded: Sequence[GradedDecision], seen: Sequence[Seen], *, thresholds: Thresholds) -> Measured:
    """Measure thresholds, with the coverage of all decisions that were seen."""
    return _Log(graded, seen).measure(thresholds)


class _Log:
    """Decisions as columns, which are quick to count."""

    def __init__(self, graded: Sequence[GradedDecision], seen: Sequence[Seen]) -> None:
        self._right = np.array([one.right for one in graded], bool)
        self._listed = np.array([one.listed for one in graded], bool)
        self._graded = _Columns([one.seen for one in graded])
        self._seen = _Columns(seen)
        self.scaling = scaling_of(self._graded.confidence.tolist(), self._right.tolist())
        self._likely = self.scaling(self._seen.confidence)

    def measure(self, thresholds: Thresholds) -> Measured:
        """Count what thresholds do."""
        answered = self._graded.answered(thresholds)
        seen = self._seen.answered(thresholds)
        return Measured(
            thresholds=thresholds,
            answered=int(answered.sum()),
            right=int((answered & self._right).sum()),
            coverage=float(seen.mean()) if len(seen) else 0.0,
            expected=float(self._likely[seen].mean()) if seen.any() else None,
        )

    def lists(self, thresholds: Thresholds) -> tuple[int, int]:
        """Return how many of the lists of choices hold the right entry, and how many lists there are."""
        offered = (self._graded.confidence >= thresholds.suggest) & ~self._graded.answered(thresholds)
        return int((offered & self._listed).sum()), int(offered.sum())


class _Columns:
    """The inputs of thresholds, as columns."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.confidence = np.array([one.confidence for one in seen], np.float64)
        self._lead = np.array([one.lead for one in seen], np.float64)
        self._free = np.array([not one.held for one in seen], bool)

    def answered(self, thresholds: Thresholds) -> _Flags:
        """Return which of them these thresholds answer."""
        sure = (self.confidence >= thresholds.answer) & (self._lead >= thresholds.ambiguity)
        return np.asarray(sure & self._free)


def _proposed(log: _Log, today: Thresholds, goal: Goal) -> Thresholds | None:
    """Return the thresholds that answer most; of those that answer as much, the strictest."""
    tried = (log.measure(replace(today, answer=answer)) for answer in _ANSWERS)
    likely = [one for one in tried if one.expected is not None and one.expected >= goal.precision]
    best = max(likely, key=lambda one: (one.coverage, one.thresholds.answer), default=None)
    return None if best is None else _with_suggest(log, best.thresholds, today, goal)


def _with_suggest(log: _Log, found: Thresholds, today: Thresholds, goal: Goal) -> Thresholds:
    """Return the thresholds with the one for choices that offers most and is safe, today's where too few are graded."""
    safe = []
    for suggest in _SUGGESTS:
        right, lists = log.lists(replace(found, suggest=suggest))
        if suggest <= found.answer and lists >= _FEWEST_LISTS and bounds(right, lists)[0] >= goal.choices:
            safe.append((lists, suggest))
    _, suggest = max(safe, default=(0, min(today.suggest, found.answer)))
    return replace(found, suggest=suggest)

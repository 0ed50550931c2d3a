"""Adapt confidence to a store: to its log without any grade, and to a few grades.

The prior tells how many of the questions have no answer. Confidence was fitted on sets in which a certain share of the
questions fits nothing. In another place that share is another one, 0 to 72 % of them were seen, and each confidence is
too high or too low by it. Expectation-maximisation finds the share under which the confidences of the log are likeliest
(Saerens, Latinne and Decaestecker 2002); a share of what it was fitted on counts as some questions more, so that a
short log changes little.

For that it has to be known how confidences are spread, of questions with an answer and of others. Where entries are
near each other, the bot is unsure of all questions, and by confidences alone that looks as if most had no answer. So
the store's own phrasings are asked, each left out in turn, and once more without their entry: they show both spreads
in this very store. Where most entries have one phrasing, the spreads that confidence was fitted on have to do.

The scaling corrects the confidence by a few decisions of which it is known what was right. It is Platt scaling (Platt
1999) with the shipped confidence as prior: the log-odds of being right are a slope times those of the confidence, and
an intercept. Both are those of the greatest posterior, and without grades 1 and 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats

# From so many questions on there is anything to estimate from.
FEWEST = 50
# So many questions of the sets that confidence was fitted on count beside those of the log; and by no more than this,
# in log-odds, is "nothing fits" taken to be likelier or less likely than in those sets.
_PRIOR_QUESTIONS, MOST = 100.0, 1.5
# The same where the store's own phrasings were asked, but for each topic of the log: a hundred questions about four of
# the entries tell little of those about others. Of fewer phrasings, the spread is not known.
_PRIOR_QUESTIONS_OWN, MOST_OWN = 5, 2.0
FEWEST_OWN = 30
# The spreads are counted in so many bins, each with one question more. Half of what has no answer is taken to be as far
# from the entries as a phrasing without its own, and half farther: people ask about other things altogether.
_BINS = 8
_FARTHER = 0.5
_SHARE_ROUNDS, _SHARE_CLOSE = 200, 1e-6
_DIGITS = 3
# By how much slope and intercept differ from 1 and 0, over the ten labelled sets and both modes: bench/tuning.py.
_SLOPE_SPREAD, _INTERCEPT_SPREAD = 0.3, 1.0
# Where every answer is right the likelihood has no summit; far from 0 and 1 the confidence has.
_LEAST = 1e-4
_ROUNDS, _CLOSE, _LONGEST_STEP = 50, 1e-8, 2.0


@dataclass(frozen=True, slots=True)
class Prior:
    """The share of questions that fit nothing, 0 to 1, from how many questions, and what that adds to the log-odds."""

    share: float
    questions: int
    nothing: float


@dataclass(frozen=True, slots=True)
class OwnPhrasings:
    """How likely it was, 0 to 1, that nothing fits a store's own phrasings.

    `known` are those asked beside the others of their entry, which were left in, and `unknown` those without it.
    """

    known: tuple[float, ...]
    unknown: tuple[float, ...]


def estimate(
    nothing: Sequence[float], *, base: float, own: OwnPhrasings | None = None, topics: int | None = None
) -> Prior | None:
    """Return the prior of a log, None where it is too short.

    `nothing` has for each question the probability that nothing fits, as it was decided with the share `base`; `topics`
    are the entries that came first for any of them, where they are known.
    """
    if len(nothing) < FEWEST:
        return None
    none = np.asarray(nothing, np.float64).clip(_LEAST, 1 - _LEAST)
    if own is None or len(own.known) < FEWEST_OWN:
        ratio, added, most = none / (1 - none) * (1 - base) / base, _PRIOR_QUESTIONS, MOST
    else:
        alike = len(none) / (topics or len(none))
        ratio, added, most = _ratio(own)[_bin(none)], min(_PRIOR_QUESTIONS_OWN * alike, _PRIOR_QUESTIONS), MOST_OWN
    share = base
    for _ in range(_SHARE_ROUNDS):
        without = share * ratio / (share * ratio + 1 - share)
        found = (without.sum() + added * base) / (len(none) + added)
        if abs(found - share) < _SHARE_CLOSE:
            break
        share = float(found)
    by = log(share / (1 - share)) - log(base / (1 - base))
    return Prior(round(share, _DIGITS), len(none), round(min(max(by, -most), most), _DIGITS))


def _ratio(own: OwnPhrasings) -> Floats:
    """Return for each bin how much likelier a question falls into it that has no answer than one that has one."""
    known, unknown = (np.bincount(_bin(np.asarray(each)), minlength=_BINS) for each in (own.known, own.unknown))
    farther = (np.arange(_BINS) + 0.5) ** 2
    without = (1 - _FARTHER) * unknown / max(len(own.unknown), 1) + _FARTHER * farther / farther.sum()
    return np.asarray(without / ((known + 1) / (len(own.known) + _BINS)))


def _bin(nothing: Floats) -> npt.NDArray[np.int64]:
    return np.minimum((nothing * _BINS).astype(np.int64), _BINS - 1)


def shifted(shares: Sequence[float], by: float) -> list[float]:
    """Return probabilities whose rest, that nothing fits, has `by` more log-odds."""
    rest = 1 - sum(shares)
    total = sum(shares) + max(rest, 0.0) * exp(by)
    return [share / total for share in shares] if total > 0 else list(shares)


@dataclass(frozen=True, slots=True)
class Scaling:
    """What the log-odds of a confidence are multiplied with, and what is added to them."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, confidence: Floats) -> Floats:
        """Return the probability of being right at each confidence."""
        return _share(self.slope * _log_odds(confidence) + self.intercept)


def scaling_of(confidence: Sequence[float], right: Sequence[bool]) -> Scaling:
    """Return the likeliest scaling where entries of this confidence were right, or not (Newton's method)."""
    given, hit = _log_odds(np.asarray(confidence, np.float64)), np.asarray(right, np.float64)
    inputs = np.stack([given, np.ones_like(given)], axis=1)
    usual, weight = np.array([1.0, 0.0]), np.array([_SLOPE_SPREAD, _INTERCEPT_SPREAD]) ** -2
    found = usual.copy()
    for _ in range(_ROUNDS):
        share = _share(inputs @ found)
        slope = inputs.T @ (hit - share) - weight * (found - usual)
        bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + np.diag(weight)
        step = np.linalg.solve(bend, slope)
        longest = float(np.abs(step).max())
        found += step * min(1.0, _LONGEST_STEP / max(longest, _CLOSE))
        if longest < _CLOSE:
            break
    return Scaling(round(float(found[0]), 6), round(float(found[1]), 6))


def _log_odds(share: Floats) -> Floats:
    inside = share.clip(_LEAST, 1 - _LEAST)
    return np.asarray(np.log(inside / (1 - inside)))


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))

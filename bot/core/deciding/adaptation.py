"""Adapt confidence to a store: to its log without any grade, and to a few grades.

The prior tells how many of the questions have no answer. Confidence was fitted on sets in which a certain share of the
questions fits nothing. In another place that share is another one, 0 to 72 % of them were seen, and each confidence is
too high or too low by it. Expectation-maximisation finds the share under which the confidences of the log are likeliest
(Saerens, Latinne and Decaestecker 2002); a share of what it was fitted on counts as some questions more, so that a
short log changes little.

The scaling corrects the confidence by a few decisions of which it is known what was right. It is Platt scaling (Platt
1999) with the shipped confidence as prior: the log-odds of being right are a slope times those of the confidence, and
an intercept. Both are those of the greatest posterior, and without grades 1 and 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from bot.core.searching.arrays import Floats

# From so many questions on there is anything to estimate from.
FEWEST = 50
# So many questions of the sets that confidence was fitted on count beside those of the log.
_PRIOR_QUESTIONS = 100
# By no more than this, in log-odds, is "nothing fits" taken to be likelier or less likely than in those sets.
MOST = 1.5
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


def estimate(nothing: Sequence[float], *, base: float) -> Prior | None:
    """Return the prior of a log, None where it is too short.

    `nothing` has for each question the probability that nothing fits, as it was decided with the share `base`.
    """
    if len(nothing) < FEWEST:
        return None
    none = np.asarray(nothing, np.float64)
    share = base
    for _ in range(_SHARE_ROUNDS):
        found = (_shifted(none, share, base).sum() + _PRIOR_QUESTIONS * base) / (len(none) + _PRIOR_QUESTIONS)
        if abs(found - share) < _SHARE_CLOSE:
            break
        share = float(found)
    by = log(share / (1 - share)) - log(base / (1 - base))
    return Prior(round(share, _DIGITS), len(none), round(min(max(by, -MOST), MOST), _DIGITS))


def shifted(shares: Sequence[float], by: float) -> list[float]:
    """Return probabilities whose rest, that nothing fits, has `by` more log-odds."""
    rest = 1 - sum(shares)
    total = sum(shares) + max(rest, 0.0) * exp(by)
    return [share / total for share in shares] if total > 0 else list(shares)


def _shifted(nothing: Floats, share: float, base: float) -> Floats:
    """Return the probabilities that nothing fits under another share of such questions."""
    none = share / base * nothing
    some = (1 - share) / (1 - base) * (1 - nothing)
    return np.asarray(none / (none + some))


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

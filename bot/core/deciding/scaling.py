"""Correct the confidence by a few decisions of which it is known what was right.

Platt scaling (Platt 1999) with the shipped confidence as prior: the log-odds of being right are a slope times those of
the confidence, and an intercept. Both are those of the greatest posterior, and without grades 1 and 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.searching.arrays import Floats

# By how much slope and intercept differ from 1 and 0, over the ten labelled sets and both modes: bench/tuning.py.
_SLOPE_SPREAD, _INTERCEPT_SPREAD = 0.3, 1.0
# Where every answer is right the likelihood has no summit; far from 0 and 1 the confidence has.
_LEAST = 1e-4
_ROUNDS, _CLOSE, _LONGEST_STEP = 50, 1e-8, 2.0


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

"""Estimate from a store's own log, without any grade, how many of its questions have no answer.

Confidence was fitted on sets in which a certain share of the questions fits nothing. In another place that share is
another one, 0 to 72 % of them were seen, and each confidence is too high or too low by it. Expectation-maximisation
finds the share under which the confidences of the log are likeliest (Saerens, Latinne and Decaestecker 2002); a share
of what it was fitted on counts as some questions more, so that a short log changes little.
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
_ROUNDS, _CLOSE = 200, 1e-6
_DIGITS = 3


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
    for _ in range(_ROUNDS):
        found = (_shifted(none, share, base).sum() + _PRIOR_QUESTIONS * base) / (len(none) + _PRIOR_QUESTIONS)
        if abs(found - share) < _CLOSE:
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

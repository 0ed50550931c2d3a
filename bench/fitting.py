"""Fit the confidence on weighed sets, and measure what a fit makes of a set; fit what tells questions by words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.sets import KINDS, Sample
from bot.core.deciding.evaluation import Flags, auroc, calibration_error, recall_at_precision
from bot.core.searching.arrays import Floats

# Keeps the weights small where the sets do not tell; a thousandth of the questions of one set.
PENALTY = 1.0
_LEAST = 1e-12


@dataclass(frozen=True)
class Fitted:
    """The weight of each kind of evidence, and the utility of "nothing fits"."""

    kinds: tuple[str, ...]
    weights: Floats
    nothing: float


@dataclass(frozen=True)
class Measured:
    """The confidence of the first place of each question, whether it is right, and what follows from both."""

    confidence: npt.NDArray[np.float64]
    right: Flags
    answerable: Flags

    @property
    def top1(self) -> float:
        """Return the share of answerable questions with the right entry first."""
        return float(self.right[self.answerable].mean())

    @property
    def error(self) -> float:
        """Return the expected calibration error."""
        return calibration_error(self.confidence, self.right)

    @property
    def nulls(self) -> float | None:
        """Return how well confidence tells answerable questions from others, as AUROC."""
        return auroc(self.confidence[self.answerable], self.confidence[~self.answerable])

    def recall(self, precision: float) -> float:
        """Return the share answered rightly where so many of the answers are right."""
        return recall_at_precision(self.confidence, self.right, self.answerable, precision=precision) or 0.0

    def at(self, threshold: float) -> tuple[float, float]:
        """Return the share answered from this confidence on, and the share of those that are right."""
        answered = self.confidence >= threshold
        return float(answered.mean()), float(self.right[answered].mean()) if answered.any() else 1.0


def fit(samples: Sequence[Sample], kinds: Sequence[str]) -> Fitted:
    """Return the weights of the greatest penalised likelihood; none of them is negative, for each is evidence for.

    All sets count alike, whatever their size.
    """
    chosen, count = [KINDS.index(kind) for kind in kinds], len(kinds)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(parameters[:count] @ parameters[:count]), np.zeros(count + 1)
        slope[:count] = 2 * PENALTY * parameters[:count]
        for sample in samples:
            shares = shares_of(sample, Fitted(tuple(kinds), parameters[:count], float(parameters[count])))
            right = _right(sample)
            held = (shares * right).sum(axis=1)
            weight = 1000 * sample.weight / len(shares)
            total -= weight * float(np.log(held + _LEAST).sum())
            over = shares - shares * right / (held + _LEAST)[:, None]
            slope[:count] += weight * np.einsum("qc,qck->k", over[:, :-1], sample.evidence[:, :, chosen])
            slope[count] += weight * over[:, -1].sum()
        return total, slope

    bounds = [(0, None)] * count + [(None, None)]
    found = minimize(loss, np.ones(count + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fitted(tuple(kinds), found.x[:count], float(found.x[count]))


def measure(sample: Sample, fitted: Fitted) -> Measured:
    """Return what a fit makes of a set."""
    shares = shares_of(sample, fitted)[:, :-1]
    first = shares.argmax(axis=1)
    right = sample.right[np.arange(len(shares)), first]
    return Measured(shares.max(axis=1).astype(np.float64), right, sample.answerable)


def nothing(sample: Sample, fitted: Fitted) -> float:
    """Return the share of the questions of a set that fit nothing, by a fit."""
    return float(shares_of(sample, fitted)[:, -1].mean())


def shares_of(sample: Sample, fitted: Fitted) -> Floats:
    """Return the probability of each candidate and, last, of none of them."""
    chosen = [KINDS.index(kind) for kind in fitted.kinds]
    utilities = np.where(sample.there, sample.evidence[:, :, chosen] @ fitted.weights, -np.inf)
    utilities = np.concatenate([utilities, np.full((len(utilities), 1), fitted.nothing)], axis=1)
    shares = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _right(sample: Sample) -> Flags:
    """Return which outcomes are right: candidates, and "nothing fits" where none of them is."""
    return np.concatenate([sample.right, ~sample.right.any(axis=1, keepdims=True)], axis=1)


def logistic(  # noqa: PLR0913  # the rows with what counts of each, and where to begin
    rows: csr_matrix, side: Floats, counts: Floats, ridge: Floats, start: Floats, *, iterations: int
) -> Floats:
    """Return the weights of a logistic regression with a ridge."""
    columns = rows.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = side * (rows @ weights)
        pull = -side * counts / (1 + np.exp(np.clip(margins, -30, 30)))
        value = counts @ np.logaddexp(0, -margins) + ridge @ weights**2 / 2
        return float(value), columns @ pull + ridge * weights

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x
    return found

"""Turn the evidence for several entries into the probability of each being the right one."""

from collections.abc import Sequence

import numpy as np

from bot.core.deciding.calibration import Fit
from bot.core.deciding.evidence import Evidence
from bot.core.searching.arrays import Floats

# Explaining less than this is explaining nothing; above it, each doubling counts alike.
LEAST = 0.03


def evidence_matrix(weighed: Sequence[Evidence], kinds: Sequence[str]) -> Floats:
    """Return the evidence that the calibration reads, shape (entries, kinds)."""
    matrix = np.array([[getattr(evidence, name) for name in kinds] for evidence in weighed], np.float64)
    at = kinds.index("explained")
    matrix[:, at] = np.log1p(matrix[:, at].clip(min=0) / LEAST)
    return matrix


def confidences(weighed: Sequence[Evidence], fit: Fit) -> list[float]:
    """Return for each entry the probability, 0 to 1, that it is the one that was meant.

    A conditional logit (McFadden 1974): each entry gets the exponential of its weighted evidence, and "none of
    them" that of a constant; the shares are the probabilities. They sum to less than 1, the rest being that
    nothing fits, and two entries that look alike share what one would have had.
    """
    if not weighed:
        return []
    utilities = evidence_matrix(weighed, list(fit.weights)) @ np.array(list(fit.weights.values()))
    return [float(share) for share in softmax_with_constant(utilities, fit.nothing)]


def softmax_with_constant(utilities: Floats, constant: float) -> Floats:
    """Return the shares of the exponentials of these utilities where a constant takes part as well."""
    top = max(float(utilities.max()), constant)
    shares = np.exp(utilities - top)
    return np.asarray(shares / (shares.sum() + np.exp(constant - top)))

"""Turn evidence into a calibrated probability of being right."""

from bot.core.evidence import Evidence
import math


def confidence(evidence: Evidence) -> float:
    """Return the probability, 0 to 1, that this is the entry that was meant."""
    z = -2.5 + 3 * evidence.score + 4 * evidence.lead + 1 * evidence.coverage
    return 1 / (1 + math.exp(-z))

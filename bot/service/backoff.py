"""Compute the wait before the next try."""

from datetime import timedelta
from random import Random

FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
_DOUBLINGS = 16  # the longest wait is reached before


def backoff(attempts: int, random: Random) -> timedelta:
    """Return a wait that doubles with each attempt, up to the longest one, shortened by up to half at random."""
    whole = min(LONGEST, FIRST * (1 << min(attempts - 1, _DOUBLINGS)))
    return whole * random.uniform(0.5, 1)

"""The periods after which things end."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """For how long a delivery is tried, an answer is corrected, and text of people is stored."""

    delivery: timedelta = timedelta(days=7)
    correction: timedelta = timedelta(days=30)
    retention: timedelta = timedelta(days=365)


USUAL = Periods()

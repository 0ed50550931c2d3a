"""Say how long things last."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Hold for how long a message is tried to be sent, an answer is corrected, and what people wrote is kept."""

    delivery: timedelta = timedelta(days=7)
    correction: timedelta = timedelta(days=30)
    retention: timedelta = timedelta(days=365)


USUAL = Periods()

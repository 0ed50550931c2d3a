"""Use cases: each public method is one use case in one transaction, and knows no platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """For how long a delivery is tried, an answer is corrected, and text of people is stored."""

    delivery: timedelta = timedelta(days=7)
    correction: timedelta = timedelta(days=30)
    retention: timedelta = timedelta(days=365)


USUAL = Periods()


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)

"""Count requests in buckets, as Discord's rate limits do, and say in headers what is left."""

import hashlib
import time
from dataclasses import dataclass, field

ROOMY = (1000, 64.57)
"""A limit that no test meets unless it sets one: requests, and the seconds of the API's own example.

A client that refuses ahead of time, for the length of a window in which much is left, fails with it.
"""


@dataclass
class _Window:
    ends: float = 0.0
    used: int = 0


@dataclass
class Buckets:
    """The limits of the routes and how much of them is used."""

    limits: dict[str, tuple[int, float]] = field(default_factory=dict)
    windows: dict[tuple[str, str], _Window] = field(default_factory=dict)

    def set(self, name: str, limit: int, seconds: float) -> None:
        """Limit a route to so many requests in so many seconds for each channel, guild or webhook."""
        self.limits[name] = (limit, seconds)

    def count(self, name: str, major: str, now: float) -> tuple[bool, dict[str, str], float]:
        """Return whether one more request fits, the headers that say so, and the seconds until all fit again."""
        limit, seconds = self.limits.get(name, ROOMY)
        window = self.windows.setdefault((name, major), _Window())
        if now >= window.ends:
            window.ends, window.used = now + seconds, 0
        fits = window.used < limit
        window.used += fits
        left = window.ends - now
        return fits, headers(name, limit, limit - window.used, left), left


def headers(name: str, limit: int, remaining: int, left: float) -> dict[str, str]:
    """Return what a response says of the bucket that it was counted in."""
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{time.time() + left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:16],
    }

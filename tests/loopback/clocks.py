"""Move the time of a platform in a test, without waiting for it."""

import time


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self._moved = 0.0

    def now(self) -> float:
        """Return the seconds by which it was moved."""
        return self._moved

    def running(self) -> float:
        """Return the seconds of a clock that runs as well, for what a client really waits for."""
        return time.monotonic() + self._moved

    def forward(self, seconds: float) -> None:
        """Move it ahead."""
        self._moved += seconds

"""Spare a database that does not answer, and everybody who would wait for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import DatabaseAwayError

PAUSE = 1.0
"""Seconds for which nobody asks again: short for one who waits, long against a queue of hundreds that all time out."""


class Breaker:
    """Refuse at once what would fail as the last attempt did; after a pause one attempt shows whether that is over."""

    def __init__(self, *, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._shut_until = 0.0
        self._fault: DatabaseAwayError | None = None

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Run an attempt, or raise the last error again."""
        if self._fault is not None and self._clock() < self._shut_until:
            raise type(self._fault)(self._fault.place, self._fault.reason)
        if self._fault is not None:  # one attempt is made; others wait for its outcome, for one more pause
            self._shut_until = self._clock() + self._pause
        try:
            yield
        except DatabaseAwayError as fault:
            self._fault, self._shut_until = fault, self._clock() + self._pause
            raise
        self._fault = None

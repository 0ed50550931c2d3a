"""Leave channels alone for as long as Slack asked for."""

import time
from collections.abc import Callable
from datetime import timedelta


class Quiet:
    """Hold until when nothing is to be posted in a channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def keep(self, channel_id: str, wait: timedelta) -> None:
        """Post nothing in a channel for a while."""
        self._until[channel_id] = self._clock() + wait.total_seconds()

    def left(self, channel_id: str) -> timedelta:
        """Return for how long nothing is to be posted in a channel."""
        until = self._until.get(channel_id)
        if until is None:
            return timedelta()
        left = until - self._clock()
        if left <= 0:
            del self._until[channel_id]
            return timedelta()
        return timedelta(seconds=left)

"""Pause posting in channels for as long as Slack asked for."""

import time
from collections.abc import Callable
from datetime import timedelta

from cachetools import TLRUCache

_LIMIT = 10_000


class ChannelPauses:
    """Store until when nothing is to be posted in a channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: TLRUCache[str, float] = TLRUCache(_LIMIT, lambda _channel_id, until, _now: until, clock)

    def pause(self, channel_id: str, wait: timedelta) -> None:
        """Post nothing in a channel for a while."""
        self._until[channel_id] = self._clock() + wait.total_seconds()

    def left(self, channel_id: str) -> timedelta:
        """Return for how long nothing is to be posted in a channel."""
        now = self._clock()
        return timedelta(seconds=max(0.0, self._until.get(channel_id, now) - now))

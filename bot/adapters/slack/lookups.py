"""Cache what Slack was asked."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Generic, TypeVar

from cachetools import TTLCache

T = TypeVar("T")
Clock = Callable[[], float]
_LIMIT = 10_000


class Lookups(Generic[T]):
    """Cache answers by key for a time; errors of `load` are raised and not cached."""

    def __init__(
        self, load: Callable[[str], Awaitable[T]], *, lifetime: timedelta, clock: Clock = time.monotonic
    ) -> None:
        self._load = load
        self._known: TTLCache[str, T] = TTLCache(_LIMIT, lifetime.total_seconds(), clock)

    async def get(self, key: str) -> T:
        """Return the answer for a key, loaded unless it is cached."""
        with suppress(KeyError):
            return self._known[key]
        found = self._known[key] = await self._load(key)
        return found

    def put(self, key: str, value: T) -> None:
        """Cache an answer that came from elsewhere."""
        self._known[key] = value

    def has(self, key: str) -> bool:
        """Return whether the answer for a key is cached."""
        return key in self._known

    def forget(self, key: str) -> None:
        """Drop the answer for a key, so that it is loaded the next time."""
        self._known.pop(key, None)

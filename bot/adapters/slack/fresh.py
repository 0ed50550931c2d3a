"""Remember for a short while what was asked."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
_MOST = 10_000


class Fresh(Generic[T]):
    """Hold answers by key for a time; `load` is asked anew afterwards, and its faults are not remembered."""

    def __init__(
        self, load: Callable[[str], Awaitable[T]], *, lifetime: timedelta, clock: Clock = time.monotonic
    ) -> None:
        self._load = load
        self._lifetime = lifetime.total_seconds()
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, T]] = OrderedDict()

    async def get(self, key: str) -> T:
        """Return what is known of a key, asked for now or a short while ago."""
        if not self.has(key):
            self.put(key, await self._load(key))
        return self._known[key][1]

    def put(self, key: str, value: T) -> None:
        """Take over what is known from elsewhere."""
        self._known[key] = (self._clock(), value)
        self._known.move_to_end(key)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def has(self, key: str) -> bool:
        """Tell whether a key needs not be asked for."""
        known = self._known.get(key)
        return known is not None and self._clock() - known[0] < self._lifetime

    def forget(self, key: str) -> None:
        """Have a key asked for anew."""
        self._known.pop(key, None)

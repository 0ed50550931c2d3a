"""Keep what moderators wrote until they have seen what it would change."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from bot.service.app import App

MOST = 1_000
LIFETIME = timedelta(minutes=15)

Save = Callable[[App, str], Awaitable[str]]
"""Save what somebody wrote, in the name of an actor; return what to tell them."""


@dataclass(frozen=True, slots=True)
class Key:
    """Say who wrote something, and about what: an item as they saw it, or a message."""

    user_id: int
    subject: str
    detail: str


class Drafts:
    """Hold drafts in memory, the last ones, for a while; nothing of them survives the process."""

    def __init__(
        self, *, most: int = MOST, lifetime: timedelta = LIFETIME, clock: Callable[[], float] = monotonic
    ) -> None:
        self._drafts: OrderedDict[Key, tuple[float, Save]] = OrderedDict()
        self._most = most
        self._lifetime = lifetime.total_seconds()
        self._clock = clock

    def put(self, key: Key, save: Save) -> None:
        """Keep a draft, in the place of an earlier one."""
        self._drafts.pop(key, None)
        self._drafts[key] = (self._clock(), save)
        if len(self._drafts) > self._most:
            self._drafts.popitem(last=False)

    def take(self, key: Key) -> Save | None:
        """Return a draft, which is then no longer kept; None when it is not there or too old."""
        since, save = self._drafts.pop(key, (0.0, None))
        return save if self._clock() - since <= self._lifetime else None

"""Store what moderators wrote until they have seen what it would change."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from cachetools import TTLCache

from bot.service.app import App

LIMIT = 1_000
LIFETIME = timedelta(minutes=15)

Save = Callable[[App, str], Awaitable[str]]
"""Save what somebody wrote, in the name of an actor; return what to tell them."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a draft: who wrote it, and about what, which is an item as they saw it, or a message."""

    user_id: int
    subject: str
    detail: str


def empty_drafts(*, timer: Callable[[], float] = monotonic) -> TTLCache[Key, Save]:
    """Return a store for drafts in memory: they expire, the oldest make room, and none survives the process."""
    return TTLCache(LIMIT, LIFETIME.total_seconds(), timer)

"""Distinguish threads where people talk with each other from those where one talks with the bot."""

from collections.abc import Hashable

from cachetools import LRUCache

_LIMIT = 1_000


class ThreadWriters:
    """Store who wrote in the last threads."""

    def __init__(self, *, limit: int = _LIMIT) -> None:
        self._writers: LRUCache[Hashable, frozenset[Hashable]] = LRUCache(limit)

    def note(self, thread: Hashable, author: Hashable) -> None:
        """Store that somebody wrote in a thread."""
        self._writers[thread] = self._writers.get(thread, frozenset()) | {author}

    def has_several(self, thread: Hashable) -> bool:
        """Return whether several people wrote in a thread."""
        return len(self._writers.get(thread, ())) > 1

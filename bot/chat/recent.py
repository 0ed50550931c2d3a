"""Recognise ids that came before."""

from cachetools import FIFOCache

# So many come in far more than the seconds within which a platform sends one twice.
_LIMIT = 10_000


class Recent:
    """Store the last ids."""

    def __init__(self, *, limit: int = _LIMIT) -> None:
        self._ids: FIFOCache[str, None] = FIFOCache(limit)

    def is_new(self, each: str) -> bool:
        """Return whether an id comes for the first time, and store it."""
        if each in self._ids:
            return False
        self._ids[each] = None
        return True

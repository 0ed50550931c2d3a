"""Remember the last ids."""

from collections import OrderedDict

# So many come in far more than the seconds within which a platform tells one twice.
_REMEMBERED = 10_000


class Recent:
    """Remember the last ids."""

    def __init__(self, *, most: int = _REMEMBERED) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, each: str) -> bool:
        """Tell whether an id comes for the first time, and remember it."""
        if each in self._ids:
            return False
        self._ids[each] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True

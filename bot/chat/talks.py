"""Tell threads where people talk with each other from those where one talks with the bot."""

from collections import OrderedDict
from collections.abc import Hashable

_MOST = 1_000


class Talks:
    """Remember who wrote in the last threads."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._writers: OrderedDict[Hashable, set[Hashable]] = OrderedDict()
        self._most = most

    def note(self, thread: Hashable, author: Hashable) -> None:
        """Take note that somebody wrote in a thread."""
        self._writers.setdefault(thread, set()).add(author)
        self._writers.move_to_end(thread)
        if len(self._writers) > self._most:
            self._writers.popitem(last=False)

    def has_several(self, thread: Hashable) -> bool:
        """Tell whether several people wrote in a thread."""
        return len(self._writers.get(thread, ())) > 1

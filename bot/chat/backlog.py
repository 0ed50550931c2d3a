"""Find missed messages by reading places back from their newest message, and recognise ids that came before.

- While a connection lives, all that is written comes as an event, and is on disk before the platform is told so.
- What was written before the connection was there is read back, to where everything was handled the last time.
- Until all of that is read, no later time counts: a process that is killed while it reads leaves the same to the next.
"""

from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from cachetools import FIFOCache

from bot.service.claims import Spool

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


MOST_MESSAGES = 500
"""So many messages of a place are read back; what is older is left, however many were missed."""
LONGEST = timedelta(hours=1)
"""How far back a platform is asked: older questions have found their answer elsewhere, or nobody waits for one."""
MARGIN = timedelta(minutes=2)
"""So long a connection may be dead before anybody notices; events of that time may be lost too."""
BEAT = timedelta(seconds=10)
"""So often it is kept that a connection lives."""

T = TypeVar("T")


class Heard:
    """Store up to when all messages of one connection are handled."""

    def __init__(self, spool: Spool, name: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._spool = spool
        self._name = name
        self._clock = clock
        self._readings = 0
        self._is_whole = False

    def lost(self) -> None:
        """Store that messages do not come as events, or did not for a while."""
        self._is_whole = False
        self._readings += 1

    async def beat(self) -> None:
        """Store that the connection lives; that counts once all from before it is read."""
        if self._is_whole:
            self._spool.note_heard(self._name, self._clock())

    def reading(self) -> "BacklogReading":
        """Return a reading of all that may have been missed, with one part to be ended: finding out which there are."""
        now, known = self._clock(), self._spool.heard(self._name)
        since = now - LONGEST if known is None else max(known - MARGIN, now - LONGEST)
        number = self._readings

        def end() -> None:
            if number == self._readings:  # else the connection was lost again meanwhile
                self._is_whole = True
                self._spool.note_heard(self._name, now)

        return BacklogReading(since, now, end)


class BacklogReading:
    """Count the parts of a reading that are not ended; when none is left, nothing of it was missed."""

    def __init__(self, since: datetime, until: datetime, end: Callable[[], None]) -> None:
        self.since = since
        self.until = until
        self._end = end
        self._parts = 1

    def begin_part(self) -> None:
        """Count a part more."""
        self._parts += 1

    def end_part(self) -> None:
        """Count a part less: it is read, or given up by name."""
        self._parts -= 1
        if not self._parts:
            self._end()


async def missed(
    newest_first: AsyncIterable[T],
    *,
    unknown: Callable[[Sequence[T]], Awaitable[Sequence[T]]],
    is_live: Callable[[T], bool] = lambda _: False,
    most: int = MOST_MESSAGES,
) -> Sequence[T]:
    """Return the messages of a place that are not on the log, oldest first.

    `unknown` returns those of some messages that are not on the log, in order. It is asked once for a place, since a
    start after a crash reads back many messages, and most of them are there.
    `is_live` are messages that came as events since the connection is back: they are handled already.
    """
    found: list[T] = []
    read = 0
    async for message in newest_first:
        if read >= most:
            break
        read += 1
        if not is_live(message):
            found.append(message)
    return (await unknown(found))[::-1]

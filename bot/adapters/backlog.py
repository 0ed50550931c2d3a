"""Find what was written while nobody listened, by reading a place from its newest message back to what is known."""

from collections.abc import AsyncIterable, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

KNOWN = 15
"""Where so many messages are on the log, nothing before them was missed. One is not enough: what a process that died
had in hand may be logged by another before this one looks, and stand between messages that nobody was told of."""
MOST_MESSAGES = 500
"""So many messages of a place are read back; what is older is left, however many were missed."""
LONGEST = timedelta(hours=1)
"""How far back a platform is asked: older questions have found their answer elsewhere, or nobody waits for one."""

T = TypeVar("T")


async def missed(
    newest_first: AsyncIterable[T],
    *,
    is_known: Callable[[T], Awaitable[bool]],
    is_live: Callable[[T], bool] = lambda _: False,
    most: int = MOST_MESSAGES,
) -> list[T]:
    """Return the messages of a place that are not on the log, oldest first, back to where enough of them are.

    `is_live` are messages that came as events since the connection is back: they say nothing of the gap before them.
    """
    found: list[T] = []
    read = known = 0
    async for message in newest_first:
        if read >= most or known >= KNOWN:
            break
        read += 1
        if is_live(message):
            continue
        if await is_known(message):
            known += 1
        else:
            found.append(message)
    return found[::-1]

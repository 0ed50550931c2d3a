"""Tell what was missed while nobody listened: newest first, back to what the log has."""

from collections.abc import AsyncIterable, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")

MARGIN = timedelta(minutes=2)
"""Events of the last moments before a connection broke may be lost too."""

FARTHEST = timedelta(hours=1)
"""What is older is not looked for: people have moved on."""

MOST = 300
"""So many messages of a place are looked through, the newest of them."""


KNOWN = 15
"""After so many that are on the log nothing before them was missed. One is not enough: what a process that died had in
hand may be logged by another before this looks, and stands between messages that nobody was told of."""


async def missed(
    newest_first: AsyncIterable[T], is_known: Callable[[T], Awaitable[bool]], *, most: int = MOST
) -> list[T]:
    """Return the messages that are not on the log, oldest first, of the last `most` or since enough that are."""
    found: list[T] = []
    known = 0
    async for message in newest_first:
        if len(found) + known >= most or known >= KNOWN:
            break
        if await is_known(message):
            known += 1
        else:
            found.append(message)
    return found[::-1]

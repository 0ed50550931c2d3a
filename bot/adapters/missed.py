"""Tell what was missed while nobody listened: newest first, back to the first message that the log has."""

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


async def missed(
    newest_first: AsyncIterable[T], is_known: Callable[[T], Awaitable[bool]], *, most: int = MOST
) -> list[T]:
    """Return the messages since the last one that is on the log, oldest first.

    What came after the connection was there again must not be among them: it is told of, and may be on the log.
    """
    found: list[T] = []
    async for message in newest_first:
        if len(found) >= most or await is_known(message):
            break
        found.append(message)
    return found[::-1]

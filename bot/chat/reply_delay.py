"""Delay replies, and drop them where a person answers first."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import timedelta


class Waits:
    """Listen to what people write in threads."""

    def __init__(self) -> None:
        self._listening: defaultdict[Hashable, set[asyncio.Event]] = defaultdict(set)

    def note(self, thread: Hashable) -> None:
        """Store that a person wrote in a thread."""
        for event in self._listening.get(thread, ()):
            event.set()

    @contextmanager
    def listening(self, thread: Hashable) -> Iterator[asyncio.Event]:
        """Yield what is set as soon as a person writes in a thread, for the length of the block."""
        event = asyncio.Event()
        self._listening[thread].add(event)
        try:
            yield event
        finally:
            self._listening[thread].discard(event)
            if not self._listening[thread]:
                del self._listening[thread]


async def comes(event: asyncio.Event, *, within: timedelta) -> bool:
    """Wait until an event comes, for so long at most, and tell whether it did."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await event.wait()
    except TimeoutError:
        return False

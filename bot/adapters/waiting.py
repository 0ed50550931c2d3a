"""Hold replies back for a while, and see whether a person answers first."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable
from datetime import timedelta


class Waits:
    """Wait for people to write in threads."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Hashable, set[asyncio.Event]] = defaultdict(set)

    def note(self, thread: Hashable) -> None:
        """Take note that a person wrote in a thread."""
        for event in self._waiting.get(thread, ()):
            event.set()

    async def somebody_writes(self, thread: Hashable, *, within: timedelta) -> bool:
        """Wait until a person writes in a thread, for so long at most, and tell whether one did."""
        event = asyncio.Event()
        self._waiting[thread].add(event)
        try:
            async with asyncio.timeout(within.total_seconds()):
                await event.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting[thread].discard(event)
            if not self._waiting[thread]:
                del self._waiting[thread]
        return True

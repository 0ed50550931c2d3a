"""Leave a mention to the process that Slack told of it as such, where several run.

Slack tells of it as `app_mention` and as `message`, each over any of the connections that there are. To decide about it
in two processes costs twice the time, and only one of them may answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from cachetools import TTLCache

from bot.chat.intake import Settled
from bot.core.models import MessageRef
from bot.errors import DatabaseFullError, DatabaseUnreachableError

# The two events come within a tenth of a second, unless one is lost; the rest is for who is busy to decide.
PATIENCE = timedelta(seconds=1)
_MOST_CAME = 10_000


class MentionEvents:
    """The mentions that this process was told of: those that wait for their own event, and those whose event came."""

    def __init__(self, settled: Settled) -> None:
        self._settled = settled
        self._awaited: dict[MessageRef, asyncio.Event] = {}
        self._came: TTLCache[MessageRef, None] = TTLCache(_MOST_CAME, PATIENCE.total_seconds() * 60)

    def note(self, ref: MessageRef) -> None:
        """Record that the event of a mention has come to this process."""
        self._came[ref] = None
        if (awaited := self._awaited.get(ref)) is not None:
            awaited.set()

    async def await_other(self, ref: MessageRef, step: Callable[[], Awaitable[bool]]) -> bool:
        """Handle a mention that came as a message: at once with its own event, or later unless another process has."""
        if ref in self._came:  # it is ours, and the message tells more, such as who began the thread
            return await step()
        awaited = self._awaited.setdefault(ref, asyncio.Event())
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await awaited.wait()
        except TimeoutError:
            if await self._is_handled(ref):
                return True
        finally:
            self._awaited.pop(ref, None)
        return await step()

    async def _is_handled(self, ref: MessageRef) -> bool:
        try:
            return ref in await self._settled([ref])
        except (DatabaseUnreachableError, DatabaseFullError):
            return False  # the step says what can be said without it

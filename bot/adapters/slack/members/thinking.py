"""Show that the bot is at work: a reaction in channels, a status where Slack shows the bot as an agent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.messenger import MessagePlace
from bot.adapters.slack.calls import FAULTS, error_code

REACTION = "eyes"
STATUS = "is looking that up …"
_log = logging.getLogger(__name__)
_PATIENCE = timedelta(seconds=1)
_HARMLESS = frozenset({"already_reacted", "no_reaction", "message_not_found"})


class Thinking:
    """Show it beside the work, which does not wait for it."""

    def __init__(self, client: AsyncWebClient, *, agent: bool) -> None:
        self._client = client
        self._agent = agent
        self._last: dict[tuple[str, str], asyncio.Task[None]] = {}

    def begin(self, place: MessagePlace, *, thread: str) -> None:
        """Show at a message that it is being worked on."""
        self._follow(place, lambda: self._show(place, thread, STATUS))

    def end(self, place: MessagePlace, *, thread: str) -> None:
        """Show it no longer."""
        self._follow(place, lambda: self._show(place, thread, ""))

    async def finish(self) -> None:
        """Wait a moment until all is shown as it is."""
        if self._last:
            await asyncio.wait(self._last.values(), timeout=_PATIENCE.total_seconds())

    def _follow(self, place: MessagePlace, step: Callable[[], Awaitable[object]]) -> None:
        """Take a step after the last one at the same message."""
        key = (place.channel_id, place.message_id)
        task = asyncio.create_task(_after(self._last.get(key), step))
        self._last[key] = task
        task.add_done_callback(lambda done: self._forget(key, done))

    def _forget(self, key: tuple[str, str], done: asyncio.Task[None]) -> None:
        if self._last.get(key) is done:
            del self._last[key]

    async def _show(self, place: MessagePlace, thread: str, status: str) -> None:
        at = {"channel": place.channel_id, "timestamp": place.message_id}
        if self._agent and place.channel_id.startswith("D"):
            await self._client.assistant_threads_setStatus(channel_id=place.channel_id, thread_ts=thread, status=status)
        elif status:
            await self._client.reactions_add(**at, name=REACTION)
        else:
            await self._client.reactions_remove(**at, name=REACTION)


async def _after(last: asyncio.Task[None] | None, step: Callable[[], Awaitable[object]]) -> None:
    if last is not None:
        await asyncio.wait([last])
    try:
        await step()
    except FAULTS as error:
        if error_code(error) not in _HARMLESS:
            _log.info("Slack did not show that the bot is at work", extra={"fault": error_code(error)})

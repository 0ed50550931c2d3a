"""Pause posting in channels for as long as Slack asks for it, and show that the bot is at work."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from cachetools import TLRUCache
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import FAULTS, error_code
from bot.chat.reply_delay import comes
from bot.chat.tasks import watched
from bot.core.models import MessageRef
from bot.core.wording.outcomes import THINKING

REACTION = "eyes"
PATIENCE = timedelta(milliseconds=300)
"""What is answered sooner shows nothing: Slack takes fewer reactions in a minute than the bot has answers."""

_log = logging.getLogger(__name__)
_AT_THE_END = timedelta(seconds=1)
_HARMLESS = frozenset({"already_reacted", "no_reaction", "message_not_found"})
_LIMIT = 10_000


class SlackThinking:
    """Show it beside the work, which does not wait for it."""

    def __init__(self, client: AsyncWebClient, *, agent: bool, patience: timedelta = PATIENCE) -> None:
        self._client = client
        self._agent = agent
        self._patience = patience
        self._over: dict[tuple[str, str], asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, place: MessageRef, *, thread: str) -> None:
        """Show at a message before long that it is being worked on."""
        self.end(place)
        over = self._over[_key(place)] = asyncio.Event()
        self._start(self._show(place, thread, over))

    def clear(self, place: MessageRef, *, thread: str) -> None:
        """Show no longer what another process showed, which did not live to end it."""
        self._start(self._set(place, thread, ""))

    def end(self, place: MessageRef) -> None:
        """Show it no longer."""
        if (over := self._over.pop(_key(place), None)) is not None:
            over.set()

    async def finish(self) -> None:
        """Wait a moment until all is shown as it is."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_AT_THE_END.total_seconds())

    def _start(self, step: Coroutine[Any, Any, None]) -> None:
        task = watched(step, name="thinking")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show(self, place: MessageRef, thread: str, over: asyncio.Event) -> None:
        if not await comes(over, within=self._patience):
            await self._set(place, thread, str(THINKING))
            await over.wait()
            await self._set(place, thread, "")

    async def _set(self, place: MessageRef, thread: str, status: str) -> None:
        at = {"channel": place.channel_id, "timestamp": place.message_id}
        try:
            if self._agent and place.channel_id.startswith("D"):
                await self._client.assistant_threads_setStatus(
                    channel_id=place.channel_id, thread_ts=thread, status=status
                )
            elif status:
                await self._client.reactions_add(**at, name=REACTION)
            else:
                await self._client.reactions_remove(**at, name=REACTION)
        except FAULTS as error:
            if error_code(error) not in _HARMLESS:
                _log.info("slack.status.failed", extra={"fault": error_code(error)})


def _key(place: MessageRef) -> tuple[str, str]:
    return place.channel_id, place.message_id


class ChannelPauses:
    """Store until when nothing is to be posted in a channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: TLRUCache[str, float] = TLRUCache(_LIMIT, lambda _channel_id, until, _now: until, clock)

    def pause(self, channel_id: str, wait: timedelta) -> None:
        """Post nothing in a channel for a while."""
        self._until[channel_id] = self._clock() + wait.total_seconds()

    def left(self, channel_id: str) -> timedelta:
        """Return for how long nothing is to be posted in a channel."""
        now = self._clock()
        return timedelta(seconds=max(0.0, self._until.get(channel_id, now) - now))

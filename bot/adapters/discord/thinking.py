"""Show that the bot is typing while an answer takes long enough for somebody to wonder."""

import asyncio
import logging
from datetime import timedelta

import discord

from bot.adapters.discord.calls import FAULTS, code_of
from bot.chat.tasks import watched

PATIENCE = timedelta(milliseconds=300)
"""What is answered sooner shows nothing: the sign would come after the answer and stay."""

_log = logging.getLogger(__name__)


class Thinking:
    """Show it beside the work, which does not wait for it."""

    def __init__(self, client: discord.Client, *, patience: timedelta = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, message_id: str, channel_id: int) -> None:
        """Show it in a channel before long."""
        self.end(message_id)
        self._tasks[message_id] = watched(self._show(channel_id), name="thinking")

    def end(self, message_id: str) -> None:
        """Show it no longer."""
        if (task := self._tasks.pop(message_id, None)) is not None:
            task.cancel()

    async def _show(self, channel_id: int) -> None:
        await asyncio.sleep(self._patience.total_seconds())
        try:
            async with self._client.get_partial_messageable(channel_id).typing():
                await asyncio.Event().wait()  # until this is cancelled
        except FAULTS as error:
            _log.info("discord.typing.failed", extra={"code": code_of(error)})

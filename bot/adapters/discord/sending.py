"""Send and change messages in whatever state a channel is: a post that is too new, a thread that is archived."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import discord

from bot.adapters.discord.calls import ARCHIVED, HAS_THREAD, POST_NOT_READY
from bot.adapters.discord.showing.answers import thread_name
from bot.adapters.discord.showing.parts import Message

_A_DAY: Final = 1440
# A post takes no messages until its first one is there, which may be a moment after the event that tells of it.
_BACKOFF = (0.25, 0.5, 1.0, 2.0, 4.0)

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")


class Sender:
    """Send, edit and delete messages, or raise what Discord has against it."""

    def __init__(self, client: discord.Client, *, pause: Pause = asyncio.sleep) -> None:
        self._client = client
        self._pause = pause

    async def send(
        self, where: int, message: Message, *, nonce: str, reference: discord.MessageReference | None = None
    ) -> discord.Message:
        """Send a message, which may say what it replies to; whom that was is not mentioned for it."""
        arguments: dict[str, Any] = {**message.sent, "nonce": nonce}
        if reference is not None:
            arguments |= {"reference": reference, "mention_author": False}
        target = self._client.get_partial_messageable(where)
        for pause in _BACKOFF:
            try:
                return await self._opened(where, lambda: target.send(**arguments))
            except discord.HTTPException as error:
                if error.code != POST_NOT_READY:
                    raise
            await self._pause(pause)
        return await target.send(**arguments)

    async def edit(self, where: int, message_id: int, message: Message) -> None:
        """Replace an earlier message."""
        await self._opened(where, lambda: self.partial(where, message_id).edit(**message.changed))

    async def delete(self, where: int, message_id: int) -> None:
        """Delete a message."""
        await self._opened(where, lambda: self.partial(where, message_id).delete())

    async def make_thread(self, channel_id: int, message_id: int, *, words: str) -> None:
        """Make a thread from a message, unless it has one; it has the id of the message."""
        try:
            await self._client.http.start_thread_with_message(
                channel_id, message_id, name=thread_name(words), auto_archive_duration=_A_DAY
            )
        except discord.HTTPException as error:
            if error.code != HAS_THREAD:
                raise

    def partial(self, where: int, message_id: int) -> discord.PartialMessage:
        """Return a message of which nothing but the place is known."""
        return self._client.get_partial_messageable(where).get_partial_message(message_id)

    async def _opened(self, where: int, step: Callable[[], Awaitable[T]]) -> T:
        """Run a step, unarchiving its thread if needed; one that is locked takes the leave to manage threads."""
        try:
            return await step()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            try:
                await self._client.http.edit_channel(where, archived=False)
            except discord.Forbidden as refused:
                raise error from refused
        return await step()

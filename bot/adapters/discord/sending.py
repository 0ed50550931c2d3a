"""Send and change messages in whatever state a channel is, also such that only one person sees, and show typing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import discord

from bot.adapters.discord.calls import ARCHIVED, FAULTS, POST_NOT_READY, UNKNOWN_MESSAGE, code_of
from bot.adapters.discord.people import DIRECT
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.dialogs import FormModal
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordMessage
from bot.chat.tasks import awaited, watched
from bot.core.models import MessageRef
from bot.core.wording.labels import Words
from bot.core.wording.languages import speaking
from bot.core.wording.outcomes import TOO_SLOW
from bot.core.wording.refusals import NOT_SERVED

# A post takes no messages until its first one is there, which may be a moment after the event that tells of it.
_BACKOFF = (0.25, 0.5, 1.0, 2.0, 4.0)

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")
# Discord says that it knows a nonce for a few minutes.
_REMEMBERED = timedelta(minutes=2)
PATIENCE = timedelta(milliseconds=300)
"""What is answered sooner shows nothing: the sign would come after the answer and stay."""

_log = logging.getLogger(__name__)


class Sender:
    """Send, edit and delete messages, or raise what Discord has against it."""

    def __init__(self, client: discord.Client, *, pause: Pause = asyncio.sleep) -> None:
        self._client = client
        self._pause = pause

    async def send(
        self, where: int, message: DiscordMessage, *, nonce: str, reference: discord.MessageReference | None = None
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

    async def edit(self, where: int, message_id: int, message: DiscordMessage) -> None:
        """Replace an earlier message."""
        await self._opened(where, lambda: self.partial(where, message_id).edit(**message.changed))

    async def is_changed(self, where: int, message_id: int, message: DiscordMessage) -> bool:
        """Replace an earlier message; return whether it is still there."""
        try:
            await self.edit(where, message_id, message)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            return False
        return True

    async def first(self, where: int, is_it: Callable[[discord.Message], bool], **window: Any) -> int | None:  # noqa: ANN401  # of the library
        """Return the id of the first message of the bot in a part of a history that is meant."""
        async for message in self._client.get_partial_messageable(where).history(**window):
            if self._is_own(message) and is_it(message):
                return message.id
        return None

    def _is_own(self, message: discord.Message) -> bool:
        """Return whether a message was said by the bot, and is none that Discord shows where it made a thread."""
        is_said = message.type in {discord.MessageType.default, discord.MessageType.reply}
        return is_said and self._client.user is not None and message.author.id == self._client.user.id

    async def delete(self, where: int, message_id: int) -> None:
        """Delete a message."""
        await self._opened(where, lambda: self.partial(where, message_id).delete())

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


def is_old(place: MessageRef) -> bool:
    """Return whether Discord may have forgotten under which mark a message was replied to."""
    return datetime.now(UTC) - discord.utils.snowflake_time(int(place.message_id)) > _REMEMBERED


def helps(message: discord.Message, asked: discord.Message) -> bool:
    """Return whether a message that came after another one is of another person."""
    return message.id > asked.id and message.author.id != asked.author.id and not message.author.bot


def refers(message: discord.Message, asked: discord.Message) -> bool:
    """Return whether a message replies to another one."""
    return message.reference is not None and message.reference.message_id == asked.id


def belongs(message: discord.Message, place: MessageRef, question_id: str | None) -> bool:
    """Return whether a message of the bot is the reply to a question: it can be pressed for it, or refers to it.

    In the thread that was made from the question, so is what has nothing to press, replies to no other message there
    and calls nobody: it was said while the log was away.
    """
    # A later answer calls who asked, and a call for a person those on call; a reply calls nobody.
    if message.raw_mentions or message.raw_role_mentions:
        return False
    reference = message.reference
    if reference is not None and reference.message_id == int(place.message_id):
        return True
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids = [str(getattr(child, "custom_id", "")) for row in rows for child in row.children]
    if not ids and reference is None and not place.beside and place.thread_id in {None, place.message_id}:
        return True
    return any(question_id in each.split(":") for each in ids)


def thread_of(place: MessageRef) -> int:
    """Return where the reply to a message stands: in the channel itself where it is to stand beside it."""
    if place.workspace_id == DIRECT or place.beside:
        return int(place.channel_id)
    return int(place.thread_id or place.message_id)


def asked_in(place: MessageRef) -> int:
    """Return where a message stands itself."""
    return int(place.thread_id or place.channel_id)


def reference_to(place: MessageRef, where: int) -> discord.MessageReference | None:
    """Return what a reply refers to where others write too: all but in the thread that its question begins."""
    begins = not place.beside and place.thread_id in {None, place.message_id}
    if begins and place.workspace_id != DIRECT:
        return None
    return discord.MessageReference(message_id=int(place.message_id), channel_id=where, fail_if_not_exists=False)


class DiscordThinking:
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


ANSWER_WITHIN = 2.0
"""Seconds after which somebody is answered whatever happens: Discord waits for three, and some go on the way."""


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Acknowledge an interaction, to be answered in private later."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def whisper(interaction: discord.Interaction[Any], message: DiscordMessage | Words) -> discord.Message | None:
    """Answer in private, whether or not Discord waits already; return the message where Discord tells it.

    Plain words may quote people: nothing in them acts as markup.
    """
    words = message if isinstance(message, DiscordMessage) else line(str(message), parts.CONTENT)
    told = DiscordMessage(content=named(words)) if isinstance(words, str) else words
    if interaction.response.is_done():
        return await interaction.followup.send(ephemeral=True, wait=True, **told.sent)
    await interaction.response.send_message(ephemeral=True, **told.sent)
    return None


async def ask(interaction: discord.Interaction[Any], making: Coroutine[Any, Any, FormModal | Words]) -> None:
    """Show somebody a form, or tell them the words that come in its place.

    Discord shows no form later on to whom it had wait: where it takes too long to make, they are told to try again.
    """
    task = awaited(making, name="form")
    in_time = await comes_in_time(task)
    if not in_time:
        await whisper(interaction, TOO_SLOW)
    found = await task
    if not isinstance(found, FormModal):
        await whisper(interaction, found)
    elif in_time:
        await interaction.response.send_modal(found)


async def turn_away(interaction: discord.Interaction[Any]) -> None:
    """Reply that the bot does not work in this server, and nothing else."""
    with suppress(*FAULTS), speaking(str(interaction.locale)):  # without the reply the user sees that nothing happens
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await interaction.response.send_message(str(NOT_SERVED), ephemeral=True)


async def comes_in_time(task: asyncio.Task[Any], *, within: float | None = None) -> bool:
    """Return whether something is done in `ANSWER_WITHIN` or so many seconds; it is not cut off where it is not."""
    in_time, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN if within is None else within)
    return bool(in_time)

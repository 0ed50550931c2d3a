"""Listen to messages that people write, edit and delete."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.members.leaks import tell_moderators
from bot.adapters.discord.members.questions import author_answered, read
from bot.adapters.discord.people import is_answered
from bot.adapters.discord.places import PLATFORM, spot_of, workspace_of
from bot.chat.guard import guard, take_edit
from bot.core.models import MessageRef, Mode
from bot.service.claims import Kind, Spooled
from bot.service.conversations import YOUNG
from bot.service.deliveries import NotSent


def register(bot: DiscordBot) -> None:
    """Listen to messages."""

    async def on_message(message: discord.Message) -> None:
        if is_answered(message, bot.options, own_id=bot.own_id):
            bot.heard(message)
            if is_help(message):
                bot.conversation.heard(_answered_spot(message))
            bot.intake.take(Kind.WRITTEN, spot_of(message.channel, message.id), partial(take, bot, message))

    async def on_raw_message_edit(payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        has_words = bool(message.content) and message.edited_at is not None
        if has_words and is_answered(message, bot.options, own_id=bot.own_id):
            bot.intake.take(Kind.EDITED, spot_of(message.channel, message.id), partial(_take_edit, bot, message))

    async def on_raw_message_delete(payload: discord.RawMessageDeleteEvent) -> None:
        _forget(bot, payload.guild_id, payload.channel_id, payload.message_id)

    async def on_raw_bulk_message_delete(payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in sorted(payload.message_ids):
            _forget(bot, payload.guild_id, payload.channel_id, message_id)

    bot.intake.read_by(partial(_redo, bot))
    for listener in (on_message, on_raw_message_edit, on_raw_message_delete, on_raw_bulk_message_delete):
        bot.event(listener)


async def take(bot: DiscordBot, message: discord.Message, *, late: bool = False) -> None:
    """Answer a message as its channel is set; one that comes too late is logged and not answered."""
    question, settings = await read(bot, message)
    if question is not None:
        settings = replace(settings, mode=Mode.SHADOW) if late and settings.mode is not Mode.OFF else settings
        await bot.conversation.receive(question, settings)
        await guard(bot.apps, question, settings, partial(tell_moderators, bot, message))


async def _redo(bot: DiscordBot, spooled: Spooled) -> NotSent | None:
    """Handle a message of which only the place is known, as it now reads."""
    spot = spooled.ref
    if spooled.kind is Kind.DELETED:
        await bot.conversation.deleted(spot)
        return None
    message = await bot.messenger.read(spot)
    if isinstance(message, NotSent):
        return message
    if spooled.kind is Kind.EDITED:
        await _take_edit(bot, message)
    else:
        await take(bot, message, late=message.created_at < datetime.now(UTC) - YOUNG)
    return None


async def _take_edit(bot: DiscordBot, message: discord.Message) -> None:
    question, settings = await read(bot, message)
    if question is not None:
        await take_edit(bot.conversation, question, settings)
        await guard(bot.apps, question, settings, partial(tell_moderators, bot, message))


def _forget(bot: DiscordBot, guild_id: int | None, channel_id: int, message_id: int) -> None:
    guild = None if guild_id is None else bot.get_guild(guild_id)
    # Channels are all known; what is not one is a thread, which may be archived and not known any more.
    in_channel = guild is None or guild.get_channel(channel_id) is not None
    thread_id = None if in_channel else str(channel_id)
    spot = MessageRef(
        platform=PLATFORM,
        workspace_id=workspace_of(guild_id),
        channel_id=str(channel_id),
        thread_id=thread_id,
        message_id=str(message_id),
    )
    if bot.has_store(guild_id):
        bot.intake.take(Kind.DELETED, spot, partial(bot.conversation.deleted, spot))


def is_help(message: discord.Message) -> bool:
    """Return whether somebody writes to somebody else, and not on to what they wrote themselves."""
    thread = message.channel
    if isinstance(thread, discord.Thread):
        return message.author.id != thread.owner_id
    return author_answered(message) not in {None, message.author.id}


def _answered_spot(message: discord.Message) -> MessageRef:
    """Return a message as one in the thread of what it replies to, whether or not there is a thread."""
    spot = spot_of(message.channel, message.id)
    if spot.thread_id is not None or message.reference is None:
        return spot
    return replace(spot, thread_id=str(message.reference.message_id))

"""Listen to messages that people write, edit and delete, and read those that came as no event.

These were written before the start, or when a session was lost.
"""

import logging
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.calls import FAULTS, tell, trouble
from bot.adapters.discord.hearing import read
from bot.adapters.discord.people import PLATFORM, is_answered, spot_of, workspace_of
from bot.adapters.discord.reading import author_answered, words_at
from bot.chat.addressing import guard, read_again, take_edit
from bot.chat.intake import LEFT
from bot.chat.outages import LONGEST, MOST_MESSAGES, BacklogReading, missed
from bot.core.models import MessageRef, Mode
from bot.errors import FaqbotError
from bot.service.claims import Spooled, SpooledKind
from bot.service.conversations import YOUNG
from bot.service.deliveries import FOR_GOOD, NotSent

_MOST_THREADS = 20
# Discord or the database may be away just when the bot is back.
_AGAIN = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900))
_log = logging.getLogger(__name__)
NAME = "catch up"
"""The name of the work."""

Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
ReadStep = Callable[[], Coroutine[Any, Any, None]]


def register(bot: DiscordBot) -> None:
    """Listen to messages, and read those that were missed whenever a shard connects."""
    _register_messages(bot)
    _register_catch_up(bot)


def _register_messages(bot: DiscordBot) -> None:
    """Listen to messages."""

    async def on_message(message: discord.Message) -> None:
        if is_answered(message, bot.options, own_id=bot.own_id):
            bot.heard(message)
            if is_help(message):
                bot.responder.heard(_answered_spot(message))
            spot = spot_of(message.channel, message.id)
            bot.intake.take(SpooledKind.WRITTEN, spot, partial(take, bot, message), says=message.content)

    async def on_raw_message_edit(payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        has_words = bool(message.content) and message.edited_at is not None
        if has_words and is_answered(message, bot.options, own_id=bot.own_id):
            step, says = partial(_take_edit, bot, message), (message.content, message.edited_at)
            bot.intake.take(SpooledKind.EDITED, spot_of(message.channel, message.id), step, says=says)

    async def on_raw_message_delete(payload: discord.RawMessageDeleteEvent) -> None:
        _forget(bot, payload.guild_id, payload.channel_id, payload.message_id)

    async def on_raw_bulk_message_delete(payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in sorted(payload.message_ids):
            _forget(bot, payload.guild_id, payload.channel_id, message_id)

    bot.intake.read_by(partial(_redo, bot), settled=bot.responder.settled, recover=bot.responder.recover_from)
    for listener in (on_message, on_raw_message_edit, on_raw_message_delete, on_raw_bulk_message_delete):
        bot.event(listener)


async def take(bot: DiscordBot, message: discord.Message, *, late: bool = False) -> bool:
    """Answer a message as its channel is set; one that comes too late is logged and not answered.

    Return whether nothing is left to be done when it comes again.
    """
    question, settings = await read(bot, message)
    if question is None:
        return True
    settings = replace(settings, mode=Mode.SHADOW) if late and settings.mode is not Mode.OFF else settings
    await bot.responder.receive(question, settings)
    await read_again(bot.responder, question, partial(words_at, bot))
    return await guard(bot.apps, question, settings, partial(_tell_moderators, bot, message))


async def _redo(bot: DiscordBot, spooled: Spooled) -> NotSent | None:
    """Handle a message of which only the place is known, as it now reads."""
    spot = spooled.ref
    if spooled.kind is SpooledKind.DELETED:
        await bot.responder.deleted(spot)
        return None
    message = await bot.messenger.read(spot)
    if isinstance(message, NotSent):
        return message
    if spooled.kind is SpooledKind.EDITED:
        done = await _take_edit(bot, message)
    else:
        done = await take(bot, message, late=message.created_at < datetime.now(UTC) - YOUNG)
    return None if done else LEFT


async def _take_edit(bot: DiscordBot, message: discord.Message) -> bool:
    question, settings = await read(bot, message, edited=True)
    if question is None:
        return True
    await take_edit(bot.responder, question, settings)
    return await guard(bot.apps, question, settings, partial(_tell_moderators, bot, message))


async def _tell_moderators(bot: DiscordBot, message: discord.Message, *, may_delete: bool) -> bool:
    """Delete a message with a secret, where the bot is to and may; tell the moderators which it was."""
    deleted = may_delete and bot.options.delete_secrets and await _is_deleted(message)
    return await bot.review_channel.tell_of_secret(message, deleted=deleted)


async def _is_deleted(message: discord.Message) -> bool:
    try:
        await message.delete()
    except discord.NotFound:
        return True
    except FAULTS as error:
        tell(error, message.channel, channel_id=message.channel.id, also="manage_messages")
        return False
    return True


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
        bot.intake.take(SpooledKind.DELETED, spot, partial(bot.responder.deleted, spot))


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


def _register_catch_up(bot: DiscordBot) -> None:
    """Register the catch-up for new connections; where Discord resumes a session, it sends the missed events itself."""

    async def on_shard_connect(shard_id: int) -> None:
        bot.live[shard_id] = set()
        bot.heard_by(shard_id).lost()

    async def on_shard_ready(shard_id: int) -> None:
        bot.work.start(catch_up(bot, shard_id), name=NAME)
        bot.later(partial(_forget_live, bot, shard_id), after=LONGEST, name="forget")

    for listener in (on_shard_connect, on_shard_ready):
        bot.event(listener)


async def catch_up(bot: DiscordBot, shard_id: int) -> None:
    """Handle messages that are not in the log, in channels that the bot listens to; channels fail one by one."""
    bot.intake.adopt()
    reading = bot.heard_by(shard_id).reading()
    for guild in bot.guilds:
        if guild.shard_id == shard_id and bot.servers.serves(guild.id):
            reading.begin_part()
            await _try(bot, reading, partial(_read_guild, bot, guild, reading), guild.id)
    reading.end_part()


async def _read_guild(bot: DiscordBot, guild: discord.Guild, reading: BacklogReading) -> None:
    channels = [guild.get_channel(channel_id) for channel_id in await _listened_to(bot, guild)]
    open_threads = [thread for channel in channels for thread in getattr(channel, "threads", ())]
    lively = await _lively(bot, guild, open_threads, reading.since)
    for channel in channels:
        for place in _places(channel, lively):
            reading.begin_part()
            await _try(bot, reading, partial(_read, bot, place, reading.since), place.id)
        if isinstance(channel, discord.TextChannel | discord.ForumChannel):
            reading.begin_part()
            await _try(bot, reading, partial(_read_archived, bot, channel, reading), channel.id)


async def _read_archived(
    bot: DiscordBot, channel: discord.TextChannel | discord.ForumChannel, reading: BacklogReading
) -> None:
    """Read threads that were archived after somebody wrote in them; a new connection hears of the open ones alone."""
    archived = [thread async for thread in channel.archived_threads(limit=_MOST_THREADS)]
    for thread in await _lively(bot, channel.guild, archived, reading.since):
        reading.begin_part()
        await _try(bot, reading, partial(_read, bot, thread, reading.since), thread.id)


async def _lively(
    bot: DiscordBot, guild: discord.Guild, threads: Sequence[discord.Thread], since: datetime
) -> Sequence[discord.Thread]:
    """Return the threads in which somebody wrote after a time, and the bot did not have the last word; latest first."""
    first = discord.utils.time_snowflake(since)
    late = [thread for thread in threads if (thread.last_message_id or 0) > first]
    said = await bot.responder.said(PLATFORM, workspace_of(guild.id), [str(thread.last_message_id) for thread in late])
    return sorted(
        (thread for thread in late if str(thread.last_message_id) not in said),
        key=lambda thread: thread.last_message_id or 0,
        reverse=True,
    )


async def _try(bot: DiscordBot, reading: BacklogReading, step: ReadStep, place_id: int, *, tries: int = 0) -> None:
    """Read a place; where that fails, read it again later, unless there is no use in it."""
    if not await _is_left(bot, reading, step, place_id, tries=tries):
        reading.end_part()


async def _is_left(bot: DiscordBot, reading: BacklogReading, step: ReadStep, place_id: int, *, tries: int) -> bool:
    try:
        await step()
    except (*FAULTS, FaqbotError) as error:
        wait = timedelta()
        if isinstance(error, FaqbotError):
            facts = {"channel_id": str(place_id), "fault": type(error).__name__}
            _log.warning("discord.catch_up.failed", extra=facts)
        else:
            tell(error, bot.get_channel(place_id), channel_id=place_id)
            fault = trouble(error)
            if fault.fault in FOR_GOOD:
                return False
            wait = fault.wait
        if tries == len(_AGAIN):
            _log.error("discord.catch_up.given_up", extra={"channel_id": str(place_id)})
            return False
        again = partial(_try, bot, reading, step, place_id, tries=tries + 1)
        bot.later(again, after=max(wait, _AGAIN[tries]), name=NAME)
        return True
    return False


async def _listened_to(bot: DiscordBot, guild: discord.Guild) -> list[int]:
    here = (PLATFORM, workspace_of(guild.id))
    async with bot.apps.use(workspace_of(guild.id)) as app:
        known = await app.channels.list()
    on = [one.place for one in known if one.settings.mode is not Mode.OFF]
    return [int(place.channel_id) for place in on if (place.platform, place.workspace_id) == here]


def _places(channel: object, lively: Sequence[discord.Thread]) -> Iterator[Readable]:
    """Yield a channel and some of its lively threads."""
    if isinstance(channel, discord.TextChannel | discord.VoiceChannel | discord.StageChannel):
        yield channel
    if isinstance(channel, discord.TextChannel | discord.ForumChannel):
        yield from [thread for thread in lively if thread.parent_id == channel.id][:_MOST_THREADS]


async def _read(bot: DiscordBot, place: Readable, since: datetime) -> None:
    live = bot.live.get(place.guild.shard_id, set())
    there = await missed(
        place.history(limit=MOST_MESSAGES, after=since, oldest_first=False),
        unknown=partial(_unknown, bot),
        is_live=lambda message: message.id in live,
        most=MOST_MESSAGES,
    )
    written = [one for one in there if is_answered(one, bot.options, own_id=bot.own_id)]
    helped = {one.reference.message_id for one in written if one.reference is not None and is_help(one)}
    for message in written:
        bot.heard(message)
        old = message.created_at < datetime.now(UTC) - YOUNG
        if old:
            _log.info("discord.catch_up.message_too_old", extra={"message_id": str(message.id)})
        step = partial(take, bot, message, late=old or message.id in helped)
        bot.intake.take(SpooledKind.WRITTEN, spot_of(message.channel, message.id), step, says=message.content)


async def _unknown(bot: DiscordBot, messages: Sequence[discord.Message]) -> list[discord.Message]:
    """Return those of some messages that are not on the log."""
    spots = [spot_of(message.channel, message.id) for message in messages]
    known = await bot.responder.known(spots)
    return [message for message, where in zip(messages, spots, strict=True) if where not in known]


async def _forget_live(bot: DiscordBot, shard_id: int) -> None:
    """Drop the ids of live messages of a shard: what was missed before them is read."""
    bot.live.pop(shard_id, None)

"""Take what was written while nobody listened: before the start, and when a session was lost with its events."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.calls import FAULTS, tell
from bot.adapters.discord.members.asking import is_help, take
from bot.adapters.discord.people import is_answered
from bot.adapters.discord.places import PLATFORM, spot_of, workspace_of
from bot.core.models import Mode
from bot.service.conversing import YOUNG
from bot.service.spool import Kind

# Events of the last moments before a connection broke may be lost too.
_SLACK = timedelta(minutes=2)
_LONGEST = timedelta(hours=1)
_MOST_MESSAGES = 100
_MOST_THREADS = 20
_log = logging.getLogger(__name__)
Readable = discord.TextChannel | discord.Thread


def register(bot: DiscordBot) -> None:
    """Listen to connections that come and go."""
    gone: dict[int, datetime] = {}

    async def on_shard_disconnect(shard_id: int) -> None:
        gone.setdefault(shard_id, datetime.now(UTC))

    async def on_shard_resumed(shard_id: int) -> None:
        gone.pop(shard_id, None)  # Discord tells what was missed

    async def on_shard_ready(shard_id: int) -> None:
        now = datetime.now(UTC)
        since = gone.pop(shard_id, now - YOUNG) - _SLACK
        bot.work.start(catch_up(bot, shard_id, since=max(since, now - _LONGEST)), name="catch up")

    for listener in (on_shard_disconnect, on_shard_resumed, on_shard_ready):
        bot.event(listener)


async def catch_up(bot: DiscordBot, shard_id: int, *, since: datetime) -> None:
    """Take the messages after a time in the channels that the bot listens to; what is on the log stays as it is."""
    for guild in bot.guilds:
        if guild.shard_id == shard_id and (bot.has_direct or workspace_of(guild.id) in bot.apps.stores()):
            for channel_id in await _listened_to(bot, guild):
                for place in _places(guild.get_channel(channel_id), since):
                    await _read(bot, place, since)


async def _listened_to(bot: DiscordBot, guild: discord.Guild) -> list[int]:
    here = (PLATFORM, workspace_of(guild.id))
    async with bot.apps.use(workspace_of(guild.id)) as app:
        known = await app.channels.list()
    on = [one.place for one in known if one.settings.mode is not Mode.OFF]
    return [int(place.channel_id) for place in on if (place.platform, place.workspace_id) == here]


def _places(channel: object, since: datetime) -> Iterator[Readable]:
    """Yield a channel and those of its threads in which somebody wrote after a time, the latest first."""
    if isinstance(channel, discord.TextChannel):
        yield channel
    if isinstance(channel, discord.TextChannel | discord.ForumChannel):
        first = discord.utils.time_snowflake(since)
        lively = [thread for thread in channel.threads if (thread.last_message_id or 0) > first]
        yield from sorted(lively, key=lambda thread: thread.last_message_id or 0, reverse=True)[:_MOST_THREADS]


async def _read(bot: DiscordBot, place: Readable, since: datetime) -> None:
    try:
        there = [one async for one in place.history(limit=_MOST_MESSAGES, after=since, oldest_first=True)]
    except FAULTS as error:
        tell(error, place, channel_id=place.id)
        return
    written = [one for one in there if is_answered(one, bot.options, own_id=bot.own_id)]
    helped = {one.reference.message_id for one in written if one.reference is not None and is_help(one)}
    for message in written:
        bot.heard(message)
        if await _is_known(bot, message):
            continue
        old = message.created_at < datetime.now(UTC) - YOUNG
        if old:
            _log.info("A message is too old to be answered", extra={"message_id": str(message.id)})
        step = partial(take, bot, message, late=old or message.id in helped)
        bot.intake.take(Kind.WRITTEN, spot_of(message.channel, message.id), step)


async def _is_known(bot: DiscordBot, message: discord.Message) -> bool:
    """Tell whether a message is on the log; if its reply is not sent, that is seen to elsewhere."""
    spot = spot_of(message.channel, message.id)
    async with bot.apps.use(spot.workspace_id) as app:
        known = await app.conversing.why(
            platform=spot.platform, workspace_id=spot.workspace_id, message_id=spot.message_id
        )
    return known is not None

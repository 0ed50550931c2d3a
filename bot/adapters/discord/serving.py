"""Assemble the bot for Discord, and run it until it is told to stop, restarting it after each failure."""

import asyncio
import logging
from contextlib import closing
from datetime import timedelta

import discord

from bot.adapters.discord.bot import READY_TIMEOUT, DiscordBot
from bot.adapters.discord.calls import is_outage, reason_of, shorten_tracebacks, wait_wanted
from bot.adapters.discord.gate import Servers
from bot.adapters.discord.members import buttons, commands, consents, messages, own_data, solutions, stale_threads
from bot.adapters.discord.moderators import accepting, entries, grading, held, permission, review, settings
from bot.adapters.discord.moderators import commands as moderator_commands
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import PLATFORM
from bot.chat.apps import Apps
from bot.chat.tasks import awaited, comes, ended
from bot.errors import PlatformRefusedError, ServersUnclearError, SettingsError, TokenRefusedError
from bot.service.claims import Spool

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)
# A process that is told to stop has ten seconds, of which most are for running work.
_GOODBYE = timedelta(seconds=2.5)
_INTENT = (
    "switch Message Content Intent on in the Developer Portal (Bot, Privileged Gateway Intents), "
    "or set FAQBOT_DISCORD_MESSAGE_CONTENT=false"
)
_TOKEN, _UNKNOWN = "discord_token", "Discord does not know it"
_SHARDS = "set FAQBOT_DISCORD_SHARD_COUNT to what all processes together have, and FAQBOT_DISCORD_SHARD_IDS below it"
# How the gateway closes a connection that it will not have.
_CLOSED_FOR_GOOD = {
    4010: ("the shard is wrong", _SHARDS),
    4011: ("the bot is in so many servers that it needs shards", _SHARDS),
    4013: ("the intents are wrong", _INTENT),
    4014: ("the intents are not allowed", _INTENT),
}
_AREAS = (
    messages,
    commands,
    buttons,
    solutions,
    consents,
    stale_threads,
    own_data,
    review,
    held,
    grading,
    permission,
    settings,
    moderator_commands,
    accepting,
    entries,
)


async def serve(
    options: DiscordOptions, apps: Apps, *, stop: asyncio.Event, ready_timeout: float = READY_TIMEOUT
) -> None:
    """Answer on Discord until told to stop; what Discord will not have for good is raised."""
    _tell_what_is_off(options)
    shorten_tracebacks()
    with closing(Spool(options.spool, PLATFORM)) as spool:
        await _serve(options, apps, spool, stop=stop, ready_timeout=ready_timeout)


async def _serve(
    options: DiscordOptions, apps: Apps, spool: Spool, *, stop: asyncio.Event, ready_timeout: float
) -> None:
    servers, pause = Servers(options), _FIRST_PAUSE  # who is served is settled once, whatever ends a client
    while not stop.is_set():
        bot = assemble(options, apps, spool, ready_timeout=ready_timeout, servers=servers)
        fault = await _live(bot, options.token, stop)
        if stop.is_set() and fault is None:
            return
        _raise_if_for_good(fault)
        pause = _FIRST_PAUSE if bot.was_ready else min(2 * pause, _LONGEST_PAUSE)
        wait = max(pause, wait_wanted(fault))
        _tell_ended(fault, wait)
        await comes(stop, within=wait)


def assemble(
    options: DiscordOptions,
    apps: Apps,
    spool: Spool,
    *,
    ready_timeout: float = READY_TIMEOUT,
    servers: Servers | None = None,
) -> DiscordBot:
    """Return a bot that has all its listeners and is not connected yet."""
    bot = DiscordBot(options, apps, spool, ready_timeout=ready_timeout, servers=servers)
    for area in _AREAS:
        area.register(bot)
    return bot


async def _live(bot: DiscordBot, token: str, stop: asyncio.Event) -> BaseException | None:
    """Run a client until it ends or is told to stop; return what ended it."""
    running = awaited(bot.start(token), name="discord")
    stopping = awaited(stop.wait(), name="stop")
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await bot.work.finish()
    finally:
        stopping.cancel()
        await _leave(bot)
        await ended(running)
    return None if running.cancelled() else running.exception()


async def _leave(bot: DiscordBot) -> None:
    """Close a client; a server that does not answer any more is not waited for."""
    try:
        async with asyncio.timeout(_GOODBYE.total_seconds()):
            await bot.close()
    except TimeoutError:
        _log.warning("discord.close.timed_out")
        await bot.http.close()


def _tell_ended(fault: BaseException | None, wait: timedelta) -> None:
    if fault is not None and is_outage(fault):
        _log.warning("discord.connection.ended", extra={"wait": wait, "reason": reason_of(fault)})
    else:
        _log.error("discord.connection.ended", extra={"wait": wait}, exc_info=fault)


def _raise_if_for_good(fault: BaseException | None) -> None:
    """Raise what no further try can mend, in words that say what can."""
    match fault:
        case ServersUnclearError() | SettingsError():
            raise fault
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            raise TokenRefusedError(_TOKEN, _UNKNOWN) from fault
        case discord.PrivilegedIntentsRequired():
            raise PlatformRefusedError(PLATFORM, *_CLOSED_FOR_GOOD[4014]) from fault
        case discord.ConnectionClosed(code=code) if code in _CLOSED_FOR_GOOD:
            raise PlatformRefusedError(PLATFORM, *_CLOSED_FOR_GOOD[code]) from fault


def _tell_what_is_off(options: DiscordOptions) -> None:
    if not options.message_content:
        reads = "mentions, direct messages and titles of posts"
        _log.warning("discord.message_content.off", extra={"reads_only": reads})

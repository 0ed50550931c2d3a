"""Read what Discord says when it does not do what it was asked to, and log an outage in one line."""

import logging
from datetime import timedelta
from http import HTTPStatus

import aiohttp
import discord

from bot.adapters.discord.client import wait_of
from bot.service.deliveries import Fault, NotSent

_log = logging.getLogger(__name__)
FAULTS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""What a request can end with."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
POST_NOT_READY = 40058
ARCHIVED = 50083
_LOCKED = 160005
HAS_THREAD = 160004
_UNKNOWN_GUILD = 10004
_GONE = frozenset({UNKNOWN_CHANNEL, _UNKNOWN_GUILD, UNKNOWN_MESSAGE})
# What Discord takes again after a while: limits on writing, editing and open threads, and its own overload.
_PASSING = frozenset({POST_NOT_READY, 20016, 20022, 20028, 20029, 30046, 40006, 40062, 130000, 160006, 160007})
NEEDED = {
    "view_channel": "View Channel",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
}
"""What the bot needs in a channel, by the names that the settings of a server show."""
FOR_SOME = {
    "manage_threads": "Manage Threads",
    "manage_messages": "Manage Messages",
    "send_messages": "Send Messages",
}
"""What it needs besides where some settings are used."""
_OUTAGES = (*FAULTS, discord.GatewayNotFound, discord.ConnectionClosed)
_FOR_THREADS = frozenset({NEEDED["create_public_threads"], NEEDED["send_messages_in_threads"]})
# The library tries again by itself, and shows a traceback each time.
_LOGGERS = ("discord.client", "discord.gateway", "discord.shard")


def code_of(error: Exception) -> int:
    """Return the number that Discord gives an error, 0 where it gives none."""
    return error.code if isinstance(error, discord.HTTPException) else 0


def trouble(error: Exception) -> NotSent:
    """Return why a message was not taken, and whether to try again."""
    if (wait := wait_of(error)) is not None:
        return NotSent(Fault.BUSY, timedelta(seconds=wait))
    if not is_said_by_discord(error):
        return NotSent(Fault.UNREACHABLE)
    if code_of(error) in _PASSING:
        return NotSent(Fault.BUSY)
    return NotSent(Fault.GONE if code_of(error) in _GONE else Fault.REFUSED)


def is_said_by_discord(error: Exception) -> bool:
    """Return whether Discord itself refuses: what stands between gives no code, nor does a server that is not well."""
    return bool(code_of(error)) and getattr(error, "status", 0) < HTTPStatus.INTERNAL_SERVER_ERROR


def missing(channel: object, *, also: str | None = None) -> tuple[str, ...]:
    """Return which permissions the bot lacks in a channel, as far as that is known; `also` is one for a purpose."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return ()
    has = channel.permissions_for(channel.guild.me)
    needed = NEEDED | ({also: FOR_SOME[also]} if also else {})
    return tuple(shown for name, shown in needed.items() if not getattr(has, name))


def lacks_threads(channel: object) -> tuple[str, ...]:
    """Return which permissions the bot lacks to answer in a thread, where it can answer in the channel instead."""
    lacks = missing(channel, also="send_messages")
    return () if FOR_SOME["send_messages"] in lacks else tuple(each for each in lacks if each in _FOR_THREADS)


def tell(error: Exception, channel: object, *, channel_id: int, also: str | None = None) -> None:
    """Log what Discord refused, and what the bot lacks for it."""
    facts: dict[str, object] = {"channel_id": str(channel_id), "code": code_of(error)}
    if code_of(error) in {ARCHIVED, _LOCKED}:
        _log.warning("discord.thread.locked", extra=facts | {"lacks": (FOR_SOME["manage_threads"],)})
    elif isinstance(error, discord.Forbidden):
        _log.warning("discord.call.forbidden", extra=facts | {"lacks": missing(channel, also=also)})
    else:
        _log.warning("discord.call.failed", extra=facts | {"fault": type(error).__name__})


def is_outage(fault: BaseException | None) -> bool:
    """Return whether a fault is that of the network or of Discord, and no mistake in the program."""
    return isinstance(fault, _OUTAGES)


def reason_of(fault: BaseException) -> str:
    """Return a fault in one line."""
    return f"{type(fault).__name__}: {fault}".splitlines()[0].removesuffix(": ")


def wait_wanted(fault: BaseException | None) -> timedelta:
    """Return how long Discord wants to be left alone after a fault."""
    return trouble(fault).wait if isinstance(fault, FAULTS) else timedelta()


class InOneLine(logging.Filter):
    """Replace the traceback of an outage by its reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True, replacing the traceback of an outage by its reason."""
        fault = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if fault is not None and is_outage(fault):
            record.exc_info = None
            record.reason = reason_of(fault)
        return True


_IN_ONE_LINE = InOneLine()


def shorten_tracebacks() -> None:
    """Filter the library's tracebacks of outages."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_IN_ONE_LINE)  # a second time changes nothing

"""Drop the events of servers that are not served: with one store for all, adding the bot elsewhere must gain nothing.

Malformed events and repeated interactions are dropped, too.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import discord

from bot.adapters.discord.options import DiscordOptions
from bot.chat.outages import Recent
from bot.errors import ServersUnclearError, SettingsError

_log = logging.getLogger(__name__)
_REVIEW_CHANNEL = "FAQBOT_DISCORD_REVIEW_CHANNEL"
# More ids than this help nobody to choose among them.
_MOST = 200
_READY, _INTERACTION = "READY", "INTERACTION_CREATE"
_OF_SERVERS = frozenset({"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"})
"""The events whose id is that of the server."""

Parse = Callable[[Any], None]


class Servers:
    """The ids of the servers that are served; none until they are settled.

    They are settled once for the life of the process: a server that the bot is added to later is not served.
    """

    def __init__(self, options: DiscordOptions) -> None:
        self._listed = options.servers
        self._review_channel = options.review_channel
        self._served: frozenset[int] | None = frozenset()
        self._is_settled = False
        self._told = Recent()

    async def settle(self, client: discord.Client, *, separate: bool) -> None:
        """Find out which they are; `separate` says that each server has a store of its own, so that all may be."""
        if not self._is_settled:
            self._served = await self._settled(client, separate=separate)
            self._is_settled = True

    def serves(self, guild_id: int | None) -> bool:
        """Return whether a server is served; direct messages belong to none, and are."""
        return guild_id is None or self._served is None or guild_id in self._served

    def lets_in(self, guild_id: int | None) -> bool:
        """Return whether an event of a server is let in; that one is not served is logged once."""
        if self.serves(guild_id):
            return True
        if self._told.is_new(str(guild_id)):
            _log.warning("discord.server.not_served", extra={"server_id": guild_id})
        return False

    async def _settled(self, client: discord.Client, *, separate: bool) -> frozenset[int] | None:
        """Return the servers, None for all: those listed, else that of the review channel, else the only one."""
        if separate and not self._listed:
            return None
        home = None if self._review_channel is None else await _server_of(client, self._review_channel)
        if self._listed:
            if home is not None and home not in self._listed:
                raise SettingsError(_REVIEW_CHANNEL, "a channel of a server in FAQBOT_DISCORD_SERVERS")
            return self._listed
        if self._review_channel is None:
            return await _only_server(client)
        if home is None:
            expected = (
                "the id of a channel that the bot can view, since its server is served; or FAQBOT_DISCORD_SERVERS"
            )
            raise SettingsError(_REVIEW_CHANNEL, expected, str(self._review_channel))
        return frozenset({home})


async def _server_of(client: discord.Client, channel_id: int) -> int | None:
    """Return the server of a channel, None where Discord does not show the channel to the bot."""
    try:
        channel = await client.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return None if isinstance(channel, discord.abc.PrivateChannel) else channel.guild.id


async def _only_server(client: discord.Client) -> frozenset[int]:
    found = frozenset([guild.id async for guild in client.fetch_guilds(limit=_MOST, with_counts=False)])
    if len(found) > 1:
        raise ServersUnclearError(tuple(sorted(found)))
    if not found:
        remedy = "invite the bot and start it again, or set FAQBOT_DISCORD_SERVERS before"
        _log.warning("discord.server.none", extra={"remedy": remedy})
    return found


def guard_events(client: discord.Client, servers: Servers, *, turn_away: Parse) -> None:
    """Make a client ignore other servers, survive malformed events, and handle each interaction once.

    Nothing of another server gets past here, so no listener has to look; `turn_away` is given its interactions.
    Without READY there is no session to speak of: when that cannot be read, its fault ends the client.
    """
    parsers: dict[str, Parse] = client._connection.parsers  # noqa: SLF001  # the library has no other way in
    for name, parse in list(parsers.items()):
        stranger = turn_away if name == _INTERACTION else _ignore
        let_in = partial(_let_in, servers, name, parse, stranger)
        parsers[name] = let_in if name == _READY else partial(_survive, name, let_in)
    parsers[_INTERACTION] = partial(_take_once, Recent(), parsers[_INTERACTION])


def server_of(name: str, event: Any) -> int | None:  # noqa: ANN401  # whatever JSON can hold
    """Return the server that an event comes from, None where it is of none, as in a direct message."""
    places = (event.get("guild_id"), (event.get("guild") or {}).get("id"), (event.get("channel") or {}).get("guild_id"))
    found = event["id"] if name in _OF_SERVERS else next(filter(None, places), None)
    return None if found is None else int(found)


def _let_in(servers: Servers, name: str, parse: Parse, stranger: Parse, event: Any) -> None:  # noqa: ANN401  # as above
    if name == _READY:
        parse({**event, "guilds": [guild for guild in event["guilds"] if servers.lets_in(int(guild["id"]))]})
    elif not isinstance(event, dict) or servers.lets_in(server_of(name, event)):
        parse(event)
    else:
        stranger(event)


def _ignore(event: Any) -> None:  # noqa: ANN401  # as above
    """Ignore an event."""


def _survive(name: str, parse: Parse, event: Any) -> None:  # noqa: ANN401  # as above
    """Read an event; one that cannot be read is lost, and all others are not."""
    try:
        parse(event)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        _log.warning("discord.event.unreadable", extra={"event_name": name, "fault": type(error).__name__})


def _take_once(seen: Recent, parse: Parse, event: Any) -> None:  # noqa: ANN401  # as above
    known = event.get("id") if isinstance(event, dict) else None
    if known is None or seen.is_new(str(known)):
        parse(event)

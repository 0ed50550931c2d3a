"""Filter gateway events: drop those of other servers, malformed ones, and repeated interactions."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import discord

from bot.adapters.discord.servers import Servers
from bot.chat.recent import Recent

_log = logging.getLogger(__name__)
_READY, _INTERACTION = "READY", "INTERACTION_CREATE"
_OF_SERVERS = frozenset({"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"})
"""The events whose id is that of the server."""

Parse = Callable[[Any], None]


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

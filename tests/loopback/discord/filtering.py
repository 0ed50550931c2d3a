"""Which session hears of an event, and how much of it, from the intents it named."""

from collections.abc import Mapping
from typing import Final

from tests.loopback.discord.constants import Intent
from tests.loopback.discord.payloads import Json

_GUILD_INTENTS: Final[Mapping[str, Intent]] = {
    "GUILD_CREATE": Intent.GUILDS,
    "GUILD_DELETE": Intent.GUILDS,
    "CHANNEL_CREATE": Intent.GUILDS,
    "CHANNEL_UPDATE": Intent.GUILDS,
    "CHANNEL_DELETE": Intent.GUILDS,
    "THREAD_CREATE": Intent.GUILDS,
    "THREAD_UPDATE": Intent.GUILDS,
    "MESSAGE_CREATE": Intent.GUILD_MESSAGES,
    "MESSAGE_UPDATE": Intent.GUILD_MESSAGES,
    "MESSAGE_DELETE": Intent.GUILD_MESSAGES,
    "MESSAGE_REACTION_ADD": Intent.GUILD_MESSAGE_REACTIONS,
    "MESSAGE_REACTION_REMOVE": Intent.GUILD_MESSAGE_REACTIONS,
}
_DIRECT_INTENTS: Final[Mapping[str, Intent]] = {
    "MESSAGE_CREATE": Intent.DIRECT_MESSAGES,
    "MESSAGE_UPDATE": Intent.DIRECT_MESSAGES,
    "MESSAGE_DELETE": Intent.DIRECT_MESSAGES,
    "MESSAGE_REACTION_ADD": Intent.DIRECT_MESSAGE_REACTIONS,
    "MESSAGE_REACTION_REMOVE": Intent.DIRECT_MESSAGE_REACTIONS,
}
_CONTENT: Final[Json] = {"content": "", "embeds": [], "attachments": [], "components": []}


def wants(intents: int, event: str, *, guild_id: int | None) -> bool:
    """Return whether a session with these intents hears of an event; interactions reach everyone."""
    needed = (_DIRECT_INTENTS if guild_id is None else _GUILD_INTENTS).get(event)
    return needed is None or bool(intents & needed)


def without_content(intents: int, event: str, message: Json, *, bot_id: str) -> Json:
    """Return a message as a session may read it: without the intent only what is meant for the bot."""
    if not event.startswith("MESSAGE_") or "author" not in message or intents & Intent.MESSAGE_CONTENT:
        return message
    own = message["author"]["id"] == bot_id
    named = any(one["id"] == bot_id for one in message.get("mentions", ()))
    if own or named or message.get("guild_id") is None:
        return message
    return message | _CONTENT

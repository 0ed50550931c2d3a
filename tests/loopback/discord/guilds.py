"""Describe a server as Discord does, over REST and in GUILD_CREATE."""

from tests.loopback.discord.constants import THREADS
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.snowflakes import moment
from tests.loopback.discord.world import Guild, World

_UNSET = ("icon", "splash", "discovery_splash", "banner", "description", "vanity_url_code", "afk_channel_id")
_NOWHERE = ("system_channel_id", "rules_channel_id", "public_updates_channel_id", "safety_alerts_channel_id")
_NONE = ("application_id", "max_presences")
_EMPTY = ("emojis", "features", "stickers")


def partial_guild(guild: Guild) -> Json:
    """Return what an interaction says of its server."""
    return {"id": str(guild.id), "features": [], "locale": "en-US"}


def guild_resource(guild: Guild) -> Json:
    """Return a server as `GET /guilds/{guild_id}` does."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "region": "",
        "afk_timeout": 300,
        "widget_enabled": False,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "system_channel_flags": 0,
        "max_members": 500_000,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "hub_type": None,
        "incidents_data": None,
        "roles": list(guild.roles.values()),
        **dict.fromkeys((*_UNSET, *_NOWHERE, *_NONE)),
        **{key: [] for key in _EMPTY},
    }


def described_guild(world: World, guild_id: int) -> Json:
    """Return a server as GUILD_CREATE does: of its members only the bot, since nobody asked for more."""
    guild = world.guild(guild_id)
    return guild_resource(guild) | {
        "joined_at": moment(guild_id),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [guild.members[world.application_id]],
        "channels": channels_of(world, guild_id),
        "threads": open_threads(world, guild_id),
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def open_threads(world: World, guild_id: int) -> list[Json]:
    """Return the threads of a server that are not archived."""
    here = [one for one in world.channels.values() if one.get("guild_id") == str(guild_id)]
    return [one for one in here if one["type"] in THREADS and not one["thread_metadata"]["archived"]]


def channels_of(world: World, guild_id: int) -> list[Json]:
    """Return the channels of a server, threads aside."""
    here = [one for one in world.channels.values() if one.get("guild_id") == str(guild_id)]
    return [one for one in here if one["type"] not in THREADS]

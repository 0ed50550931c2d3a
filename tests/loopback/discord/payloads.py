"""Write users, members, channels and messages as Discord does."""

from typing import Any

from tests.loopback.discord.constants import MEMBER, VOCAL, ChannelType, MessageType
from tests.loopback.discord.snowflakes import moment

Json = dict[str, Any]


def user(snowflake: int, name: str, *, bot: bool = False) -> Json:
    """Return a user."""
    written: Json = {"id": str(snowflake), "username": name, "discriminator": "0", "global_name": name, "avatar": None}
    return written | ({"bot": True} if bot else {})


def member(of: Json, *, roles: tuple[int, ...] = ()) -> Json:
    """Return a user as a member of a guild."""
    return {
        "user": of,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role) for role in roles],
        "joined_at": moment(int(of["id"])),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def role(snowflake: int, name: str, *, permissions: int = MEMBER, position: int = 0) -> Json:
    """Return a role of a guild; that of everyone has the id of the guild."""
    return {
        "id": str(snowflake),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(int(permissions)),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def overwrite(snowflake: int, *, allow: int = 0, deny: int = 0, for_member: bool = False) -> Json:
    """Return what a role or member may or may not do in one channel."""
    kind = 1 if for_member else 0
    return {"id": str(snowflake), "type": kind, "allow": str(int(allow)), "deny": str(int(deny))}


def channel(snowflake: int, guild: int, name: str, *, kind: ChannelType, overwrites: tuple[Json, ...] = ()) -> Json:
    """Return a channel of a guild."""
    written: Json = {
        "id": str(snowflake),
        "type": int(kind),
        "guild_id": str(guild),
        "name": name,
        "position": 0,
        "permission_overwrites": list(overwrites),
        "nsfw": False,
        "parent_id": None,
        "topic": None,
        "last_message_id": None,
        "flags": 0,
    }
    if kind in VOCAL:
        del written["topic"]
        written |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None, "rate_limit_per_user": 0}
    return written | (_forum() if kind is ChannelType.FORUM else {})


def _forum() -> Json:
    return {
        "available_tags": [],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "default_auto_archive_duration": 1440,
    }


def tag(snowflake: int, name: str, *, moderated: bool = False) -> Json:
    """Return a tag of a forum."""
    return {"id": str(snowflake), "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}


def thread(snowflake: int, parent: Json, name: str, *, owner: int, archive_after: int = 1440) -> Json:
    """Return an open thread."""
    return {
        "id": str(snowflake),
        "type": int(ChannelType.PUBLIC_THREAD),
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "name": name,
        "owner_id": str(owner),
        "last_message_id": None,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [],
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": archive_after,
            "archive_timestamp": moment(snowflake),
            "locked": False,
            "create_timestamp": moment(snowflake),
        },
    }


def direct(snowflake: int, recipient: Json) -> Json:
    """Return a channel of direct messages."""
    kind = int(ChannelType.DM)
    return {"id": str(snowflake), "type": kind, "last_message_id": None, "recipients": [recipient], "flags": 0}


def message(snowflake: int, channel_id: int, author: Json, content: str) -> Json:
    """Return a message."""
    return {
        "id": str(snowflake),
        "channel_id": str(channel_id),
        "author": author,
        "content": content,
        "timestamp": moment(snowflake),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
        "type": int(MessageType.DEFAULT),
    }

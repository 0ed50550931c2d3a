"""The sessions what happened to messages, threads and channels."""

from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.world import World


async def tell_message(gateway: Gateway, event: str, message: Json, *, checked: bool = True) -> None:
    """Send the event of a message that is new or changed, with its author as a member."""
    channel_id = int(message["channel_id"])
    guild_id = gateway.world.guild_of(channel_id)
    told = message_event(gateway.world, message)
    await gateway.dispatch(event, told, guild_id=guild_id, channel_id=channel_id, checked=checked)


async def tell_removed(gateway: Gateway, message: Json) -> None:
    """Send the event of a message that was deleted."""
    told = {"id": message["id"], "channel_id": message["channel_id"]}
    await tell_place(gateway, "MESSAGE_DELETE", told)


async def tell_place(gateway: Gateway, event: str, told: Json) -> None:
    """Send an event of a channel."""
    channel_id = int(told["channel_id"])
    guild_id = gateway.world.guild_of(channel_id)
    here = {} if guild_id is None else {"guild_id": str(guild_id)}
    await gateway.dispatch(event, told | here, guild_id=guild_id, channel_id=channel_id)


async def tell_channel(gateway: Gateway, event: str, channel: Json) -> None:
    """Send the event of a channel or thread that is new or changed."""
    guild_id, channel_id = int(channel["guild_id"]), int(channel["id"])
    told = channel | ({"newly_created": True} if event == "THREAD_CREATE" else {})
    await gateway.dispatch(event, told, guild_id=guild_id, channel_id=channel_id)


def message_event(world: World, message: Json) -> Json:
    """Return a message as events have it: with its server, and its author as a member."""
    channel = world.channel(int(message["channel_id"]))
    told = message | {"channel_type": channel["type"]}
    guild_id = world.guild_of(int(message["channel_id"]))
    if guild_id is None:
        return told
    told["guild_id"] = str(guild_id)
    members = world.guild(guild_id).members
    author = members.get(int(message["author"]["id"]))
    if author and "webhook_id" not in message:
        told["member"] = _without_user(author)
    told["mentions"] = [_as_member(members.get(int(one["id"])), one) for one in message["mentions"]]
    return told


def _as_member(member: Json | None, user: Json) -> Json:
    return user if member is None else user | {"member": _without_user(member)}


def _without_user(member: Json) -> Json:
    return {key: value for key, value in member.items() if key != "user"}

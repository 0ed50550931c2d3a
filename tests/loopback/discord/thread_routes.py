"""Serve channels and threads: make, change, find."""

from typing import Final

from aiohttp import web

from tests.loopback.discord import payloads
from tests.loopback.discord.constants import THREADS, VOCAL, ChannelType, MessageFlag, MessageType, Permission
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.guilds import open_threads
from tests.loopback.discord.keys import GATEWAY, WORLD, body, number
from tests.loopback.discord.message_routes import require
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import nothing, reply
from tests.loopback.discord.telling import tell_channel, tell_message
from tests.loopback.discord.world import World
from tests.loopback.discord.writing import refuse_invalid, written

routes = web.RouteTableDef()
_CHANNEL = r"/channels/{channel_id:\d+}"
_METADATA: Final = frozenset({"archived", "locked", "auto_archive_duration"})


@routes.get(_CHANNEL)
async def get_channel(request: web.Request) -> web.Response:
    """Return a channel or thread."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    channel = world.channel(channel_id)
    require(world, channel_id, Permission.VIEW_CHANNEL)
    return reply(channel)


@routes.patch(_CHANNEL)
async def update_channel(request: web.Request) -> web.Response:
    """Change a channel or thread; one that is archived only by opening it."""
    world, asked = request.app[WORLD], body(request)
    channel = world.channel(number(request, "channel_id"))
    if channel["type"] not in THREADS:
        channel.update(asked)
        await tell_channel(request.app[GATEWAY], "CHANNEL_UPDATE", channel)
        return reply(channel)
    if channel["thread_metadata"]["archived"] and asked.get("archived") is not False:
        raise RefusedError(Refusal.ARCHIVED)
    if channel["owner_id"] != world.bot["id"] or "locked" in asked or channel["thread_metadata"]["locked"]:
        require(world, int(channel["id"]), Permission.MANAGE_THREADS)
    channel["thread_metadata"].update({key: asked[key] for key in asked if key in _METADATA})
    channel.update({key: asked[key] for key in asked if key not in _METADATA})
    world.lively[int(channel["id"])] = world.clock.now()
    await tell_channel(request.app[GATEWAY], "THREAD_UPDATE", channel)
    return reply(channel)


@routes.post(_CHANNEL + r"/messages/{message_id:\d+}/threads")
async def create_thread_from_message(request: web.Request) -> web.Response:
    """Open the thread of a message; it has the message's id, and there is only one."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    channel = world.channel(channel_id)
    refuse_threads(channel)
    require(world, channel_id, Permission.CREATE_PUBLIC_THREADS)
    message = world.message(channel_id, number(request, "message_id"))
    if int(message["id"]) in world.channels:
        raise RefusedError(Refusal.HAS_THREAD)
    thread = opened(world, channel, body(request), snowflake=int(message["id"]))
    message["flags"] |= MessageFlag.HAS_THREAD
    message["thread"] = thread
    await tell_channel(request.app[GATEWAY], "THREAD_CREATE", thread)
    await tell_message(request.app[GATEWAY], "MESSAGE_UPDATE", message)
    await tell_message(request.app[GATEWAY], "MESSAGE_CREATE", _starter(world, thread, message))
    return reply(thread, status=201)


@routes.post(_CHANNEL + "/threads")
async def create_thread(request: web.Request) -> web.Response:
    """Open a thread on its own: in a forum a post with its first message."""
    world, channel_id, asked = request.app[WORLD], number(request, "channel_id"), body(request)
    channel = world.channel(channel_id)
    refuse_threads(channel)
    in_forum = channel["type"] == ChannelType.FORUM
    require(world, channel_id, Permission.SEND_MESSAGES if in_forum else Permission.CREATE_PUBLIC_THREADS)
    if in_forum:
        refuse_invalid(asked.get("message") or {})
    thread = opened(world, channel, asked)
    await tell_channel(request.app[GATEWAY], "THREAD_CREATE", thread)
    if not in_forum:
        return reply(thread, status=201)
    message = written(world, int(thread["id"]), asked["message"], snowflake=int(thread["id"]))
    await tell_message(request.app[GATEWAY], "MESSAGE_CREATE", message)
    return reply(thread | {"message": message}, status=201)


@routes.get(r"/guilds/{guild_id:\d+}/threads/active")
async def active_threads(request: web.Request) -> web.Response:
    """Return the open threads of a server."""
    world = request.app[WORLD]
    threads = open_threads(world, world.guild(number(request, "guild_id")).id)
    return reply({"threads": threads, "members": [], "has_more": False})


@routes.get(_CHANNEL + "/threads/archived/public")
async def archived_threads(request: web.Request) -> web.Response:
    """Return the archived threads of a channel."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    here = [one for one in world.channels.values() if one.get("parent_id") == str(channel_id)]
    found = [one for one in here if one["type"] in THREADS and one["thread_metadata"]["archived"]]
    return reply({"threads": found, "members": [], "has_more": False})


@routes.put(_CHANNEL + "/thread-members/@me")
async def join_thread(request: web.Request) -> web.Response:
    """Join the bot to a thread."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    world.channel(channel_id)
    world.joined.add(channel_id)
    return nothing()


def refuse_threads(channel: Json) -> None:
    """Refuse threads where none can be made: in threads, in direct messages, in the chats of voice channels."""
    if channel["type"] in THREADS | VOCAL | {ChannelType.DM}:
        raise RefusedError(Refusal.WRONG_CHANNEL_TYPE)


def opened(world: World, parent: Json, asked: Json, *, snowflake: int | None = None, owner: int | None = None) -> Json:
    """Return a new thread, kept."""
    snowflake = snowflake or world.snowflakes.next()
    after = asked.get("auto_archive_duration") or 1440
    by = owner or world.application_id
    thread = payloads.thread(snowflake, parent, asked["name"], owner=by, archive_after=after)
    thread["applied_tags"] = list(map(str, asked.get("applied_tags") or []))
    world.channels[snowflake] = thread
    world.lively[snowflake] = world.clock.now()
    return thread


def _starter(world: World, thread: Json, message: Json) -> Json:
    """Return the message of the system that heads a thread: it points to the one that the thread is made from."""
    starter = payloads.message(world.snowflakes.next(), int(thread["id"]), message["author"], "")
    starter["type"] = int(MessageType.THREAD_STARTER)
    place = {"channel_id": message["channel_id"], "guild_id": thread["guild_id"]}
    starter["message_reference"] = {"type": 0, "message_id": message["id"]} | place
    starter["referenced_message"] = {key: value for key, value in message.items() if key != "referenced_message"}
    return world.add_message(starter)

"""Serve messages: write, edit, remove, read, react, type."""

from urllib.parse import unquote

from aiohttp import web

from tests.loopback.discord.constants import THREADS, Permission
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.filtering import without_content
from tests.loopback.discord.keys import GATEWAY, WORLD, body, number
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import nothing, reply
from tests.loopback.discord.telling import tell_channel, tell_message, tell_place, tell_removed
from tests.loopback.discord.world import World
from tests.loopback.discord.writing import rewritten, written

routes = web.RouteTableDef()
_MESSAGES = r"/channels/{channel_id:\d+}/messages"
NONCE_SECONDS = 5 * 60
"""How long a mark is remembered: Discord says for the past few minutes."""
_MESSAGE = _MESSAGES + r"/{message_id:\d+}"


def require(world: World, channel_id: int, permission: Permission) -> None:
    """Refuse what the bot may not do in a channel."""
    allowed = world.permissions(channel_id, world.application_id)
    if not allowed & Permission.VIEW_CHANNEL:
        raise RefusedError(Refusal.MISSING_ACCESS)
    if not allowed & permission:
        raise RefusedError(Refusal.MISSING_PERMISSIONS)


def require_sending(world: World, channel: Json) -> None:
    """Refuse what only those may do in a channel or thread who may write there."""
    in_thread = channel["type"] in THREADS
    needed = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
    require(world, int(channel["id"]), needed)


def refuse_archived(channel: Json) -> None:
    """Refuse changes in a thread that is archived."""
    if channel["type"] in THREADS and channel["thread_metadata"]["archived"]:
        raise RefusedError(Refusal.ARCHIVED)


@routes.post(_MESSAGES)
async def create_message(request: web.Request) -> web.Response:
    """Write a message; one with the nonce of an earlier one is the earlier one."""
    world, channel_id, asked = request.app[WORLD], number(request, "channel_id"), body(request)
    channel = world.channel(channel_id)
    require_sending(world, channel)
    if asked.get("message_reference") and not _reads_history(world, channel_id):
        raise RefusedError(Refusal.NO_HISTORY)
    nonce = (channel_id, str(asked.get("nonce")))
    earlier, at = world.nonces.get(nonce, (0, 0.0))
    if asked.get("enforce_nonce") and earlier and world.clock.now() - at < NONCE_SECONDS:
        return reply(world.message(channel_id, earlier))
    await _ready_for_messages(request, channel)
    message = written(world, channel_id, asked)
    if asked.get("nonce") is not None:
        world.nonces[nonce] = (int(message["id"]), world.clock.now())
    await tell_message(request.app[GATEWAY], "MESSAGE_CREATE", message)
    return reply(message)


async def _ready_for_messages(request: web.Request, channel: Json) -> None:
    world, channel_id = request.app[WORLD], int(channel["id"])
    if world.early_posts.get(channel_id, 0) > 0:
        world.early_posts[channel_id] -= 1
        raise RefusedError(Refusal.FORUM_NOT_READY)
    if channel["type"] not in THREADS:
        return
    state = channel["thread_metadata"]
    if state["locked"] and not world.permissions(channel_id, world.application_id) & Permission.MANAGE_THREADS:
        raise RefusedError(Refusal.ARCHIVED if state["archived"] else Refusal.LOCKED)
    if not state["archived"]:
        return
    if state["locked"]:
        raise RefusedError(Refusal.ARCHIVED)
    channel["thread_metadata"]["archived"] = False  # a message opens a thread that is not locked
    await tell_channel(request.app[GATEWAY], "THREAD_UPDATE", channel)


@routes.get(_MESSAGES)
async def list_messages(request: web.Request) -> web.Response:
    """Return messages, the newest first; none to a bot that may not read what was written."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    world.channel(channel_id)
    require(world, channel_id, Permission.VIEW_CHANNEL)
    if not _reads_history(world, channel_id):
        return reply([])
    limit, after, before = (request.query.get(name) for name in ("limit", "after", "before"))
    found = [one for one in world.visible(channel_id) if int(one["id"]) > int(after or 0)]
    found = [one for one in found if before is None or int(one["id"]) < int(before)]
    most = int(limit or 50)
    chosen = found[:most] if after else found[-most:]
    return reply([_readable(request, message) for message in reversed(chosen)])


def _readable(request: web.Request, message: Json) -> Json:
    """Return a message as the bot may read it."""
    world, gateway = request.app[WORLD], request.app[GATEWAY]
    guild_id = world.guild_of(int(message["channel_id"]))
    placed = message | {"guild_id": None if guild_id is None else str(guild_id)}
    read = without_content(gateway.approved, "MESSAGE_CREATE", placed, bot_id=world.bot["id"])
    return {key: value for key, value in read.items() if key != "guild_id"}


@routes.get(_MESSAGE)
async def get_message(request: web.Request) -> web.Response:
    """Return a message."""
    require(request.app[WORLD], number(request, "channel_id"), Permission.READ_MESSAGE_HISTORY)
    return reply(_found(request))


@routes.patch(_MESSAGE)
async def update_message(request: web.Request) -> web.Response:
    """Change a message of the bot."""
    world, message = request.app[WORLD], _found(request)
    refuse_archived(world.channel(int(message["channel_id"])))
    if message["author"]["id"] != world.bot["id"]:
        raise RefusedError(Refusal.NOT_THE_AUTHOR)
    rewritten(world, message, body(request))
    await tell_message(request.app[GATEWAY], "MESSAGE_UPDATE", message)
    return reply(message)


@routes.delete(_MESSAGE)
async def delete_message(request: web.Request) -> web.Response:
    """Remove a message: the bot's own, or anybody's with the permission."""
    world, message = request.app[WORLD], _found(request)
    if message["author"]["id"] != world.bot["id"]:
        require(world, number(request, "channel_id"), Permission.MANAGE_MESSAGES)
    del world.messages[int(message["id"])]
    await tell_removed(request.app[GATEWAY], message)
    return nothing()


@routes.put(_MESSAGE + "/reactions/{emoji_name}/@me")
async def add_reaction(request: web.Request) -> web.Response:
    """React to a message as the bot."""
    world, message = request.app[WORLD], _found(request)
    refuse_archived(world.channel(int(message["channel_id"])))
    require(world, number(request, "channel_id"), Permission.READ_MESSAGE_HISTORY)
    emoji = unquote(request.match_info["emoji_name"])
    reactions = world.reactions.setdefault(int(message["id"]), [])
    if emoji not in {name for name, _ in reactions}:  # to follow others in a reaction needs no permission
        require(world, number(request, "channel_id"), Permission.ADD_REACTIONS)
    if (emoji, world.application_id) not in reactions:
        reactions.append((emoji, world.application_id))
    told = {"user_id": world.bot["id"], "channel_id": message["channel_id"], "message_id": message["id"]}
    rest = {"emoji": {"id": None, "name": emoji}, "message_author_id": message["author"]["id"], "burst": False}
    await tell_place(request.app[GATEWAY], "MESSAGE_REACTION_ADD", told | rest | {"type": 0})
    return nothing()


@routes.delete(_MESSAGE + "/reactions/{emoji_name}/@me")
async def remove_reaction(request: web.Request) -> web.Response:
    """Remove a reaction of the bot."""
    world, message = request.app[WORLD], _found(request)
    mine = (unquote(request.match_info["emoji_name"]), world.application_id)
    left = world.reactions.get(int(message["id"]), [])
    world.reactions[int(message["id"])] = [one for one in left if one != mine]
    return nothing()


@routes.post(r"/channels/{channel_id:\d+}/typing")
async def trigger_typing(request: web.Request) -> web.Response:
    """Show that the bot is typing."""
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    require_sending(world, world.channel(channel_id))
    world.typing.append(channel_id)
    return nothing()


def _reads_history(world: World, channel_id: int) -> bool:
    return bool(world.permissions(channel_id, world.application_id) & Permission.READ_MESSAGE_HISTORY)


def _found(request: web.Request) -> Json:
    world, channel_id = request.app[WORLD], number(request, "channel_id")
    world.channel(channel_id)
    require(world, channel_id, Permission.VIEW_CHANNEL)
    return world.message(channel_id, number(request, "message_id"))

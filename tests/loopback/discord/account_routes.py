"""Serve the application itself: who it is, where its gateway is, which servers it is in, which commands it has."""

from aiohttp import web

from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.guilds import channels_of, guild_resource
from tests.loopback.discord.keys import BODY, GATEWAY, WORLD, body, number
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import reply
from tests.loopback.discord.world import World

routes = web.RouteTableDef()
_GUILD = r"/guilds/{guild_id:\d+}"
_COMMANDS = r"/applications/{application_id:\d+}/commands"
_GUILD_COMMANDS = r"/applications/{application_id:\d+}/guilds/{guild_id:\d+}/commands"


@routes.get("/users/@me")
async def me(request: web.Request) -> web.Response:
    """Return the bot as a user."""
    return reply(request.app[WORLD].bot | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0})


@routes.get(r"/users/{user_id:\d+}")
async def get_user(request: web.Request) -> web.Response:
    """Return a person."""
    return reply(request.app[WORLD].person(number(request, "user_id")))


@routes.get("/applications/@me")
@routes.get("/oauth2/applications/@me")
async def application(request: web.Request) -> web.Response:
    """Return the application."""
    world = request.app[WORLD]
    shown = {"id": world.bot["id"], "name": "faqbot", "icon": None, "description": "", "summary": "", "flags": 0}
    rules = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64}
    return reply(shown | rules | {"owner": world.bot, "team": None})


@routes.get("/gateway/bot")
async def gateway_bot(request: web.Request) -> web.Response:
    """Return where the gateway is and how many shards to start."""
    gateway = request.app[GATEWAY]
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return reply({"url": gateway.url, "shards": gateway.shards, "session_start_limit": limit})


@routes.post("/users/@me/channels")
async def create_dm(request: web.Request) -> web.Response:
    """Open a direct conversation."""
    return reply(request.app[WORLD].direct_channel(int(body(request)["recipient_id"])))


@routes.get(_GUILD)
async def get_guild(request: web.Request) -> web.Response:
    """Return a server."""
    return reply(guild_resource(request.app[WORLD].guild(number(request, "guild_id"))))


@routes.get(_GUILD + "/roles")
async def get_roles(request: web.Request) -> web.Response:
    """Return the roles of a server."""
    return reply(list(request.app[WORLD].guild(number(request, "guild_id")).roles.values()))


@routes.get(_GUILD + "/channels")
async def get_channels(request: web.Request) -> web.Response:
    """Return the channels of a server."""
    world = request.app[WORLD]
    return reply(channels_of(world, world.guild(number(request, "guild_id")).id))


@routes.get(_GUILD + r"/members/{user_id:\d+}")
async def get_member(request: web.Request) -> web.Response:
    """Return a member of a server."""
    members = request.app[WORLD].guild(number(request, "guild_id")).members
    if number(request, "user_id") not in members:
        raise RefusedError(Refusal.UNKNOWN_MEMBER)
    return reply(members[number(request, "user_id")])


@routes.get(_COMMANDS)
@routes.get(_GUILD_COMMANDS)
async def list_commands(request: web.Request) -> web.Response:
    """Return the commands of all servers or of one; what they are called in other languages only when that is asked."""
    commands = request.app[WORLD].commands.get(_scope(request), [])
    return reply(commands if request.query.get("with_localizations") == "true" else [_plain(one) for one in commands])


def _plain(command: Json) -> Json:
    options = {"options": [_plain(one) for one in command["options"]]} if command.get("options") else {}
    return {name: value for name, value in command.items() if not name.endswith("_localizations")} | options


@routes.put(_COMMANDS)
@routes.put(_GUILD_COMMANDS)
async def set_commands(request: web.Request) -> web.Response:
    """Put commands in the place of those that were there."""
    world, scope = request.app[WORLD], _scope(request)
    world.commands[scope] = [_command(world, asked, scope) for asked in request[BODY]]
    return reply(world.commands[scope])


def _scope(request: web.Request) -> int | None:
    return number(request, "guild_id") if "guild_id" in request.match_info else None


def _command(world: World, asked: Json, scope: int | None) -> Json:
    told = {"type": 1, "description": "", "default_member_permissions": None, "nsfw": False} | asked
    numbers = {"id": str(world.snowflakes.next()), "version": str(world.snowflakes.next())}
    return told | numbers | {"application_id": world.bot["id"]} | ({"guild_id": str(scope)} if scope else {})

"""Serve which servers the bot is in."""

from aiohttp import web

from tests.loopback.discord.keys import WORLD
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import reply

routes = web.RouteTableDef()


@routes.get("/users/@me/guilds")
async def my_guilds(request: web.Request) -> web.Response:
    """Return the servers, the oldest first."""
    first, most = int(request.query.get("after", 0)), int(request.query.get("limit", 200))
    found = [guild for number, guild in sorted(request.app[WORLD].guilds.items()) if number > first]
    more: Json = {"icon": None, "banner": None, "owner": False, "permissions": "0", "features": []}
    return reply([{"id": str(one.id), "name": one.name, **more} for one in found[:most]])

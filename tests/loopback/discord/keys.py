"""Name what request handlers find in their application, and read what came with a request."""

from typing import Any

from aiohttp import web

from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.world import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
GATEWAY: web.AppKey[Gateway] = web.AppKey("gateway", Gateway)
BODY: web.RequestKey[Any] = web.RequestKey("body", object)
"""What came with a request, as read from JSON."""
FILES: web.RequestKey[tuple[str, ...]] = web.RequestKey("files", tuple)
"""The files that came with a request, as text."""


def number(request: web.Request, name: str) -> int:
    """Return an id in the path of a request."""
    return int(request.match_info[name])


def body(request: web.Request) -> Json:
    """Return the object that came with a request."""
    found: dict[str, Any] = request[BODY] or {}
    return found

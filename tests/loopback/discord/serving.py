"""Serve the REST API: let through, limit, break, answer and record each request."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import BodyPartReader, web

from tests.loopback.discord import (
    account_routes,
    interaction_routes,
    membership_routes,
    message_routes,
    thread_routes,
)
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.faults import Broken, Fault, Faults, TooMany
from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.keys import BODY, FILES, GATEWAY, WORLD
from tests.loopback.discord.limits import Buckets, headers
from tests.loopback.discord.recording import Log, Request
from tests.loopback.discord.replying import reply
from tests.loopback.discord.world import TOKEN, World

API = "/api/v10"
_OPEN: Final = ("/webhooks/", "/interactions/")
"""Routes whose token is in the path."""
_MAJOR: Final = ("channel_id", "guild_id", "webhook_token")
_FAULTS: web.AppKey[Faults] = web.AppKey("faults", Faults)
_BUCKETS: web.AppKey[Buckets] = web.AppKey("buckets", Buckets)
_LOG: web.AppKey[Log] = web.AppKey("log", Log)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def rest_application(world: World, gateway: Gateway, log: Log, faults: Faults, buckets: Buckets) -> web.Application:
    """Return the application that answers below `API`."""
    app = web.Application(middlewares=[_recorded])
    app[WORLD], app[GATEWAY], app[_LOG], app[_FAULTS], app[_BUCKETS] = world, gateway, log, faults, buckets
    for module in (account_routes, membership_routes, message_routes, thread_routes, interaction_routes):
        app.add_routes(module.routes)
    return app


@web.middleware
async def _recorded(request: web.Request, handler: _Handler) -> web.StreamResponse:
    request[BODY], request[FILES] = await _read(request)
    route = _route(request)
    fault = request.app[_FAULTS].take(f"{request.method} {route}")
    response = await _answered(request, handler, route, fault)
    log = request.app[_LOG]
    log.requests.append(_noted(request, route, response))
    await log.note()
    if isinstance(fault, Broken) and request.transport:
        request.transport.abort()
    return response


async def _answered(request: web.Request, handler: _Handler, route: str, fault: Fault | None) -> web.Response:
    if fault is Broken.BEFORE:
        return web.Response(status=499)
    if isinstance(fault, Refusal):
        return reply(fault.body, status=fault.status)
    if fault is not None and not isinstance(fault, Broken):
        refused = fault.response()
        if isinstance(fault, TooMany) and not fault.everywhere:
            refused.headers.update(headers(f"{request.method} {route}", 1, 0, fault.retry_after))
        return refused
    major = "/".join(request.match_info.get(name, "") for name in _MAJOR)
    now = asyncio.get_running_loop().time()
    fits, told, left = request.app[_BUCKETS].count(f"{request.method} {route}", major, now)
    response = await _handled(request, handler, route) if fits else TooMany(round(left, 3)).response()
    response.headers.update(told)
    return response


async def _handled(request: web.Request, handler: _Handler, route: str) -> web.Response:
    if not route.startswith(_OPEN) and request.headers.get("Authorization") != f"Bot {TOKEN}":
        return reply(Refusal.UNAUTHORIZED.body, status=Refusal.UNAUTHORIZED.status)
    try:
        response = await handler(request)
    except RefusedError as error:
        return reply(error.refusal.body, status=error.refusal.status)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        return reply(Refusal.UNKNOWN_ROUTE.body, status=Refusal.UNKNOWN_ROUTE.status)
    if not isinstance(response, web.Response):
        raise TypeError(response)
    return response


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return (resource.canonical if resource else request.path).removeprefix(API)


def _noted(request: web.Request, route: str, response: web.Response) -> Request:
    told = json.loads(response.text) if response.text else None
    return Request(
        method=request.method,
        route=route,
        path=request.path.removeprefix(API),
        query=dict(request.query),
        body=request[BODY],
        status=response.status,
        response=told,
        reason=request.headers.get("X-Audit-Log-Reason"),
        files=request[FILES],
    )


async def _read(request: web.Request) -> tuple[Any, tuple[str, ...]]:
    """Return what came with a request: what is written in JSON, and the files."""
    if request.content_type == "application/json":
        return await request.json(), ()
    told, files = None, list[str]()
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "payload_json":
                told = await part.json()
            elif isinstance(part, BodyPartReader):
                files.append(await part.text())
    return told, tuple(files)

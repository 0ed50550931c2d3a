"""Connect the real app to the loopback, by Socket Mode or as a server of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.adapters.slack.requests import LIMITS, Asgi, Requests, ServerLimits, server_config
from tests.loopback.slack.server import Slack
from tests.loopback.slack.web import APP_TOKEN


@asynccontextmanager
async def running_app(slack: Slack, app: AsyncApp, mode: str) -> AsyncIterator[None]:
    """Run the app as long as the block lasts."""
    async with _by_socket(slack, app) if mode == "socket" else _by_http(slack, app):
        yield


@asynccontextmanager
async def _by_socket(slack: Slack, app: AsyncApp) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=0.5)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
    try:
        await slack.connected()
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above


@asynccontextmanager
async def _by_http(slack: Slack, app: AsyncApp) -> AsyncIterator[None]:
    async with serving(Requests(app)) as url:
        slack.events_url = f"{url}/slack/events"
        yield


@asynccontextmanager
async def serving(asgi: Asgi, *, limits: ServerLimits = LIMITS) -> AsyncIterator[str]:
    """Serve an ASGI app on a free port, and yield its address."""
    # What listens already can be connected to, whether or not the server is ready to answer.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = _Prompt(server_config(asgi, limits=limits))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.told.set()
        await serving


class _Prompt(uvicorn.Server):
    """End when told to, where the server itself looks ten times a second, and waits as long for what is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the end."""
        await self.told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002  # as it is called
        """Close all connections."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.gather(*self.server_state.tasks)

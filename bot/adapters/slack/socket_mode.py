"""Receive events over a socket."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient


class Socket(SocketModeClient):
    """A socket that is replaced once, however many want it replaced.

    Slack asks for a new one and then closes the old one. The client heeds both, each by itself, and so leaves the new
    socket at once for another. A button that was pressed meanwhile is lost with it: Slack sends only events again.
    """

    def __init__(self, app: AsyncApp, token: str, *, check: float) -> None:
        super().__init__(token, logger=app.logger, web_client=app.client, ping_interval=check)
        self._replacing = asyncio.Lock()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002  # as the library has it
        """Replace the socket, unless that was done while this waited."""
        unwanted = self.current_session
        async with self._replacing:
            if self.current_session is unwanted or not await self.is_connected():
                await super().connect_to_new_endpoint(force)


class SocketHandler(AsyncSocketModeHandler):
    """Dispatch what comes over such a socket to an app; checks it in so many seconds."""

    def __init__(self, app: AsyncApp, token: str, *, check: float) -> None:
        # The library's own would make a client that nobody closes.
        self.app = app
        self.app_token = token
        self.client = Socket(app, token, check=check)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt has it

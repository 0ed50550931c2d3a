"""Serve Socket Mode: a WebSocket that sends envelopes and reads what acknowledges them."""

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback.slack.deliveries import Delivery, Retry
from tests.loopback.slack.watching import Watch
from tests.loopback.slack.workspace import APP, Json


class Sockets:
    """The connections of the app, the newest last, and the envelopes under way."""

    def __init__(self, watch: Watch) -> None:
        self.open: list[web.WebSocketResponse] = []
        self.opened = 0
        self._turn = -1
        self.unexpected: list[str] = []
        self._requests: dict[web.WebSocketResponse, web.Request] = {}
        self._envelopes: dict[str, Delivery] = {}
        self._over: dict[str, web.WebSocketResponse] = {}
        self._watch = watch

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to serve."""
        return [web.get("/socket/{ticket}", self._socket)]

    async def send(self, delivery: Delivery) -> None:
        """Send a payload over one of the connections, as soon as there is one."""
        await self._watch.until(
            lambda: any(not socket.closed for socket in self.open), lambda: "no socket of the app is open"
        )
        number = f"e{len(self._envelopes) + 1}"
        self._envelopes[number] = delivery
        retry = delivery.retry or Retry(0, "")
        envelope: Json = {
            "envelope_id": number,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": retry.number, "retry_reason": retry.reason}
        socket = self._next()
        self._over[number] = socket
        await socket.send_json(envelope)

    def _next(self) -> web.WebSocketResponse:
        """Return whose turn it is: each envelope goes over one connection, in turn over all."""
        ready = [socket for socket in self.open if not socket.closed]
        self._turn += 1
        return ready[self._turn % len(ready)]

    async def send_raw(self, text: str) -> None:
        """Send any text over the newest connection."""
        await self.open[-1].send_str(text)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Request the app to reconnect, then close its connection."""
        socket = self.open[-1]
        await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})
        await socket.close()

    def lose(self) -> None:
        """Cut the newest connection without a word."""
        transport = self._requests[self.open[-1]].transport
        assert transport, "the connection is gone already"
        transport.abort()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._requests[socket] = request
        await socket.send_json(self._hello())
        self.open.append(socket)
        self.opened += 1
        await self._watch.tell()
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self.acknowledge(frame.data)
                    await self._watch.tell()
        finally:
            self.open.remove(socket)
            self._lose_what_went_over(socket)
            await asyncio.shield(self._watch.tell())
        return socket

    def _lose_what_went_over(self, socket: web.WebSocketResponse) -> None:
        for number in [number for number, over in self._over.items() if over is socket]:
            if self._envelopes[number].status is None:
                self._envelopes[number].lose()
            del self._over[number]

    def _hello(self) -> Json:
        connection: dict[str, Any] = {"connection_info": {"app_id": APP}, "num_connections": len(self.open) + 1}
        return {"type": "hello", **connection, "debug_info": {"host": "loopback", "approximate_connection_time": 18060}}

    def acknowledge(self, text: str) -> None:
        """Accept the app's acknowledgement of an envelope; any other text is unexpected."""
        frame = json.loads(text)
        delivery = self._envelopes.get(frame.get("envelope_id"))
        if delivery is None or delivery.status is not None or set(frame) - {"envelope_id", "payload"}:
            self.unexpected.append(text)
            return
        delivery.acknowledge(frame.get("payload") or {})

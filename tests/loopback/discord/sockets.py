"""Send gateway payloads over one socket: compressed in one stream, each payload flushed."""

import json
import zlib
from typing import Any

from aiohttp import web

from tests.loopback.discord.payloads import Json
from tests.loopback.discord.recording import Log, Sent


class GatewaySocket:
    """One connection of a client to the gateway."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request, log: Log) -> None:
        self._ws = ws
        self._request = request
        self._log = log
        self._stream = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, payload: Json, *, checked: bool = True) -> None:
        """Send a payload; one for a client that is gone is lost."""
        if self._ws.closed:
            return
        self._log.sent.append(Sent(payload, checked))
        written = json.dumps(payload)
        try:
            if self._stream is None:
                await self._ws.send_str(written)
            else:
                flushed = self._stream.compress(written.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
                await self._ws.send_bytes(flushed)
        except ConnectionResetError:
            return
        await self._log.note()

    async def receive(self) -> Json | None:
        """Return the next payload of the client, or None when the connection has ended."""
        message = await self._ws.receive()
        if not isinstance(message.data, str):
            return None
        payload: dict[str, Any] = json.loads(message.data)
        self._log.received.append(payload)
        await self._log.note()
        return payload

    @property
    def ended_by_client(self) -> bool:
        """Return whether the client said that it does not come back."""
        return self._ws.close_code in {1000, 1001}

    async def close(self, code: int) -> None:
        """Close with a code."""
        await self._ws.close(code=code)

    def break_off(self) -> None:
        """Break the wire, without a word."""
        if self._request.transport:
            self._request.transport.abort()

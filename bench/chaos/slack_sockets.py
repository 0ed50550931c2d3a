"""Serve Socket Mode to several processes, which share the envelopes among their sockets."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from itertools import count

from aiohttp import WSMsgType, web

from bench.chaos.plan import Deck, Journal
from tests.loopback.slack.workspace import Json

ACKNOWLEDGED_WITHIN = 3.0
# Slack itself sends again at once, after a minute and after five.
PAUSES = (1.0, 10.0, 60.0)
_WITHOUT_SOCKET = 0.5


class Sockets:
    """Send each envelope to one of the open sockets, and again to any when it is not acknowledged in time."""

    def __init__(self, chance: random.Random, journal: Journal) -> None:
        self.sent = 0
        self.again = 0
        self.given_up: list[str] = []
        self._chance = chance
        self._journal = journal
        self._open: dict[web.WebSocketResponse, tuple[web.Request, int]] = {}
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._numbers = count(1)
        self._troubles = Deck((self._refresh, self._cut), chance)

    def connected(self, process: int) -> bool:
        """Return whether a process has a socket."""
        return any(owner == process for _, owner in self._open.values())

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a socket of a process until it ends."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._open[socket] = request, int(request.match_info["process"])
        try:
            await socket.send_json({"type": "hello", "num_connections": len(self._open)})
            async for text in _texts(socket):
                self._acknowledge(text)
        except ConnectionError:  # the process was killed meanwhile
            pass
        finally:
            self._open.pop(socket, None)
        return socket

    async def deliver(self, payload: Json) -> None:
        """Send a payload until it is acknowledged, as often as Slack does."""
        for attempt, pause in enumerate((0.0, *PAUSES)):
            await asyncio.sleep(pause)
            if await self._is_taken(payload, attempt):
                return
        self.given_up.append(payload["event"]["ts"])

    async def trouble(self) -> None:
        """Renew one of the sockets, or cut it."""
        if self._open:
            await self._troubles.deal()()

    async def _is_taken(self, payload: Json, attempt: int) -> bool:
        self.sent += 1
        self.again += attempt > 0
        if not self._open:
            await asyncio.sleep(_WITHOUT_SOCKET)
            return False
        number = f"e{next(self._numbers)}"
        envelope: Json = {"type": "events_api", "envelope_id": number, "payload": payload}
        envelope |= {"accepts_response_payload": False, "retry_attempt": attempt}
        envelope |= {"retry_reason": "timeout" if attempt else ""}
        taken = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._chance.choice(list(self._open)).send_json(envelope)
            await asyncio.wait_for(taken, ACKNOWLEDGED_WITHIN)
        except (TimeoutError, ConnectionError):
            return False
        else:
            return True
        finally:
            del self._waiting[number]

    def _acknowledge(self, text: str) -> None:
        taken = self._waiting.get(json.loads(text).get("envelope_id"))
        if taken is not None and not taken.done():
            taken.set_result(None)

    async def _refresh(self) -> None:
        self._journal.fault("Slack socket renewed")
        socket = self._chance.choice(list(self._open))
        try:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await socket.close()
        except ConnectionError:  # it was lost in that moment
            return

    async def _cut(self) -> None:
        self._journal.fault("Slack socket cut")
        request, _ = self._chance.choice(list(self._open.values()))
        if request.transport:
            request.transport.abort()


async def _texts(socket: web.WebSocketResponse) -> AsyncIterator[str]:
    async for frame in socket:
        # The client pings with text that is no JSON.
        if frame.type == WSMsgType.TEXT and frame.data.startswith("{"):
            yield frame.data

"""Receive what Slack sends: bound what strangers can take of the server, and reject events of other workspaces."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, ClassVar

import h11
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import Identity
from bot.chat.outages import Recent

_log = logging.getLogger(__name__)
MOST = 2**20
"""A request of Slack is far shorter; a longer one is not read to its end."""

_BAD_REQUEST, _UNAUTHORISED, _TOO_LARGE = 400, 401, 413
_STAMP = re.compile(r"\d{1,12}", re.ASCII)
_LENGTH = re.compile(rb"\d{1,19}")

AsgiEvent = dict[str, Any]
AsgiReceive = Callable[[], Awaitable[AsgiEvent]]
AsgiSend = Callable[[AsgiEvent], Awaitable[None]]
_RECEIVING = frozenset({h11.IDLE, h11.SEND_BODY})
# A flood is logged now and then, and not once for each of its connections.
_SELDOM = timedelta(minutes=1)


class Requests(AsyncSlackRequestHandler):
    """Pass requests to the app; Bolt checks the signature of those that can be read, and falls over the others.

    A body is read up to a limit before anything else is done with it.
    """

    def __init__(self, app: AsyncApp, *, most: int = MOST) -> None:
        super().__init__(app)
        self._most = most

    async def __call__(self, scope: AsgiEvent, receive: AsgiReceive, send: AsgiSend) -> None:
        """Answer a request, or refuse it for its length and close the connection."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if _length(scope["headers"]) > self._most:
            await self._refuse(send)
            return
        body = bytearray()
        more = True
        while more:
            event = await receive()
            if event["type"] != "http.request":
                return  # the client is gone
            body += event.get("body", b"")
            if len(body) > self._most:
                await self._refuse(send)
                return
            more = event.get("more_body", False)

        async def read() -> AsgiEvent:
            return {"type": "http.request", "body": bytes(body)}

        await super().__call__(scope, read, send)

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """Answer a request whose path is right."""
        try:
            response = await self._dispatch(request)
        except (ValueError, RecursionError):  # it is not what Slack sends, whatever its signature
            return BoltResponse(status=_BAD_REQUEST)
        if response.status == _UNAUTHORISED:
            _log.warning("slack.http.signature_invalid")
        return response

    async def _dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        stamp = request.get_headers().get("x-slack-request-timestamp", "0")
        if not (isinstance(stamp, str) and _STAMP.fullmatch(stamp)):
            return BoltResponse(status=_UNAUTHORISED, body={"error": "invalid request"})
        return await super().dispatch(request)

    async def _refuse(self, send: AsgiSend) -> None:
        _log.warning("slack.http.request_too_long", extra={"most": self._most})
        headers = [(b"connection", b"close"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": _TOO_LARGE, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return how long a request says that it is."""
    lengths = [value for name, value in headers if name == b"content-length"]
    return max((int(value) for value in lengths if _LENGTH.fullmatch(value)), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """Limits: how many connections there may be, and the time for a request to arrive and for its answer to be read."""

    connections: int = 256
    request: timedelta = timedelta(seconds=10)
    answer: timedelta = timedelta(seconds=30)


LIMITS = ServerLimits()


Asgi = Callable[[Any, Any, Any], Awaitable[None]]


def server_config(asgi: Asgi, *, limits: ServerLimits = LIMITS, ending: int | None = None) -> uvicorn.Config:
    """Return how to serve requests within these limits; at the end those under way have so many seconds."""
    return uvicorn.Config(
        asgi,
        http=type("LimitedConnection", (LimitedConnection,), {"limits": limits, "told": {}}),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=ending,
    )


class LimitedConnection(H11Protocol):
    """Serve requests one after the other, each within its time; uvicorn itself waits for the rest of one for ever.

    Where there are too many connections, the one that is longest without a whole request goes, so that a flood of half
    ones keeps nobody out; where all have one, the newest is refused.
    """

    limits: ClassVar[ServerLimits] = LIMITS
    told: ClassVar[dict[HTTPStatus, float]] = {}
    since = 0.0
    _begun = False
    _timer: asyncio.TimerHandle | None = None
    is_receiving = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Accept a connection, closing another one if there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            waiting = [one for one in self.connections if isinstance(one, LimitedConnection) and one.is_receiving]
            min(waiting, key=lambda one: one.since, default=self).refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        self._look(anew=True)

    def data_received(self, data: bytes) -> None:
        """Read a part of a request; that it comes in small parts gives it no more time."""
        self._begun = True
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._begun = False
        super().on_response_complete()
        self._look(anew=True)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def refuse(self, status: HTTPStatus) -> None:
        """Close the connection, and say why unless something is being said already."""
        self._stop()
        if self.transport.is_closing():
            return
        self._tell(status)
        in_answer = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete  # type: ignore[redundant-expr]  # it is None before the first request
        if not in_answer and (self._begun or status is HTTPStatus.SERVICE_UNAVAILABLE):
            line = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            self.transport.write(line.encode("ascii"))
        self.transport.close()

    def _look(self, *, anew: bool = False) -> None:
        """Start the clock when the connection begins to wait for a request, or for its answer to be taken."""
        receiving = self.conn.their_state in _RECEIVING
        if self.transport.is_closing() or (receiving is self.is_receiving and not anew):
            return
        self._stop()
        self.is_receiving, self.since = receiving, self.loop.time()
        wait = self.limits.request if receiving else self.limits.answer
        self._timer = self.loop.call_later(wait.total_seconds(), self._late)

    def _late(self) -> None:
        if self.is_receiving:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.abort()

    def _stop(self) -> None:
        self.is_receiving = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tell(self, status: HTTPStatus) -> None:
        now = self.loop.time()
        if now >= self.told.get(status, 0.0) and (self._begun or status is HTTPStatus.SERVICE_UNAVAILABLE):
            self.told[status] = now + _SELDOM.total_seconds()
            facts = {"status": status.value, "connections": len(self.connections)}
            _log.warning("slack.http.connection_refused", extra=facts)


_NONE = "none"


def register_gate(bot: SlackBot) -> None:
    """Register the gate before all listeners; rejected events are acknowledged, and logged once for each workspace."""
    told = Recent()

    async def let_in(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002  # Bolt passes it by this name
        if is_received_here(body, bot.me):
            await next()
            return None
        _note(body, told)
        return BoltResponse(status=200, body="")

    bot.app.middleware(let_in)


def is_received_here(body: Mapping[str, Any], me: Identity) -> bool:
    """Return whether an event is for the installation of the bot, no matter who caused it.

    Guests and people of other organisations are in channels of the workspace, too: nothing here looks at the team of a
    user. A dialog that one of them opened names their own team, and apart from that where the app is installed. An app
    that is installed for a whole organisation is one installation, in all workspaces of it.
    """
    if me.organisation_id is not None and me.organisation_id in _organisations(body):
        return True
    installed = _part(body, "view").get("app_installed_team_id")
    return me.workspace_id in ({installed} if installed else set(_workspaces(body)))


def _note(body: Mapping[str, Any], told: Recent) -> None:
    workspace = next(_workspaces(body), _NONE)
    if told.is_new(workspace):
        _log.warning("slack.workspace.not_served", extra={"workspace": workspace})


def _workspaces(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield where something was received; of a channel that is shared, `authorizations` names but one of several."""
    found = [each.get("team_id") for each in _authorizations(body)]
    found += [body.get("context_team_id"), body.get("team_id"), _part(body, "team").get("id"), body.get("team")]
    yield from (each for each in found if isinstance(each, str))


def _organisations(body: Mapping[str, Any]) -> Iterator[str]:
    found = [each.get("enterprise_id") for each in _authorizations(body)]
    found += [body.get("context_enterprise_id"), body.get("enterprise_id"), _part(body, "enterprise").get("id")]
    yield from (each for each in found if isinstance(each, str))


def _authorizations(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get("authorizations")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def register_removal(bot: SlackBot) -> None:
    """Register the events; whether the token still serves is asked of Slack, which may send an old event again."""

    async def uninstalled() -> None:
        bot.token_doubted.set()

    async def revoked(event: dict[str, Any]) -> None:
        # Members may revoke tokens of their own, of which the bot has none.
        if bot.me.user_id in (event.get("tokens") or {}).get("bot", ()):
            bot.token_doubted.set()

    bot.app.event("app_uninstalled")(uninstalled)
    bot.app.event("tokens_revoked")(revoked)

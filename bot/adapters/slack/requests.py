"""Receive the HTTP requests that Slack sends."""

import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

_log = logging.getLogger(__name__)
MOST = 2**20
"""A request of Slack is far shorter; a longer one is not read to its end."""

_BAD_REQUEST, _UNAUTHORISED, _TOO_LARGE = 400, 401, 413
_STAMP = re.compile(r"\d{1,12}", re.ASCII)
_LENGTH = re.compile(rb"\d{1,19}")

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


class Requests(AsyncSlackRequestHandler):
    """Pass requests to the app; Bolt checks the signature of those that can be read, and falls over the others.

    A body is read up to a limit before anything else is done with it.
    """

    def __init__(self, app: AsyncApp, *, most: int = MOST) -> None:
        super().__init__(app)
        self._most = most

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
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

        async def read() -> Event:
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

    async def _refuse(self, send: Send) -> None:
        _log.warning("slack.http.request_too_long", extra={"most": self._most})
        headers = [(b"connection", b"close"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": _TOO_LARGE, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return how long a request says that it is."""
    lengths = [value for name, value in headers if name == b"content-length"]
    return max((int(value) for value in lengths if _LENGTH.fullmatch(value)), default=0)

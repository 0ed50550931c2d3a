"""What strangers can take of the server for Slack is bounded, and correct requests are answered meanwhile."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp

from bot.adapters.slack import requests
from bot.adapters.slack.requests import LIMITS, MOST, Asgi, Requests, ServerLimits
from tests.loopback.slack.running import serving
from tests.loopback.slack.signing import SIGNING_SECRET, signature

PATIENCE = 20.0
PATH = "/slack/events"
BODY = json.dumps({"type": "url_verification", "challenge": "a word"})
SHORT = timedelta(milliseconds=200)
HALF = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode()
WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
# What the server takes in one go, beyond what it was asked for.
BUFFERS = 2**19


class Counted(Requests):
    """Count what is read of the bodies of requests."""

    taken = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # as ASGI has it
        """Answer a request."""

        async def read() -> Any:  # noqa: ANN401  # as above
            event = await receive()
            self.taken += len(event.get("body", b""))
            return event

        await super().__call__(scope, read, send)


class Peer:
    """Speak to the server without a client library."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def sends(self, data: bytes) -> None:
        """Send some bytes."""
        self.writer.write(data)
        await self.writer.drain()

    async def goes_on_sending(self, data: bytes) -> None:
        """Send the same bytes again and again, until the server takes no more."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.sends(data)

    async def hears(self) -> bytes:
        """Return what comes until the server closes the connection, or resets it after its last word."""
        heard = b""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionResetError):
                while some := await self.reader.read(BUFFERS):
                    heard += some
        return heard


class Server:
    """Reach a server by its address."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self.url, self._session = url, session
        self._peers: list[asyncio.StreamWriter] = []

    async def peer(self, said: bytes = b"") -> Peer:
        """Open a connection, and send something."""
        address = urlsplit(self.url)
        peer = Peer(*await asyncio.open_connection(address.hostname, address.port))
        self._peers.append(peer.writer)
        await peer.sends(said)
        return peer

    async def asks(self, **changed: str) -> int:
        """Send a correct request, but for some headers, and return the status of the response."""
        now = str(int(time.time()))
        stamp = changed.pop("stamp", now)
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(BODY, now, SIGNING_SECRET)}
        async with self._session.post(f"{self.url}{PATH}", data=BODY, headers=headers | changed) as response:
            return response.status

    def close(self) -> None:
        """Leave."""
        for writer in self._peers:
            writer.close()


@pytest.fixture
def asgi() -> Counted:
    """Return what answers, without anything that listens behind it."""
    return Counted(AsyncApp(token="xoxb-1", signing_secret=SIGNING_SECRET))  # noqa: S106  # no token


@asynccontextmanager
async def running(asgi: Asgi, limits: ServerLimits = LIMITS) -> AsyncIterator[Server]:
    async with serving(asgi, limits=limits) as url, ClientSession() as session:
        server = Server(url, session)
        yield server
        server.close()


async def test_what_says_that_it_is_too_long_is_not_read(asgi: Counted) -> None:
    async with running(asgi) as server:
        peer = await server.peer(HALF + f"Content-Length: {3 * MOST}\r\n\r\n".encode())

        heard = await peer.hears()

    assert heard.startswith(b"HTTP/1.1 413 ")
    assert asgi.taken == 0


async def test_what_turns_out_to_be_too_long_is_read_up_to_the_limit(asgi: Counted) -> None:
    async with running(asgi) as server:
        peer = await server.peer(HALF + b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"x" * 2**16 + b"\r\n"

        with pytest.raises(ConnectionError):
            await peer.goes_on_sending(chunk)

        assert MOST < asgi.taken < MOST + BUFFERS
        assert await server.asks() == 200


async def test_what_is_as_long_as_may_be_is_answered(asgi: Counted) -> None:
    async with running(asgi) as server:
        peer = await server.peer(HALF + f"Content-Length: {MOST}\r\nConnection: close\r\n\r\n".encode() + b"x" * MOST)

        assert (await peer.hears()).startswith(b"HTTP/1.1 4")

    assert asgi.taken == MOST


@pytest.mark.parametrize("part", [HALF, HALF + b"Content-Length: 9\r\n\r\n{", b"P"])
async def test_half_a_request_is_closed_when_its_time_is_over(asgi: Counted, part: bytes) -> None:
    async with running(asgi, ServerLimits(request=SHORT)) as server:
        peers = [await server.peer(part) for _ in range(5)]

        assert await server.asks() == 200
        heard = [await peer.hears() for peer in peers]

    assert all(one.startswith(b"HTTP/1.1 408 ") for one in heard)


async def test_a_connection_that_says_nothing_is_closed_without_a_word(asgi: Counted) -> None:
    async with running(asgi, ServerLimits(request=SHORT)) as server:
        assert await (await server.peer()).hears() == b""


async def test_what_comes_in_drops_has_no_more_time(asgi: Counted) -> None:
    async with running(asgi, ServerLimits(request=SHORT)) as server:
        peer = await server.peer(HALF)
        # One task reads all the while: a read that a timeout cancels loses what it has read so far.
        hearing = asyncio.create_task(peer.hears())

        while not hearing.done():
            with suppress(ConnectionError):  # it may have been closed since, which the answer tells
                await peer.sends(b"X-A: b\r\n")
            await asyncio.wait({hearing}, timeout=SHORT.total_seconds() / 5)

    assert (await hearing).startswith(b"HTTP/1.1 408 ")


async def test_too_many_half_requests_keep_nobody_out(asgi: Counted, caplog: pytest.LogCaptureFixture) -> None:
    async with running(asgi, ServerLimits(connections=3)) as server:
        peers = [await server.peer(HALF) for _ in range(9)]

        assert await server.asks() == 200
        heard = [await peer.hears() for peer in peers[:6]]

    assert all(one.startswith(b"HTTP/1.1 503 ") for one in heard)
    assert [record.levelname for record in caplog.records if record.levelname != "INFO"] == ["WARNING"]


async def test_where_all_are_being_answered_the_newest_is_refused() -> None:
    both, go_on, begun = asyncio.Event(), asyncio.Event(), []

    async def busy(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # as ASGI has it
        del receive
        begun.append(scope["path"])
        if len(begun) == 2:
            both.set()
        await go_on.wait()
        await send({"type": "http.response.start", "status": 204, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body"})

    async with running(busy, ServerLimits(connections=2)) as server:
        peers = [await server.peer(WHOLE) for _ in range(2)]
        await both.wait()

        assert (await (await server.peer()).hears()).startswith(b"HTTP/1.1 503 ")
        go_on.set()

        assert all([(await peer.hears()).startswith(b"HTTP/1.1 204 ") for peer in peers])


async def test_an_answer_that_nobody_takes_ends_too() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # as ASGI has it
        del scope, send
        while (await receive())["type"] != "http.disconnect":
            pass

    async with running(slow, ServerLimits(answer=SHORT)) as server:
        peer = await server.peer(WHOLE)

        assert await peer.hears() == b""


@pytest.mark.parametrize("stamp", ["abc", "1e9", "-1", "1.5", "9" * 400, ""])
async def test_a_malformed_time_stamp_is_refused_in_one_line(
    asgi: Counted, caplog: pytest.LogCaptureFixture, stamp: str
) -> None:
    async with running(asgi) as server:
        assert await server.asks(stamp=stamp) == 401

    told = [(record.name, record.exc_info) for record in caplog.records if record.levelname != "INFO"]
    assert told == [(requests.__name__, None)]


async def test_a_wrong_signature_and_an_old_time_stamp_are_refused_in_one_line(
    asgi: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(asgi) as server:
        assert await server.asks(**{"X-Slack-Signature": "v0=00"}) == 401
        assert await server.asks(stamp=str(int(time.time()) - 600)) == 401

    assert [record.name for record in caplog.records if record.levelname != "INFO"] == [requests.__name__] * 2

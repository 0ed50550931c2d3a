"""The server for Slack's requests leaves signals to the process, which ends in its own order."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from socket import create_server
from typing import Any

from bot.adapters.slack import serving
from bot.adapters.slack.requests import server_config

ENDING = (signal.SIGINT, signal.SIGTERM)


async def test_it_captures_no_signal() -> None:
    handlers: list[Any] = []

    async def note(_scope: object, _receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """Note who is told of signals while a request is answered."""
        handlers.extend(signal.getsignal(each) for each in ENDING)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body", "body": b""})

    before = [signal.getsignal(each) for each in ENDING]
    with create_server(("127.0.0.1", 0)) as listening:
        server = serving._Server(server_config(note))  # noqa: SLF001  # the server as the bot runs it
        running = asyncio.create_task(server.serve(sockets=[listening]))
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await reader.read()
        writer.close()
        server.should_exit = True
        await running

    assert handlers == before

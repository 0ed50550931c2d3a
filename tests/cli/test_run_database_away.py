"""Processes that start while their database is away wait for it, say so in one line, and serve when it is there."""

import asyncio
import json
import signal
import socket
import sqlite3
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from tests.adapters.discord.bots import enough
from tests.adapters.slack.bots import ASK
from tests.cli.commands import started
from tests.cli.platforms import PATIENCE, Platforms, both_platforms, listening, told
from tests.loopback.discord.people import mention

pytestmark = pytest.mark.slow

FEES = "how much does a withdrawal cost?"


@dataclass(frozen=True)
class Away:
    """Where a database is looked for, and what makes it come."""

    url: str
    back: Callable[[], object]


@dataclass(frozen=True)
class Gone:
    """A database, and how it goes away."""

    url: str
    way: Callable[[str], AbstractAsyncContextManager[Away]]


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[Away]:
    """Have somebody else keep a file to himself."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield Away(url, other.close)


@asynccontextmanager
async def unmounted(url: str) -> AsyncIterator[Away]:
    """Have the folder of a file come late."""
    before = _moved(Path(url.removeprefix("sqlite:///")))
    volume = before.parent.with_name("volume")
    yield Away(f"sqlite:///{volume / before.name}", lambda: before.parent.rename(volume))


def _moved(file: Path) -> Path:
    """Move a file into a folder of its own."""
    folder = file.with_name("before")
    folder.mkdir()
    return file.rename(folder / file.name)


@asynccontextmanager
async def refused(url: str) -> AsyncIterator[Away]:
    """Have a server on a port that nobody listens at yet."""
    server = make_url(url)
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        relay = await asyncio.start_server(lambda *ends: _relayed(server, *ends), sock=port, start_serving=False)
        here = server.set(host="127.0.0.1", port=port.getsockname()[1], query={})
        tasks: set[asyncio.Task[None]] = set()

        def listen() -> None:
            tasks.add(asyncio.create_task(relay.start_serving()))

        yield Away(here.render_as_string(hide_password=False), listen)
        relay.close()


async def _relayed(server: URL, reader: StreamReader, writer: StreamWriter) -> None:
    folder = server.query.get("host")
    there = (
        asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{server.port or 5432}")
        if folder
        else asyncio.open_connection(server.host, server.port or 5432)
    )
    far_reader, far_writer = await there
    await asyncio.gather(_piped(reader, far_writer), _piped(far_reader, writer), return_exceptions=True)


async def _piped(reader: StreamReader, writer: StreamWriter) -> None:
    with closing(writer):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()


@pytest.fixture(params=[("postgres_url", refused), ("sqlite_url", locked), ("sqlite_url", unmounted)])
def gone(request: pytest.FixtureRequest) -> Gone:
    """Return a database, and how it goes away."""
    database, way = request.param
    return Gone(request.getfixturevalue(database), way)


async def test_it_waits_and_then_serves(gone: Gone, tmp_path: Path) -> None:
    async with both_platforms(gone.url) as both:
        await waits_and_serves(both, gone, "run", {"Slack", "Discord"}, tmp_path)


@pytest.mark.parametrize(("run", "on"), [("run slack", {"Slack"}), ("run discord", {"Discord"})])
async def test_so_does_each_platform_alone(sqlite_url: str, tmp_path: Path, run: str, on: set[str]) -> None:
    async with both_platforms(sqlite_url) as both:
        await waits_and_serves(both, Gone(sqlite_url, unmounted), run, on, tmp_path)


async def waits_and_serves(both: Platforms, gone: Gone, run: str, on: set[str], folder: Path) -> None:
    """Start a process while the database is away, and have a question answered when it is back."""
    async with gone.way(gone.url) as away:
        variables = replace(both, url=away.url).settings
        async with started(*run.split(), cwd=folder, variables=variables) as bot:
            line = await told(bot, "database.away")
            assert line["level"] == "warning"
            assert line["reason"]
            away.back()
            await told(bot, "database.back")
            await listening(bot, on)
            await answered(both, on)
            bot.send_signal(signal.SIGTERM)
            _, rest = await asyncio.wait_for(bot.communicate(), PATIENCE)

    assert bot.returncode == 0, rest.decode()
    assert {json.loads(line)["level"] for line in rest.splitlines()} == {"info"}


async def answered(both: Platforms, on: set[str]) -> None:
    """Have a question answered on each of these platforms."""
    if "Discord" in on:
        thread = await mention(both.discord, both.ana, FEES)
        await both.discord.log.until(lambda: enough(both.discord, thread, 1), seconds=PATIENCE)
    if "Slack" in on:
        await both.alice.says(both.channel, ASK)
        await both.slack.posted(1)


async def test_told_to_stop_while_it_waits_it_ends(sqlite_url: str, tmp_path: Path) -> None:
    async with both_platforms(sqlite_url) as both, unmounted(sqlite_url) as away:
        variables = replace(both, url=away.url).settings
        async with started("run", cwd=tmp_path, variables=variables) as bot:
            await told(bot, "database.away")
            bot.send_signal(signal.SIGTERM)
            _, rest = await asyncio.wait_for(bot.communicate(), PATIENCE)

    assert bot.returncode == 0, rest.decode()
    assert [json.loads(line)["event"] for line in rest.splitlines()] == ["bot.stopping"]

"""Start a Discord for each test, and check all that went over its wires against Discord's own description."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback.discord import checking
from tests.loopback.discord.clients import TestClient, connected, options
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback, running


@pytest.fixture
async def loopback(caplog: pytest.LogCaptureFixture) -> AsyncIterator[Loopback]:
    """Return a running Discord; afterwards all that it and its clients sent is checked."""
    async with running() as discord:
        yield discord
    assert [one.getMessage() for one in caplog.get_records("call") if one.name == "aiohttp.server"] == []
    assert checking.unserved(discord.log) == []
    problems = checking.told(discord.log)
    assert problems == [], "\n".join(problems)


@pytest.fixture
def guild(loopback: Loopback) -> int:
    """Return a server with the bot in it."""
    return loopback.world.add_guild()


@pytest.fixture
def asker(loopback: Loopback, guild: int) -> Who:
    """Return somebody in a text channel."""
    return Who(loopback.world.add_channel(guild), loopback.world.add_member(guild, "ana"))


@pytest.fixture
async def client(loopback: Loopback, asker: Who) -> AsyncIterator[TestClient]:
    """Return a client of discord.py that is ready."""
    client = TestClient(**options(loopback))
    async with connected(client):
        yield client

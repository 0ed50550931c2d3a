"""Start a Discord for each test, and check all that went over its wires against Discord's own description."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from bot.store import Database
from tests.adapters.discord.bots import behave, running_bot, services
from tests.adapters.discord.loopback import checking
from tests.adapters.discord.loopback.clients import TestClient, connected, options
from tests.adapters.discord.loopback.server import Loopback, running
from tests.adapters.discord.moderators.staff import Review, Staff, staff_of
from tests.adapters.discord.people import Who
from tests.service.deliveries import Watch


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


@pytest.fixture
def watch() -> Watch:
    """Return a clock that is moved by hand, and begins now, as ids of messages do."""
    return Watch(datetime.now(UTC))


@pytest.fixture
async def app(sqlite_url: str, watch: Watch) -> AsyncIterator[App]:
    """Return the services over a file with a few entries."""
    database = Database(sqlite_url)
    yield services(database, clock=watch)
    await database.aclose()


@pytest.fixture
async def bot(loopback: Loopback, app: App, asker: Who) -> AsyncIterator[DiscordBot]:
    """Return the bot, ready, in a channel where it answers when it is mentioned."""
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as bot:
        yield bot


@pytest.fixture
def staff(loopback: Loopback, guild: int) -> Staff:
    """Return the moderators of the server."""
    return staff_of(loopback.world, guild)


@pytest.fixture
async def review(loopback: Loopback, app: App, asker: Who, staff: Staff) -> AsyncIterator[Review]:
    """Return the bot at work, with a channel for the moderators."""
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, review_channel=staff.room) as bot:
        yield Review(loopback, app, bot, staff, asker)


@pytest.fixture
def hidden(staff: Staff) -> Who:
    """Return a moderator in a channel that only moderators view."""
    return staff.mo

"""Start a Discord for each test, and check all that went over its wires against Discord's own description."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from bot.store import Database
from tests.adapters.discord.bots import behave, running_bot, services
from tests.adapters.discord.moderators.staff import Review, Staff, staff_of
from tests.loopback.discord.fixtures import asker, client, guild, loopback
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback
from tests.service.deliveries import Watch

__all__ = ["asker", "client", "guild", "loopback"]


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

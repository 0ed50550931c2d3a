"""Start a Slack for each test, and run the real app against it."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.bots import Office, StartBot, offices
from tests.adapters.slack.moderators.desks import Desk, open_desk
from tests.loopback.slack.fixtures import mode, run_app, slack, slack_spec
from tests.loopback.slack.server import Slack

__all__ = ["mode", "run_app", "slack", "slack_spec"]


@pytest.fixture
async def start_bot(slack: Slack, mode: str, sqlite_url: str) -> AsyncIterator[StartBot]:
    """Return what starts the bot in this mode, with options of its own."""
    async with offices(slack, mode, sqlite_url) as start:
        yield start


@pytest.fixture
async def office(start_bot: StartBot) -> Office:
    """Return a Slack with the bot in it."""
    return await start_bot()


@pytest.fixture
async def desk(slack: Slack, start_bot: StartBot) -> Desk:
    """Return a Slack with the bot, a review channel and moderators in it."""
    return await open_desk(slack, start_bot)

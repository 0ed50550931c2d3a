"""The app is removed from its workspace: the bot says so once and ends; events of an earlier removal end nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack import serving
from bot.chat.apps import OneApp
from bot.core.models import ChannelRef
from bot.errors import TokenRefusedError
from bot.store import Database
from tests.adapters.slack.bots import ASK, options
from tests.loopback.slack import payloads
from tests.loopback.slack.server import Slack
from tests.loopback.slack.watching import PATIENCE
from tests.loopback.slack.workspace import TEAM
from tests.service.samples import services


@pytest.fixture
async def run(slack: Slack, sqlite_url: str) -> AsyncIterator[asyncio.Task[None]]:
    """Return the whole bot as a task."""
    database, stop = Database(sqlite_url), asyncio.Event()
    running = asyncio.create_task(serving.serve(options(slack, "socket"), OneApp(services(database)), stop=stop))
    await slack.connected()
    yield running
    stop.set()
    await asyncio.wait({running})
    await database.aclose()


async def test_a_bot_whose_app_is_removed_says_so_once_and_ends(
    slack: Slack, run: asyncio.Task[None], caplog: pytest.LogCaptureFixture
) -> None:
    await slack.uninstall()

    with pytest.raises(TokenRefusedError) as refused:
        await asyncio.wait_for(run, PATIENCE)

    assert (refused.value.setting, refused.value.reason) == ("slack_bot_token", "account_inactive")
    assert caplog.messages.count("slack.token.revoked") == 1
    assert "task.ended" not in caplog.messages


async def test_an_event_of_a_removal_that_is_over_ends_nothing(
    slack: Slack, run: asyncio.Task[None], sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = len(slack.calls_of("auth.test"))
    await slack.event(payloads.uninstalled())
    await slack.until(lambda: len(slack.calls_of("auth.test")) > asked, "a look at the token")

    alice = slack.member("alice")
    channel = slack.space.channel("ask", alice.user)
    database = Database(sqlite_url)
    await services(database).channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": "mention"}, actor="ann")
    await database.aclose()
    await alice.says(channel, ASK)
    await slack.posted(1)

    assert not run.done()
    assert "slack.token.revoked" not in caplog.messages


async def test_tokens_of_members_are_not_ours(slack: Slack, run: asyncio.Task[None]) -> None:
    asked = len(slack.calls_of("auth.test"))
    await slack.event(payloads.revoked() | {"tokens": {"oauth": ["U1"], "bot": []}})

    assert len(slack.calls_of("auth.test")) == asked
    assert not run.done()

"""Show that each command that goes on running tells people later answers, as a process at default settings."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.resolutions import NewAnswer
from bot.store import Database
from tests.adapters.discord.bots import enough, services, words
from tests.adapters.slack.bots import UNKNOWN
from tests.cli.commands import started
from tests.cli.platforms import PATIENCE, Platforms, both_platforms, listening
from tests.loopback.discord.people import mention
from tests.service.samples import UNKNOWN as PARROT

pytestmark = pytest.mark.slow

LATER = "It lives on the third floor."


@pytest.fixture
async def platforms(sqlite_url: str) -> AsyncIterator[Platforms]:
    """Run both platforms."""
    async with both_platforms(sqlite_url) as platforms:
        yield platforms


async def answer(url: str) -> None:
    """Answer what is open as a moderator; its askers on both platforms are in one item."""
    database = Database(url)
    await services(database).review.answer("R1", NewAnswer(answer=LATER), actor="ann")
    await database.aclose()


@pytest.mark.parametrize(
    ("run", "on"), [("run", {"Slack", "Discord"}), ("run slack", {"Slack"}), ("run discord", {"Discord"})]
)
async def test_a_later_answer_arrives(platforms: Platforms, tmp_path: Path, run: str, on: set[str]) -> None:
    slack, discord = platforms.slack, platforms.discord
    async with started(*run.split(), cwd=tmp_path, variables=platforms.settings) as bot:
        await listening(bot, on)
        thread = 0
        if "Discord" in on:
            thread = await mention(discord, platforms.ana, PARROT)
            await discord.log.until(lambda: enough(discord, thread, 1), seconds=PATIENCE)
        if "Slack" in on:
            await platforms.alice.says(platforms.channel, UNKNOWN)
            await slack.posted(1)
        await answer(platforms.url)
        if "Discord" in on:
            later = (await discord.log.until(lambda: enough(discord, thread, 2), seconds=PATIENCE))[1]
            assert LATER in words(later)
        if "Slack" in on:
            assert LATER in str((await slack.posted(2))[1])
        bot.send_signal(signal.SIGTERM)
        _, err = await asyncio.wait_for(bot.communicate(), PATIENCE)

    assert bot.returncode == 0, err.decode()

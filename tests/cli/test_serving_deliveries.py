"""Show that each command that goes on running tells people later answers, as a process at default settings."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.models import ChannelRef
from bot.service.resolutions import NewAnswer
from bot.store import Database
from tests.adapters.discord.bots import behave, enough, services, words
from tests.adapters.slack.bots import UNKNOWN
from tests.cli.commands import started
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback, running
from tests.loopback.discord.world import TOKEN
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import TEAM, Channel
from tests.service.samples import ENTRIES
from tests.service.samples import UNKNOWN as PARROT
from tests.store.samples import saved

pytestmark = pytest.mark.slow

PATIENCE = 30.0
LATER = "It lives on the third floor."
_NO_SOUND = "ignore:'audioop' is deprecated:DeprecationWarning:discord.player"  # the library plays no sound here


@dataclass(frozen=True)
class Platforms:
    """A Slack and a Discord with a channel each, over one database."""

    slack: Slack
    discord: Loopback
    alice: Member
    channel: Channel
    ana: Who
    url: str

    @property
    def settings(self) -> dict[str, str]:
        """Return what a process has to be told: nothing but where all is."""
        return {
            "FAQBOT_DATABASE_URL": self.url,
            "FAQBOT_SLACK_BOT_TOKEN": BOT_TOKEN,
            "FAQBOT_SLACK_APP_TOKEN": APP_TOKEN,
            "FAQBOT_SLACK_API_URL": self.slack.api_url,
            "FAQBOT_DISCORD_TOKEN": TOKEN,
            "FAQBOT_DISCORD_API_URL": self.discord.api_url,
            "FAQBOT_DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "PYTHONWARNINGS": f"error,{_NO_SOUND}",
        }


@pytest.fixture
async def platforms(sqlite_url: str) -> AsyncIterator[Platforms]:
    """Run both platforms, with the bot set to answer in a channel of each."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(running_slack())
        discord = await stack.enter_async_context(running())
        guild = discord.world.add_guild()
        ana = Who(discord.world.add_channel(guild), discord.world.add_member(guild, "ana"))
        alice = slack.member("alice")
        channel = slack.space.channel("ask", alice.user)
        database = Database(sqlite_url)
        await saved(database, *ENTRIES)
        app = services(database)
        await app.channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": "mention"}, actor="ann")
        await behave(app, discord, ana.channel_id, mode="mention")
        await database.aclose()
        yield Platforms(slack, discord, alice, channel, ana, sqlite_url)


async def listening(running: Process, platforms: set[str]) -> None:
    """Wait until the log of a process tells that it listens to all of these."""
    assert running.stderr is not None
    waiting = set(platforms)
    async with asyncio.timeout(PATIENCE):
        while waiting:
            line = (await running.stderr.readline()).decode()
            assert line, "the process ended before it took events"
            waiting -= {each for each in waiting if f"{each.lower()}.connected" in line}


async def answer(url: str) -> None:
    """Have a moderator answer what is open; whoever asked for it on either platform is in one item."""
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

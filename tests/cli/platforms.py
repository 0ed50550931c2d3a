"""A Slack and a Discord for processes of the bot at default settings, over one database."""

import asyncio
import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.core.models import ChannelRef
from bot.store import Database
from tests.adapters.discord.bots import behave, services
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback, running
from tests.loopback.discord.world import TOKEN
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import TEAM, Channel
from tests.service.samples import ENTRIES
from tests.store.samples import saved

PATIENCE = 30.0
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


@asynccontextmanager
async def both_platforms(url: str) -> AsyncIterator[Platforms]:
    """Run both platforms for the block, with the bot set to answer in a channel of each."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(running_slack())
        discord = await stack.enter_async_context(running())
        guild = discord.world.add_guild()
        ana = Who(discord.world.add_channel(guild), discord.world.add_member(guild, "ana"))
        alice = slack.member("alice")
        channel = slack.space.channel("ask", alice.user)
        database = Database(url)
        await saved(database, *ENTRIES)
        app = services(database)
        await app.channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": "mention"}, actor="ann")
        await behave(app, discord, ana.channel_id, mode="mention")
        await database.aclose()
        yield Platforms(slack, discord, alice, channel, ana, url)


async def told(running: Process, event: str) -> dict[str, Any]:
    """Return the next line of a process's log with an event, once it comes."""
    assert running.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while f'"{event}"' not in (line := (await running.stderr.readline()).decode()):
            assert line, f"the process ended before {event}"
    found: dict[str, Any] = json.loads(line)
    return found


async def listening(running: Process, platforms: set[str]) -> None:
    """Wait until the log of a process tells that it listens to all of these."""
    assert running.stderr is not None
    waiting = set(platforms)
    async with asyncio.timeout(PATIENCE):
        while waiting:
            line = (await running.stderr.readline()).decode()
            assert line, "the process ended before it took events"
            waiting -= {each for each in waiting if f"{each.lower()}.connected" in line}

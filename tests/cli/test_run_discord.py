"""The bot as a process in a Discord of the test: it answers, stops when it is told to, and says why it cannot begin."""

import asyncio
import json
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.store import Database
from tests.adapters.discord.bots import POSTED, behave, replies, services
from tests.cli.commands import started
from tests.loopback.discord.constants import Intent
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback, running
from tests.loopback.discord.world import TOKEN
from tests.service.samples import ENTRIES
from tests.store.samples import saved

pytestmark = pytest.mark.slow

PATIENCE = 20.0
_NO_SOUND = "ignore:'audioop' is deprecated:DeprecationWarning:discord.player"  # the library plays no sound here
FEES = "how much does a withdrawal cost?"


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    """Run a Discord."""
    async with running() as discord:
        yield discord


@pytest.fixture
def asker(loopback: Loopback) -> Who:
    """Return somebody in a text channel of a server with the bot in it."""
    guild = loopback.world.add_guild()
    return Who(loopback.world.add_channel(guild), loopback.world.add_member(guild, "ana"))


@pytest.fixture
async def url(loopback: Loopback, asker: Who, sqlite_url: str) -> str:
    """Return a database with entries, in which the bot listens to the channel."""
    database = Database(sqlite_url)
    await saved(database, *ENTRIES)
    await behave(services(database), loopback, asker.channel_id, mode="mention")
    await database.aclose()
    return sqlite_url


@asynccontextmanager
async def process(loopback: Loopback, url: str, folder: Path, **more: str) -> AsyncIterator[Process]:
    """Run `faqbot run discord` as long as the block lasts."""
    variables = {
        "FAQBOT_DATABASE_URL": url,
        "FAQBOT_DISCORD_TOKEN": TOKEN,
        "FAQBOT_DISCORD_API_URL": loopback.api_url,
        "FAQBOT_DISCORD_GATEWAY_URL": loopback.gateway_url,
        "PYTHONWARNINGS": f"error,{_NO_SOUND}",
        **more,
    }
    async with started("run", "discord", cwd=folder, variables=variables) as running:
        yield running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_and_stops_when_it_is_told_to(
    loopback: Loopback, asker: Who, url: str, tmp_path: Path, number: signal.Signals
) -> None:
    async with process(loopback, url, tmp_path) as bot:
        await loopback.log.until(lambda: loopback.gateway.sessions or None, seconds=PATIENCE)
        asked = await mention(loopback, asker, FEES)
        await loopback.log.requested(POSTED)
        await replies(loopback, asked)
        bot.send_signal(number)
        before = time.monotonic()
        out, err = await asyncio.wait_for(bot.communicate(), PATIENCE)

    assert time.monotonic() - before < 10
    assert (bot.returncode, out) == (0, b"")
    told = [json.loads(line) for line in err.splitlines()]
    assert {line["level"] for line in told} == {"info"}
    assert told[-1]["event"] == "bot.stopping"
    assert loopback.gateway.sessions == {}


async def test_what_is_off_is_said_at_the_start(loopback: Loopback, asker: Who, url: str, tmp_path: Path) -> None:
    async with process(loopback, url, tmp_path, FAQBOT_DISCORD_MESSAGE_CONTENT="false") as bot:
        await loopback.log.until(lambda: loopback.gateway.sessions or None, seconds=PATIENCE)
        bot.terminate()
        _, err = await asyncio.wait_for(bot.communicate(), PATIENCE)

    assert b"discord.message_content.off" in err


async def test_an_intent_that_is_not_allowed_is_one_line(
    loopback: Loopback, asker: Who, url: str, tmp_path: Path
) -> None:
    loopback.gateway.approved = Intent(0)
    code, line = await _refused(loopback, url, tmp_path)

    assert code == 5
    assert line.startswith(
        "faqbot: Discord does not let the bot in: the intents are not allowed; switch Message Content"
    )


@pytest.mark.parametrize("close_code", [None, 4004])
async def test_a_token_that_is_wrong_is_one_line(
    loopback: Loopback, asker: Who, url: str, tmp_path: Path, close_code: int | None
) -> None:
    more = {"FAQBOT_DISCORD_TOKEN": "wrong"} if close_code is None else {}
    loopback.gateway.refusals += [] if close_code is None else [close_code]
    code, line = await _refused(loopback, url, tmp_path, **more)

    assert code == 5
    assert line.startswith("faqbot: FAQBOT_DISCORD_TOKEN was refused: Discord does not know it")


async def test_shards_that_do_not_fit_are_one_line(loopback: Loopback, asker: Who, url: str, tmp_path: Path) -> None:
    code, line = await _refused(loopback, url, tmp_path, FAQBOT_DISCORD_SHARD_IDS="0,1", FAQBOT_DISCORD_SHARD_COUNT="1")

    assert (code, line) == (
        5,
        "faqbot: FAQBOT_DISCORD_SHARD_COUNT: expected more than 1, since this process has shard 1",
    )


async def _refused(loopback: Loopback, url: str, folder: Path, **more: str) -> tuple[int | None, str]:
    """Return how a process ends that is not let in, and its only line."""
    async with process(loopback, url, folder, **more) as bot:
        _, err = await asyncio.wait_for(bot.communicate(), PATIENCE)
    *rest, line = err.decode().splitlines()
    assert [told for told in rest if json.loads(told)["level"] != "info"] == []
    return bot.returncode, line


async def test_several_servers_of_which_none_is_named_are_one_line(
    loopback: Loopback, asker: Who, url: str, tmp_path: Path
) -> None:
    loopback.world.add_guild("Another")
    code, line = await _refused(loopback, url, tmp_path)

    ids = ", ".join(map(str, sorted(loopback.world.guilds)))
    assert code == 5
    assert line.startswith(f"faqbot: the bot is in several servers on Discord, and none is named to be served: {ids}; ")
    assert "FAQBOT_DISCORD_SERVERS" in line

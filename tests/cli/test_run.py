"""The bot as a process in a Slack of the test: it answers, and stops when it is told to."""

import asyncio
import json
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.core.models import ChannelRef
from bot.store import Database
from tests.adapters.discord.bots import behave, replies
from tests.adapters.slack.bots import ASK
from tests.cli.commands import spawn, started
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import running
from tests.loopback.discord.world import TOKEN
from tests.loopback.slack.faults import held
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.signing import SIGNING_SECRET
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import TEAM
from tests.service.samples import ENTRIES, services
from tests.store.samples import saved

pytestmark = pytest.mark.slow

PATIENCE = 20.0
NO_SOUND = "ignore:'audioop' is deprecated:DeprecationWarning:discord.player"  # the library plays no sound here


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """Run a Slack."""
    async with running_slack() as slack:
        yield slack


@asynccontextmanager
async def process(
    slack: Slack, url: str, folder: Path, *, run: str = "run slack", **more: str
) -> AsyncIterator[Process]:
    """Run the bot as long as the block lasts."""
    variables = {
        "FAQBOT_DATABASE_URL": url,
        "FAQBOT_LOG_LEVEL": "info",
        "FAQBOT_SLACK_BOT_TOKEN": BOT_TOKEN,
        "FAQBOT_SLACK_APP_TOKEN": APP_TOKEN,
        "FAQBOT_SLACK_API_URL": slack.api_url,
        **more,
    }
    async with started(*run.split(), cwd=folder, variables=variables) as running:
        yield running


async def prepared(url: str, channel: str) -> None:
    """Fill a database, and have the bot listen in a channel."""
    database = Database(url)
    await saved(database, *ENTRIES)
    await services(database).channels.set(ChannelRef("slack", TEAM, channel), {"mode": "mention"}, actor="ann")
    await database.aclose()


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_it_finishes_what_is_in_hand(
    slack: Slack, sqlite_url: str, tmp_path: Path, mode: str, number: signal.Signals
) -> None:
    alice = slack.member("alice")
    channel = slack.space.channel("ask", alice.user)
    await prepared(sqlite_url, channel.id)
    release = asyncio.Event()
    slack.fail("chat.postMessage", held(release))
    more = {"FAQBOT_SLACK_MODE": mode, "FAQBOT_SLACK_PORT": "0", "FAQBOT_SLACK_SIGNING_SECRET": SIGNING_SECRET}

    async with process(slack, sqlite_url, tmp_path, **more) as running:
        await ready(slack, running, mode)
        question = await alice.says(channel, ASK)
        await slack.until(lambda: bool(slack.calls_of("chat.postMessage")), "an answer under way")
        running.send_signal(number)
        begun = time.monotonic()
        await asyncio.sleep(0)
        release.set()
        out, err = await asyncio.wait_for(running.communicate(), PATIENCE)

    assert running.returncode == 0, err.decode()
    assert time.monotonic() - begun < 10
    assert [message.thread_ts for message in slack.visible()] == [question.ts]
    assert out == b""


async def ready(slack: Slack, running: Process, mode: str) -> None:
    """Wait until the process takes events, and have them sent where its log says that it listens."""
    assert running.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while "slack.connected" not in (line := (await running.stderr.readline()).decode()):
            assert line, "the process ended before it took events"
    if mode == "http":
        told = json.loads(line)
        slack.events_url = f"http://{told['host']}:{told['port']}/slack/events"


async def test_without_an_argument_one_process_answers_on_both_platforms(
    slack: Slack, sqlite_url: str, tmp_path: Path
) -> None:
    alice = slack.member("alice")
    channel = slack.space.channel("ask", alice.user)
    await prepared(sqlite_url, channel.id)
    async with running() as discord:
        guild = discord.world.add_guild()
        ana = Who(discord.world.add_channel(guild), discord.world.add_member(guild, "ana"))
        database = Database(sqlite_url)
        await behave(services(database), discord, ana.channel_id, mode="mention")
        await database.aclose()
        more = {
            "FAQBOT_DISCORD_TOKEN": TOKEN,
            "FAQBOT_DISCORD_API_URL": discord.api_url,
            "FAQBOT_DISCORD_GATEWAY_URL": discord.gateway_url,
            "PYTHONWARNINGS": f"error,{NO_SOUND}",
        }
        async with process(slack, sqlite_url, tmp_path, run="run", **more) as bot:
            await ready(slack, bot, "socket")
            await discord.log.until(lambda: discord.gateway.sessions or None, seconds=PATIENCE)
            await alice.says(channel, ASK)
            asked = await mention(discord, ana, "how much does a withdrawal cost?")
            await slack.posted(1)
            await replies(discord, asked)
            bot.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(bot.communicate(), 30)

    assert bot.returncode == 0, err.decode()


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, "faqbot: FAQBOT_SLACK_BOT_TOKEN: expected the bot token of an app, which begins with xoxb-\n"),
        (
            {"FAQBOT_SLACK_BOT_TOKEN": "xapp-1"},
            "faqbot: FAQBOT_SLACK_BOT_TOKEN: expected the bot token of an app, which begins with xoxb-\n",
        ),
        (
            {"FAQBOT_SLACK_BOT_TOKEN": "xoxb-1", "FAQBOT_SLACK_APP_TOKEN": "xoxb-2"},
            "faqbot: FAQBOT_SLACK_APP_TOKEN: expected the app-level token of an app, which begins with xapp-\n",
        ),
        (
            {"FAQBOT_SLACK_BOT_TOKEN": "xoxb-1"},
            "faqbot: FAQBOT_SLACK_APP_TOKEN: expected the app-level token of an app, which begins with xapp-\n",
        ),
        (
            {"FAQBOT_SLACK_BOT_TOKEN": "xoxb-1", "FAQBOT_SLACK_MODE": "http"},
            "faqbot: FAQBOT_SLACK_SIGNING_SECRET: expected the signing secret of an app\n",
        ),
    ],
)
def test_a_missing_token_is_one_line_that_names_it(folder: Path, variables: dict[str, str], line: str) -> None:
    result = spawn("run", "slack", cwd=folder, variables=variables)
    assert (result.code, result.err) == (5, line)


async def test_a_token_that_slack_does_not_know_is_named(slack: Slack, sqlite_url: str, tmp_path: Path) -> None:
    async with process(slack, sqlite_url, tmp_path, FAQBOT_SLACK_BOT_TOKEN="xoxb-wrong") as running:  # noqa: S106  # a wrong one
        _, err = await asyncio.wait_for(running.communicate(), PATIENCE)
    assert running.returncode == 5
    assert err.decode().splitlines()[-1].startswith("faqbot: FAQBOT_SLACK_BOT_TOKEN was refused: invalid_auth;")


async def test_a_wrong_app_token_is_named(slack: Slack, sqlite_url: str, tmp_path: Path) -> None:
    async with process(slack, sqlite_url, tmp_path, FAQBOT_SLACK_APP_TOKEN="xapp-wrong") as running:  # noqa: S106  # a wrong one
        _, err = await asyncio.wait_for(running.communicate(), PATIENCE)
    assert running.returncode == 5
    assert err.decode().splitlines()[-1].startswith("faqbot: FAQBOT_SLACK_APP_TOKEN was refused: invalid_auth;")


async def test_a_missing_scope_is_named(slack: Slack, sqlite_url: str, tmp_path: Path) -> None:
    slack.web.scopes -= {"chat:write", "users:read"}
    async with process(slack, sqlite_url, tmp_path) as running:
        _, err = await asyncio.wait_for(running.communicate(), PATIENCE)
    assert running.returncode == 5
    assert "faqbot: the app in Slack lacks the scopes chat:write, users:read; add them" in err.decode()


def test_no_platform_at_all_is_told(folder: Path) -> None:
    result = spawn("run", cwd=folder)
    assert result.code == 5
    assert result.err == (
        "faqbot: FAQBOT_SLACK_BOT_TOKEN or FAQBOT_DISCORD_TOKEN: expected a token; "
        "docs/slack.md and docs/discord.md tell how to get one\n"
    )

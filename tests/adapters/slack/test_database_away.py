"""The database is away or locked while people ask in Slack: nothing is lost, and nothing is answered twice."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from bot.chat import intake
from bot.core.models import MessageRef
from tests.adapters.slack.bots import ASK, UNKNOWN, Office, StartBot, offices
from tests.adapters.spools import new_folder
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways

SHORT = timedelta(milliseconds=50)


@pytest.fixture
async def start_bot(
    slack: Slack, mode: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StartBot]:
    """Yield what starts a bot that waits for no lock for long."""
    monkeypatch.setattr(intake, "PAUSE", SHORT.total_seconds())
    async with offices(slack, mode, sqlite_url, busy_timeout=SHORT, pause=SHORT.total_seconds()) as start:
        yield start


@pytest.fixture
async def office(start_bot: StartBot) -> Office:
    return await start_bot()


@contextmanager
def locked(url: str) -> Iterator[sqlite3.Connection]:
    """Lock the database for the block."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


async def asked_once(office: Office) -> None:
    """Have the bot know what it can answer."""
    alice = office.slack.member("first")
    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()


async def test_an_answer_that_needs_no_log_is_given_at_once_and_gets_its_buttons_later(
    office: Office, sqlite_url: str
) -> None:
    await asked_once(office)
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await office.app.channels.behaviour(office.bot.place(channel.id))
    with locked(sqlite_url):
        asked = await alice.says(channel, ASK)
        *_, answer = await office.slack.posted(2)
        assert answer.thread_ts == asked.ts
        assert "faqbot_helpful" not in str(answer.blocks)
        assert (
            await office.app.conversations.why(
                MessageRef(platform="slack", workspace_id=office.bot.me.workspace_id, message_id=asked.ts)
            )
            is None
        )
    await office.logged(asked)
    await office.quiet()

    (_, answer) = office.slack.visible()
    assert "faqbot_helpful" in str(answer.blocks)
    assert len(office.slack.calls_of("chat.postMessage")) == 2
    assert office.bot.intake.spool.waiting() == ()


@both_ways
async def test_a_question_that_needs_the_log_waits_for_it(office: Office, sqlite_url: str) -> None:
    await asked_once(office)
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await office.app.channels.behaviour(office.bot.place(channel.id))
    with locked(sqlite_url):
        asked = await alice.says(channel, UNKNOWN)
        assert len(office.bot.intake.spool.waiting()) == 1
    await office.logged(asked)
    await office.quiet()
    assert len(office.slack.visible()) == 2


async def test_a_process_that_dies_meanwhile_is_followed_by_one_that_answers_once(
    slack: Slack, start_bot: StartBot, sqlite_url: str
) -> None:
    folder = new_folder()
    one = await start_bot(spool=folder)
    await asked_once(one)
    alice = slack.member("alice")
    channel = await one.channel(alice)
    await one.app.channels.behaviour(one.bot.place(channel.id))
    with locked(sqlite_url):
        asked, unknown = await alice.says(channel, ASK), await alice.says(channel, UNKNOWN)
        await slack.posted(2)
        await one.bot.work.finish(within=timedelta())
    one.bot.intake.spool.close()

    other = await start_bot(spool=folder)
    await other.bot.intake.take_up()
    await other.quiet()

    assert len([said for said in slack.visible() if said.thread_ts == asked.ts]) == 1
    assert len([said for said in slack.visible() if said.thread_ts == unknown.ts]) == 1
    for message in (asked, unknown):
        await other.logged(message)

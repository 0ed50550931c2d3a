"""An answer is shared once, though two bots on one store are told of the click."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ChannelRef
from bot.service.claims import LEASE
from bot.store import Database
from tests.adapters.slack.bots import QUESTION, running_bot
from tests.loopback.slack.faults import held
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import TEAM, Channel, Message
from tests.service.leases import elapse
from tests.service.samples import ENTRIES, services
from tests.store.samples import saved

Told = tuple[Member, Channel, Message]


@pytest.fixture
async def bots(slack: Slack, database_url: str) -> AsyncIterator[list[SlackBot]]:
    """Run two bots over one store, each with its own connections to Slack and to the database."""
    async with AsyncExitStack() as stack:
        running = []
        for first in (True, False):
            database = Database(database_url)
            stack.push_async_callback(database.aclose)
            if first and not database_url.startswith("sqlite:"):  # such a file has them already
                await saved(database, *ENTRIES)
            running.append(await stack.enter_async_context(running_bot(slack, "socket", services(database))))
        yield running


@pytest.fixture
async def told(slack: Slack, bots: list[SlackBot]) -> Told:
    """Return who was told an answer in private, where, and the answer."""
    alice = slack.member("alice")
    channel = slack.space.channel("ask", alice.user)
    async with bots[0].apps.use(TEAM) as app:
        await app.channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": "mention"}, actor="ann")
    await alice.commands(channel, f"/faq {QUESTION}")
    (answer,) = await slack.told(alice)
    return alice, channel, answer


async def test_of_two_bots_one_shares(slack: Slack, bots: list[SlackBot], told: Told) -> None:
    alice, channel, answer = told
    posting = asyncio.Event()
    slack.fail("chat.postMessage", held(posting))

    for _ in bots:
        await alice.clicks(answer, SlackAction.SHARE)
        slack.sockets.open.reverse()  # the next click goes to the other bot
    await slack.until(lambda: bool(slack.calls_of("chat.postMessage")), "one who shares")
    posting.set()
    for bot in bots:
        await bot.work.settled()

    assert len(slack.visible(channel)) == 1
    assert answer.text == "Shared."


async def test_what_a_bot_was_about_to_share_when_it_died_is_shared_by_the_other(
    slack: Slack, bots: list[SlackBot], told: Told
) -> None:
    alice, channel, answer = told
    slack.fail("chat.postMessage", held(asyncio.Event()))
    await alice.clicks(answer, SlackAction.SHARE)
    await slack.until(lambda: bool(slack.calls_of("chat.postMessage")), "one who shares")
    await bots[1].work.finish(within=timedelta())
    slack.sockets.open.reverse()

    await alice.clicks(answer, SlackAction.SHARE)
    await bots[0].work.settled()
    assert slack.visible(channel) == []
    async with bots[0].apps.use(TEAM) as app:
        await elapse(app.database, LEASE)
    await alice.clicks(answer, SlackAction.SHARE)

    await slack.posted(1, channel)

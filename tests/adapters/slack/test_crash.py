"""A crash between sending and keeping that it was sent: one answer, found by its metadata."""

import asyncio
from datetime import timedelta

import pytest

from tests.adapters.slack.bots import ASK, UNKNOWN, Office, StartBot
from tests.loopback.slack.faults import Fault, broken, dropped, held, limited, refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import BOT_USER
from tests.service.leases import elapse

LATER = timedelta(seconds=61)


async def crashed(office: Office) -> None:
    """Send a reply, and die before that is kept."""
    alice = office.slack.member("alice")
    office.slack.fail("chat.postMessage", held(asyncio.Event(), after_work=True))
    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.bot.work.finish(within=timedelta())


async def test_the_next_process_finds_the_reply(slack: Slack, start_bot: StartBot) -> None:
    await crashed(await start_bot())
    other = await start_bot()

    await elapse(other.app.database, LATER)
    await other.bot.responder.recover()

    assert len(slack.calls_of("chat.postMessage")) == 1
    assert slack.calls_of("conversations.replies")[0].arguments["include_all_metadata"] is True


@both_ways
async def test_what_slack_sends_again_is_answered_once(slack: Slack, start_bot: StartBot) -> None:
    await crashed(await start_bot())
    other = await start_bot()

    for delivery in list(slack.deliveries):
        await slack.deliver(delivery.payload)
    await other.quiet()
    await elapse(other.app.database, LATER)
    for delivery in list(slack.deliveries):
        await slack.deliver(delivery.payload)
    await other.quiet()

    assert len(slack.calls_of("chat.postMessage")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("posted", [True, False])
async def test_what_showed_that_a_dead_process_was_at_work_goes(
    slack: Slack, start_bot: StartBot, *, posted: bool
) -> None:
    office, alice = await start_bot(), slack.member("alice")
    slack.fail("chat.postMessage", held(asyncio.Event(), after_work=posted))
    slack.fail("reactions.remove", refused("internal_error"))  # a process that is killed takes nothing away
    question = await alice.says(await office.channel(alice), ASK)
    await slack.called("reactions.add")
    await office.bot.work.finish(within=timedelta())
    await slack.called("reactions.remove")
    assert question.reactions == {"eyes": [BOT_USER]}

    other = await start_bot()
    await elapse(other.app.database, LATER)
    await other.bot.responder.recover()
    await other.quiet()

    assert len(slack.visible()) == 1
    assert question.reactions == {"eyes": []}


async def test_a_delivery_that_was_sent_is_found_too(office: Office) -> None:
    alice = office.slack.member("alice")
    asked = await alice.says(await office.channel(alice), UNKNOWN)
    await office.slack.posted(1)
    await office.quiet()
    await office.app.review.link("R1", "fees", actor="slack:U1", seen=None)
    office.slack.fail("chat.postMessage", held(asyncio.Event(), after_work=True))
    delivering = asyncio.create_task(office.bot.responder.deliver())
    _, told = await office.slack.posted(2)
    delivering.cancel()
    await asyncio.wait([delivering])

    await elapse(office.app.database, timedelta(minutes=10))
    await office.bot.responder.deliver()

    assert len(office.slack.visible()) == 2
    assert told.thread_ts == asked.ts
    assert str(told.blocks).count(f"<@{alice.id}>") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [refused("channel_not_found"), refused("not_in_channel"), refused("thread_not_found"), refused("missing_scope"),
     limited(1), broken(503), dropped()],
)  # fmt: skip
async def test_a_thread_that_cannot_be_read_keeps_no_other_from_being_taken_up(
    slack: Slack, start_bot: StartBot, fault: Fault
) -> None:
    office, alice = await start_bot(), slack.member("alice")
    channel = await office.channel(alice)
    slack.fail("chat.postMessage", held(asyncio.Event()), times=4)
    for _ in range(4):
        await alice.says(channel, ASK)
    await slack.until(lambda: len(slack.calls_of("chat.postMessage")) == 4, "four replies that do not arrive")
    await office.bot.work.finish(within=timedelta())
    other = await start_bot()

    await elapse(other.app.database, LATER)
    slack.fail("conversations.replies", fault)
    await other.bot.responder.recover()

    assert len(slack.visible()) >= 3

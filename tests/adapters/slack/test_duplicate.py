"""One message reaches the bot in several ways and several times: it is answered once."""

import asyncio
import logging

import pytest

from bot.core.models import Surface
from tests.adapters.slack.bots import ASK, FREEZE, UNKNOWN, Office, StartBot
from tests.loopback.slack.server import Slack


async def test_the_same_event_is_answered_once(office: Office) -> None:
    alice = office.slack.member("alice")
    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()

    for delivery in list(office.slack.deliveries):
        await office.slack.deliver(delivery.payload)
    await office.quiet()

    assert len({delivery.payload["event_id"] for delivery in office.slack.deliveries}) == 2
    assert len(office.slack.deliveries) == 4
    assert len(office.slack.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize("behaves", ["mention", "ambient"])
@pytest.mark.parametrize(
    "order",
    [("app_mention", "message"), ("message", "app_mention"), ("app_mention",), ("message",)],
    ids="-".join,
)
async def test_mention_and_message_are_one_whichever_comes_first_or_is_lost(
    office: Office, order: tuple[str, ...], behaves: str
) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode=behaves)
    events = {event["type"]: event for event in alice.events_of(alice.writes(channel, ASK))}

    for kind in (*order, *order):
        await office.slack.event(events[kind], channel)
        await office.quiet()

    assert len(office.slack.calls_of("chat.postMessage")) == 1
    asked = await office.app.conversations.question("Q1")
    assert asked.surface is Surface.MENTION


async def test_a_mention_in_a_thread_that_is_told_of_by_its_message_alone_is_no_talk_of_others(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob)
    root = await alice.says(channel, ASK)
    await office.slack.posted(1)

    _, message = bob.events_of(bob.writes(channel, FREEZE, thread=root))
    await office.slack.event(message, channel)
    await office.slack.posted(2)
    await office.quiet()
    await alice.says(channel, UNKNOWN.partition(" ")[2], thread=root)

    await office.slack.posted(3)


async def test_what_comes_many_times_at_once_is_answered_once(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    events = alice.events_of(alice.writes(channel, ASK)) * 4

    await asyncio.gather(*(office.slack.event(event, channel) for event in events))
    await office.slack.posted(1)
    await office.quiet()

    assert len(office.slack.calls_of("chat.postMessage")) == 1


async def test_of_two_processes_one_answers(slack: Slack, start_bot: StartBot) -> None:
    first, second = await start_bot(), await start_bot()
    alice = slack.member("alice")
    channel = await first.channel(alice)
    event = alice.events_of(alice.writes(channel, ASK))[0]

    await asyncio.gather(*(slack.event(event, channel) for _ in range(4)))
    await slack.posted(1)
    await first.quiet()
    await second.quiet()

    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_of_two_processes_that_are_told_of_one_mention_one_decides(
    slack: Slack, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = await start_bot(), await start_bot()
    alice = slack.member("alice")
    channel = await first.channel(alice)
    with caplog.at_level(logging.INFO, "bot.service"):
        for event in alice.events_of(alice.writes(channel, ASK)):  # each over another connection
            await slack.event(event, channel)
        await slack.posted(1)
        await first.quiet()
        await second.quiet()

    assert caplog.messages.count("question.decided") == 1


async def test_a_click_that_comes_twice_counts_once(office: Office) -> None:
    alice = office.slack.member("alice")
    await alice.says(await office.channel(alice), ASK)
    (reply,) = await office.slack.posted(1)
    await office.quiet()

    for action in ("faqbot_human", "faqbot_human"):
        await alice.clicks(reply, action)
    await office.quiet()

    review = await office.app.review.show("R1")
    assert (len(review.item.questions), len(office.slack.private(alice))) == (1, 2)

"""Slack shares out, limits, pages and forgets: questions are answered once all the same."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import ASK, FREEZE, Office, StartBot
from tests.loopback.slack import payloads
from tests.loopback.slack.faults import held
from tests.loopback.slack.fixtures import RunApp
from tests.loopback.slack.responding import SECONDS
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import PAGE
from tests.service.leases import elapse

LATER = timedelta(seconds=61)


@pytest.mark.parametrize("behaviour", ["mention", "ambient"])
@pytest.mark.parametrize("last", [False, True])
async def test_the_order_of_the_two_events_decides_nothing(
    slack: Slack, start_bot: StartBot, behaviour: str, *, last: bool
) -> None:
    first, second = await start_bot(), await start_bot()
    await slack.connected(2)
    slack.mentions_come_last = last
    alice = slack.member("alice")
    channel = await first.channel(alice, mode=behaviour)

    # Each of the two processes gets one of the two events.
    await alice.says(channel, ASK)
    await slack.posted(1)
    await first.quiet()
    await second.quiet()

    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_a_question_that_a_dead_connection_took_comes_again(
    slack: Slack, run_app: RunApp, start_bot: StartBot
) -> None:
    # Nobody behind the first connection acknowledges anything.
    await run_app(slack.app())
    office = await start_bot()
    await slack.connected(2)
    alice = slack.member("alice")
    channel = await office.channel(alice)

    mention, _ = alice.events_of(alice.writes(channel, ASK))
    await slack.send(payloads.envelope(mention, "Ev1", channel))
    assert slack.visible() == []
    for seconds in (3, 60):
        await slack.later(seconds)

    (answer,) = await slack.posted(1)
    await office.quiet()
    assert answer.thread_ts == mention["ts"]


@pytest.mark.slow
async def test_a_channel_that_takes_a_message_a_second_gets_both_answers(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    office.slack.web.rates.enforce()

    await asyncio.gather(alice.says(channel, ASK), alice.says(channel, FREEZE))
    await office.slack.posted(2)
    await office.quiet()

    outcomes = [call.outcome for call in office.slack.calls_of("chat.postMessage")]
    assert sorted(outcomes) == ["ok", "ok", "ratelimited"]


async def test_a_reply_is_found_behind_the_first_page_of_its_thread(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot()
    alice = slack.member("alice")
    channel = await office.channel(alice)
    asked = alice.writes(channel, ASK)
    for number in range(PAGE):
        alice.writes(channel, f"me too {number}", thread=asked)
    slack.fail("chat.postMessage", held(asyncio.Event(), after_work=True))
    for event in alice.events_of(asked):
        await slack.event(event, channel)
    await slack.posted(1)
    await office.bot.work.finish(within=timedelta())

    other = await start_bot()
    await elapse(other.app.database, LATER)
    await other.bot.responder.recover()

    assert len(slack.calls_of("chat.postMessage")) == 1
    assert len(slack.calls_of("conversations.replies")) == 2


async def test_an_address_for_responses_that_died_leads_to_the_direct_messages(office: Office) -> None:
    alice, release = office.slack.member("alice"), asyncio.Event()
    await alice.says(await office.channel(alice), ASK)
    (reply,) = await office.slack.posted(1)
    office.slack.fail("response_url", held(release))
    await alice.clicks(reply, SlackAction.HELPFUL)
    await office.slack.until(lambda: bool(office.slack.calls_of("response_url")), "a response")

    office.slack.space.clock.forward(SECONDS)
    release.set()

    (thanks,) = await office.slack.posted(1, alice.direct)
    assert thanks.text == "Thank you for telling me."
    assert office.slack.calls_of("response_url")[0].outcome == "expired_url"


async def test_a_private_channel_is_answered_and_is_public_where_its_scope_is_missing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    alice = office.slack.member("alice")
    office.slack.web.scopes.remove("groups:read")

    await alice.says(await office.channel(alice, is_private=True, audience="internal"), ASK)
    await office.slack.posted(1)
    await office.quiet()

    told = [record for record in caplog.records if "channel" in record.__dict__]
    assert told
    assert all("'needed': 'groups:read'" in record.__dict__["fault"] for record in told)

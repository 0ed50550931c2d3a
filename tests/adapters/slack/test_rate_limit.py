"""Slack asks for patience, or is not well: nothing is lost, and nothing is said twice."""

import asyncio
from datetime import timedelta

import pytest

from tests.adapters.slack.bots import ASK, Office
from tests.loopback.slack.faults import Fault, broken, dropped, held, limited, refused
from tests.service.leases import elapse

LATER = timedelta(seconds=61)


@pytest.mark.slow
async def test_a_reply_comes_after_the_time_that_slack_wants(office: Office) -> None:
    alice = office.slack.member("alice")
    office.slack.fail("chat.postMessage", limited(1))

    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()

    first, second = office.slack.calls_of("chat.postMessage")
    assert second.at - first.at >= 1
    assert len(office.slack.visible()) == 1


@pytest.mark.parametrize(
    "fault", [broken(500), broken(503), refused("internal_error"), dropped(), refused("fatal_error")]
)
@pytest.mark.parametrize("after_work", [False, True])
async def test_a_reply_that_may_be_lost_is_looked_for_and_sent_again_at_once(
    office: Office, fault: Fault, *, after_work: bool
) -> None:
    alice = office.slack.member("alice")
    office.slack.fail("chat.postMessage", _after(fault) if after_work else fault)

    await alice.says(await office.channel(alice), ASK)
    await office.slack.called("chat.postMessage")
    await office.quiet()

    assert len(office.slack.visible()) == 1
    assert len(office.slack.calls_of("chat.postMessage")) == (1 if after_work else 2)


@pytest.mark.parametrize("after_work", [False, True])
async def test_a_reply_that_fails_twice_is_left_to_a_later_round(office: Office, *, after_work: bool) -> None:
    alice = office.slack.member("alice")
    office.slack.fail("chat.postMessage", _after(broken(503)) if after_work else broken(503), times=2)
    office.slack.fail("conversations.replies", broken(503), times=1)
    await alice.says(await office.channel(alice), ASK)
    await office.slack.called("chat.postMessage")
    await office.quiet()

    await elapse(office.app.database, LATER)
    await office.bot.responder.recover()
    await office.bot.responder.recover()
    await office.quiet()

    assert len(office.slack.visible()) == 1
    assert len(office.slack.calls_of("chat.postMessage")) == (1 if after_work else 3)


def _after(fault: Fault) -> Fault:
    """Return the same fault, which comes after the work is done."""
    return Fault(fault.status, fault.body, fault.headers, drops=fault.drops, after_work=True)


async def test_a_long_wait_is_left_to_a_later_round(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    office.slack.fail("chat.postMessage", limited(3600))

    await alice.says(channel, ASK)
    await alice.says(channel, ASK)
    await office.slack.called("chat.postMessage")
    await office.quiet()

    assert len(office.slack.calls_of("chat.postMessage")) == 1, "a channel that is to be left alone is"
    assert office.slack.visible() == []


async def test_reactions_that_are_too_many_hold_nothing_up(office: Office) -> None:
    alice, sent = office.slack.member("alice"), asyncio.Event()
    office.slack.fail("chat.postMessage", held(sent))
    office.slack.fail("reactions.add", limited(30))
    office.slack.fail("reactions.remove", refused("no_reaction"))

    await alice.says(await office.channel(alice), ASK)
    await office.slack.called("reactions.add")
    sent.set()

    await office.slack.posted(1)
    await office.slack.called("reactions.remove")
    await office.quiet()

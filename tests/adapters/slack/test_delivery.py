"""What comes later arrives in the thread where it was asked, and its asker is mentioned, once."""

from datetime import timedelta

import pytest

from bot.service.privacy import Person
from tests.adapters.slack.moderators.desks import Desk, texts
from tests.loopback.slack.faults import Fault, limited, refused
from tests.service.leases import elapse

LATER = timedelta(minutes=10)


async def deliver(desk: Desk) -> None:
    """Run the round in which deliveries are sent."""
    await desk.office.bot.responder.deliver()


async def linked(desk: Desk) -> None:
    """Have a moderator find the entry that answers it."""
    await desk.app.review.link("R1", "fees", actor="cli:root")


async def test_each_asker_is_told_in_their_own_thread_once(desk: Desk) -> None:
    first, second = await desk.asks(), await desk.asks(by=desk.bea)
    in_thread = desk.mel.writes(await desk.office.channel(desk.mel), "Morning all")
    await linked(desk)

    for _ in range(3):
        await deliver(desk)
        await elapse(desk.app.database, LATER)

    told = [message for message in desk.slack.visible() if "One coin." in texts(message)]
    assert {(each.channel, each.thread_ts) for each in told} == {
        (first.channel, first.ts),
        (second.channel, second.ts),
    }
    for asked in (first, second):
        (message,) = [each for each in told if each.thread_ts == asked.ts]
        assert texts(message).count(f"<@{asked.user}>") == 1
        assert texts(message).count("<@") == 1
    assert in_thread.ts not in {each.thread_ts for each in told}


async def test_who_wants_to_be_left_alone_is(desk: Desk) -> None:
    await desk.asks()
    await desk.app.privacy.opt_out(Person("slack", desk.mel.id), actor="slack")
    await linked(desk)

    await deliver(desk)

    assert len(desk.slack.visible()) == 1


async def test_a_question_that_is_gone_is_left(desk: Desk) -> None:
    asked = await desk.asks()
    await linked(desk)
    asked.deleted = True

    await deliver(desk)

    assert [message for message in desk.slack.visible() if "One coin." in texts(message)] == []


@pytest.mark.parametrize("fault", [limited(1), refused("internal_error"), refused("missing_scope")])
async def test_what_slack_does_not_take_now_comes_later(desk: Desk, fault: Fault) -> None:
    asked = await desk.asks()
    await linked(desk)
    desk.slack.fail("conversations.replies", fault)

    await deliver(desk)
    assert len(desk.slack.visible()) == 1
    await elapse(desk.app.database, LATER)
    await deliver(desk)

    assert [message.thread_ts for message in desk.slack.visible()] == [asked.ts, asked.ts]

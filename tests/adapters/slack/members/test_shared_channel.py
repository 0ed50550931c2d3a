"""Channels that another organisation shares are public, whatever they are set to."""

import pytest

from bot.adapters.slack.members.commands import ANSWER_MESSAGE
from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import ASK, Office
from tests.loopback.slack.faults import broken
from tests.loopback.slack.workspace import BOT_USER
from tests.service.samples import LIMITS

INSIDE = f"<@{BOT_USER}> {LIMITS.question}"


async def test_staff_among_themselves_is_told_what_is_for_staff(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.says(await office.channel(alice, audience="internal"), INSIDE)
    (answer,) = await office.slack.posted(1)

    assert "Zebra" in str(answer.blocks)
    assert "Quentin" in str(answer.blocks)


@pytest.mark.parametrize("private", [False, True])
async def test_nobody_else_is(office: Office, *, private: bool) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, audience="internal", is_ext_shared=True, is_private=private)

    await alice.says(channel, INSIDE)
    await alice.says(channel, ASK)
    first, second = await office.slack.posted(2)

    assert "Zebra" not in f"{first.blocks}{first.text}"
    assert "waive" not in f"{second.blocks}{second.text}"


async def test_nor_is_who_asks_there_in_another_way(office: Office) -> None:
    alice, stranger = office.slack.member("alice"), office.slack.member("sid", is_stranger=True)
    channel = await office.channel(alice, stranger, audience="internal", is_ext_shared=True)

    await stranger.commands(channel, f"/faq {LIMITS.question}")
    (told,) = await office.slack.told(stranger)
    await stranger.uses_message_shortcut(ANSWER_MESSAGE, alice.writes(channel, LIMITS.question))
    (posted,) = await office.slack.posted(1)

    assert "Zebra" not in f"{told.blocks}{told.text}{posted.blocks}{posted.text}"


async def test_a_channel_that_is_shared_later_is_public_from_then_on(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, audience="internal")
    await alice.says(channel, ASK)
    await office.slack.posted(1)

    channel.is_ext_shared = True
    await office.slack.event({"type": "channel_shared", "channel": channel.id, "connected_team_id": "T0OTHER"})
    await alice.says(channel, INSIDE)
    _, second = await office.slack.posted(2)

    assert "Zebra" not in f"{second.blocks}{second.text}"


async def test_what_was_asked_among_staff_is_not_delivered_to_others(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, audience="internal")
    await alice.says(channel, f"<@{BOT_USER}> where is the parrot")
    await office.slack.posted(1)
    await office.quiet()
    await office.app.review.link("R1", LIMITS.id, actor="slack:U1", seen=None)
    channel.is_ext_shared = True
    office.bot.places.forget(channel.id)

    await office.bot.responder.deliver()

    assert "Zebra" not in str([message.blocks for message in office.slack.visible()])
    assert len(office.slack.visible()) == 1


async def test_choices_for_staff_are_not_opened_to_others(office: Office) -> None:
    alice, stranger = office.slack.member("alice"), office.slack.member("sid", is_stranger=True)
    channel = await office.channel(alice, audience="internal")
    await alice.says(channel, ASK)
    (answer,) = await office.slack.posted(1)
    await office.quiet()
    channel.is_ext_shared = True
    channel.members.add(stranger.id)
    office.bot.places.forget(channel.id)

    await stranger.clicks(answer, SlackAction.NOT_THIS)
    await office.slack.called("views.open")
    await stranger.submits(stranger.modal())

    assert (await office.slack.told(stranger))[0].text == "Thank you for telling me."


async def test_where_slack_does_not_say_it_is_public(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, audience="internal")
    office.slack.fail("conversations.info", broken(), times=9)

    await alice.says(channel, INSIDE)

    assert "Zebra" not in str((await office.slack.posted(1))[0].blocks)

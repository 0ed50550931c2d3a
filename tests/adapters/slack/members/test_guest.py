"""Where guests are, everything is public."""

from typing import Any

import pytest

from tests.adapters.slack.bots import Office, StartBot
from tests.loopback.slack.faults import refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT_USER
from tests.service.samples import LIMITS

INSIDE = f"<@{BOT_USER}> {LIMITS.question}"
GUESTS: list[dict[str, Any]] = [
    {"is_restricted": True},
    {"is_ultra_restricted": True},
    {"is_stranger": True},
    {"team_id": "T0OTHER"},
]


@pytest.mark.parametrize("kind", GUESTS)
async def test_a_guest_in_the_channel_makes_it_public(office: Office, kind: dict[str, Any]) -> None:
    alice, guest = office.slack.member("alice"), office.slack.member("gus", **kind)

    await alice.says(await office.channel(alice, guest, audience="internal"), INSIDE)

    assert "Zebra" not in str((await office.slack.posted(1))[0].blocks)


async def test_a_guest_who_comes_later_makes_it_public_from_then_on(office: Office) -> None:
    alice, guest = office.slack.member("alice"), office.slack.member("gus", is_restricted=True)
    channel = await office.channel(alice, audience="internal")
    await alice.says(channel, INSIDE)
    await office.slack.posted(1)

    channel.members.add(guest.id)
    joined = {"type": "member_joined_channel", "user": guest.id, "channel": channel.id, "channel_type": "C"}
    await office.slack.event({**joined, "team": "T0FAQBOT"})
    await alice.says(channel, INSIDE)

    assert "Zebra" not in str((await office.slack.posted(2))[1].blocks)


async def test_a_guest_among_many_is_found(office: Office) -> None:
    members = [office.slack.member(f"m{number}") for number in range(30)]
    channel = await office.channel(*members, audience="internal")
    await members[0].says(channel, INSIDE)
    assert "Zebra" in str((await office.slack.posted(1))[0].blocks)
    assert len(office.slack.calls_of("users.info")) < len(members)

    channel.members.add(office.slack.member("gus", is_restricted=True).id)
    office.bot.places.forget(channel.id)
    await members[0].says(channel, INSIDE)

    assert "Zebra" not in str((await office.slack.posted(2))[1].blocks)


async def test_a_guest_who_is_listed_is_still_one(slack: Slack, start_bot: StartBot) -> None:
    guest = slack.member("gus", is_restricted=True)
    office = await start_bot(moderators=frozenset({guest.id}), staff=frozenset({"members"}))

    await guest.commands(await office.channel(guest), f"/faq {LIMITS.question}")

    assert "Zebra" not in str((await slack.told(guest))[0].blocks)


async def test_where_slack_does_not_tell_who_is_a_guest_everything_is_public(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, audience="internal")
    office.slack.fail("users.info", refused("internal_error"), times=9)

    await alice.says(channel, INSIDE)

    assert "Zebra" not in str((await office.slack.posted(1))[0].blocks)

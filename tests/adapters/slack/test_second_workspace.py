"""Show that who installs the app in a workspace of their own gets nothing of the store, and changes nothing in it."""

import json

import pytest

from bot.core.models import Audience, ChannelRef
from tests.adapters.slack.bots import ASK, Office, StartBot
from tests.adapters.slack.strangers import ELSEWHERE, everything, moved, not_reached
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import TEAM, Json
from tests.service.samples import LIMITS, ask, dump

MARK = "zebra"
ASKED = ("How much does a withdrawal cost?", LIMITS.question, f"where is the {MARK}")
IGNORED = "slack.workspace.not_served"


@pytest.fixture
async def full(slack: Slack, start_bot: StartBot) -> Office:
    """Return the bot over a store that is full of what others must not see; all members are staff, ann moderates."""
    ann = slack.member("ann")
    office = await start_bot(moderators=frozenset({ann.id}), staff=frozenset({"members"}), agent=True)
    for number, audience in enumerate(Audience):
        asked = await ask(
            office.app, f"{MARK}: who feeds cat number {number} at night", f"m{number}", audience=audience
        )
        if asked.item_id is not None:
            await office.app.review.suggest(asked.item_id, actor="ann", answer=f"Ask the {MARK}.")
        await office.app.conversations.refused(asked.question_id)
    return office


async def payloads_of(office: Office) -> list[Json]:
    """Return what comes when a moderator does everything, in a channel that is set to answer staff."""
    slack = office.slack
    (ann,) = [user for user in slack.space.users.values() if user.name == "ann"]
    channel = slack.space.channel("lair", ann)
    await office.app.channels.set(
        ChannelRef("slack", TEAM, channel.id), {"mode": "ambient", "audience": "internal"}, actor="x"
    )
    return list(everything(slack, ann, channel, ASKED))


@both_ways
async def test_nothing_is_told_and_nothing_is_changed(
    full: Office, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    # Ids of people are not theirs alone in all of Slack: the stranger has that of a moderator.
    sent = await payloads_of(full)
    full.slack.web.spec = None  # what is made by hand is less than Slack sends
    before, calls = await dump(sqlite_url), len(full.slack.calls)

    deliveries = [await full.slack.deliver(moved(payload)) for payload in sent]
    await full.quiet()

    assert {(each.status or 200, json.dumps(each.answer)) for each in deliveries} == {(200, "{}")}
    assert {call.method for call in full.slack.calls[calls:]} <= {"auth.test"}  # by which the library knows itself
    assert [address for address in full.slack.space.addresses.values() if address.uses] == []
    assert full.slack.space.messages == []
    assert await dump(sqlite_url) == before
    told = [one for one in caplog.records if one.message == IGNORED]
    assert [one.__dict__["workspace"] for one in told] == [ELSEWHERE]


async def test_that_was_everything(full: Office) -> None:
    assert await not_reached(full.bot, await payloads_of(full)) == []


async def test_in_the_workspace_itself_the_same_is_answered(full: Office) -> None:
    ann = full.slack.member("bob")
    await ann.says(await full.channel(ann), ASK)
    (answer,) = await full.slack.posted(1)

    assert "One coin." in str(answer.blocks)

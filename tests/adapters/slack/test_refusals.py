"""What Slack refuses for good is logged once, and holds up nobody else."""

import logging
from datetime import timedelta

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import MessageRef, Question, Surface
from tests.adapters.slack.bots import ASK, UNKNOWN, Office
from tests.loopback.slack.faults import refused
from tests.loopback.slack.workspace import TEAM
from tests.service.leases import elapse


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "restricted_action", "msg_too_long"])
async def test_a_reply_that_is_refused_is_logged_once(
    office: Office, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    office.slack.fail("chat.postMessage", refused(code))

    with caplog.at_level(logging.WARNING):
        await alice.says(channel, ASK)
        await office.slack.called("chat.postMessage")
        await office.quiet()
        await office.bot.responder.recover()
        await alice.says(channel, ASK)
        await office.slack.posted(1)
        await office.quiet()

    assert [record.message for record in caplog.records] == ["reply.failed"]
    assert len(office.slack.calls_of("chat.postMessage")) == 2


async def test_a_missing_scope_is_named_and_what_it_held_up_comes_with_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    alice = office.slack.member("alice")
    office.slack.web.scopes -= {"chat:write"}

    with caplog.at_level(logging.WARNING):
        await alice.says(await office.channel(alice), ASK)
        await office.slack.called("chat.postMessage")
        await office.quiet()

    (missing,) = [record for record in caplog.records if record.message == "slack.scope.missing"]
    assert missing.__dict__["needed"] == "chat:write"

    office.slack.web.scopes |= {"chat:write"}
    await elapse(office.app.database, timedelta(seconds=61))
    await office.bot.responder.recover()
    assert len(office.slack.visible()) == 1


async def test_what_slack_refuses_of_the_newer_elements_is_sent_with_older_ones_from_then_on(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    slack, alice = office.slack, office.slack.member("alice")
    channel = await office.channel(alice)
    slack.fail("chat.postMessage", refused("invalid_blocks"))

    with caplog.at_level(logging.WARNING):
        asked = await alice.says(channel, ASK)
        (reply,) = await slack.posted(1)
        await alice.says(channel, ASK)
        await slack.posted(2)
        await alice.edits(asked, UNKNOWN)
        await slack.called("chat.update")
        await office.quiet()

    assert [record.message for record in caplog.records] == ["slack.elements.refused"]
    assert len(slack.calls_of("chat.postMessage")) == 3
    for message in slack.visible():
        assert {block["type"] for block in message.blocks}.isdisjoint({"context_actions"})
    await alice.clicks(reply, SlackAction.REMOVE)
    await slack.called("chat.delete")


async def test_blocks_that_are_refused_either_way_are_given_up(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    slack, alice = office.slack, office.slack.member("alice")
    channel = await office.channel(alice)
    slack.fail("chat.postMessage", refused("invalid_blocks"), times=2)

    with caplog.at_level(logging.WARNING):
        await alice.says(channel, ASK)
        await slack.called("chat.postMessage", 2)
        await office.quiet()
        await alice.says(channel, ASK)
        (reply,) = await slack.posted(1)

    assert [record.message for record in caplog.records] == ["reply.failed"]
    assert reply.blocks[-1]["type"] == "context_actions"


async def test_a_hint_is_told_in_words_where_nobody_else_reads_and_a_refusal_is_only_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    for where in (alice.direct, channel):
        ref = MessageRef(platform="slack", workspace_id=TEAM, channel_id=where.id, message_id="1.0")
        asked = Question(text="x", ref=ref, author_id=alice.id, surface=Surface.MENTION)
        await office.bot.messenger.hint(asked, "Later.")
        office.slack.fail("chat.postEphemeral", refused("user_not_in_channel"))

    assert [one.text for one in office.slack.visible(alice.direct)] == ["Later."]
    assert office.slack.private(alice) == []
    assert "slack.hint.failed" in [record.getMessage() for record in caplog.records]

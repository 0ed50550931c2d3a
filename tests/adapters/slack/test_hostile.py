"""Malformed and hostile payloads end nothing: the next question is answered."""

from typing import Any

import pytest

from tests.adapters.slack.bots import ASK, Office
from tests.adapters.slack.loopback.payloads import envelope, interaction
from tests.adapters.slack.loopback.workspace import Json

EVENTS: list[dict[str, Any]] = [
    {"type": "message"},
    {"type": "message", "channel": None, "ts": 5, "user": ["U1"], "text": {"a": 1}},
    {"type": "message", "subtype": "message_changed", "message": "?", "channel": "C1"},
    {"type": "message", "subtype": "message_changed", "channel": "C1", "message": {"text": 7, "ts": None}},
    {"type": "message", "subtype": "message_deleted", "deleted_ts": {}, "channel": 4},
    {"type": "message", "channel": "C1", "ts": "1" * 5000, "user": "U1", "text": "x"},
    {"type": "app_mention", "channel": "C1", "ts": "1.1", "user": "U1", "text": "\ud83d\x00" * 3},
    {"type": "app_home_opened", "tab": 7},
    {"type": "member_joined_channel"},
    {"type": "channel_shared", "channel": []},
    {"type": "something_new", "user": {}},
]


@pytest.mark.parametrize("event", EVENTS, ids=str)
async def test_an_event_that_makes_no_sense(office: Office, event: Json) -> None:
    await office.slack.send(envelope(event, "Ev1"))  # which the client library itself may not survive
    await still_answers(office)


@pytest.mark.parametrize(
    "more",
    [
        {"actions": []},
        {"actions": [{"action_id": "faqbot_helpful", "block_id": "b", "type": "button"}]},
        {"actions": [{"action_id": "faqbot_remove", "block_id": "b", "type": "button", "value": "Q1' OR 1=1"}]},
        {"actions": [{"action_id": "faqbot_share", "block_id": "b", "type": "button", "value": "x"}]},
        {"actions": [{"action_id": "faqbot_choose_0", "block_id": "no question", "type": "button", "value": "fees"}]},
    ],
    ids=str,
)
async def test_a_click_that_makes_no_sense(office: Office, more: Json) -> None:
    user = office.slack.member("eve").user
    await office.slack.send(interaction("block_actions", user, container={"type": "message"}, **more))
    await still_answers(office)


async def still_answers(office: Office) -> None:
    """Hold that the bot is well; what our side sent was meant to break the rules."""
    alice = office.slack.member("alice")
    await alice.says(await office.channel(alice), ASK)
    assert len(await office.slack.posted(1)) == 1
    await office.quiet()
    office.slack.take_problems()

"""Malformed and hostile payloads end nothing: the next question is answered."""

from typing import Any

import pytest

from bot.adapters.slack import interactions
from bot.adapters.slack.members.commands import ANSWER_MESSAGE, SEARCH
from bot.adapters.slack.members.solutions import MARK_SOLUTION
from bot.adapters.slack.moderators.commands import ADD_TO_FAQ
from bot.adapters.slack.moderators.entries import FAQ_ENTRY
from bot.adapters.slack.showing.ids import Dialog, SlackAction
from tests.adapters.slack.bots import ASK, Office
from tests.loopback.slack.payloads import command, envelope, interaction
from tests.loopback.slack.workspace import Json

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
    {"type": "reaction_added", "reaction": "white_check_mark", "user": "U1"},
    {"type": "reaction_added", "reaction": "white_check_mark", "user": ["U1"], "item": {"channel": "C1", "ts": "1.1"}},
    {"type": "reaction_added", "reaction": "white_check_mark", "user": "U1", "item": {"channel": "C1", "ts": {}}},
    {"type": "reaction_removed", "reaction": {}, "user": "U1", "item": "?"},
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


VIEW: Json = {"id": "V1", "type": "modal", "hash": "1.1", "title": {"type": "plain_text", "text": "x"}, "blocks": []}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("view_submission", {"view": {**VIEW, "callback_id": Dialog.REASON, "private_metadata": "{", "state": {}}}),
        ("view_submission", {"view": {**VIEW, "callback_id": Dialog.ANSWER, "private_metadata": "[1]", "state": 5}}),
        ("view_submission", {"view": {**VIEW, "callback_id": Dialog.DRAFT, "private_metadata": "", "state": {}}}),
        ("block_suggestion", {"action_id": SlackAction.ENTRY, "block_id": "b", "value": ["x"]}),
        ("shortcut", {"callback_id": SEARCH}),
        ("message_action", {"callback_id": ANSWER_MESSAGE, "message": {"ts": 1}, "channel": {"id": None}}),
        ("message_action", {"callback_id": ADD_TO_FAQ, "message": {}, "channel": {"id": "C1"}}),
        ("message_action", {"callback_id": MARK_SOLUTION, "message": {"ts": 1}, "channel": {"id": None}}),
        ("message_action", {"callback_id": MARK_SOLUTION, "message": {"ts": "1.1"}, "channel": {"id": "C1"}}),
        ("message_action", {"callback_id": FAQ_ENTRY, "message": {"ts": None}, "channel": {}}),
        ("view_submission", {"view": {**VIEW, "callback_id": Dialog.CHANGE, "private_metadata": "", "state": {}}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_makes_no_sense_of_dialogs_menus_and_shortcuts(
    office: Office, kind: str, more: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interactions, "PATIENCE", 0.01)
    await office.slack.send(interaction(kind, office.slack.member("eve").user, **more))
    await still_answers(office)


@pytest.mark.parametrize("missing", ["channel_id", "user_id", "trigger_id", "text", "response_url"])
async def test_a_command_that_lacks_something(office: Office, missing: str) -> None:
    eve = office.slack.member("eve")
    body = command(eve.user, await office.channel(eve), "/faq x", trigger="1", response_url="http://127.0.0.1:9/x")
    del body[missing]
    await office.slack.send(body)
    await still_answers(office)


@pytest.mark.parametrize("mode", ["socket"], indirect=True)
@pytest.mark.parametrize("text", ["", "{", "[]", '{"type": "events_api"}', "\x00" * 99])
async def test_a_frame_that_makes_no_sense(office: Office, text: str) -> None:
    await office.slack.sockets.send_raw(text)
    await still_answers(office)


@pytest.mark.parametrize("mode", ["socket"], indirect=True)
async def test_a_request_to_reconnect_without_a_reason(office: Office) -> None:
    await office.slack.sockets.send_raw('{"type": "disconnect"}')
    await office.slack.connected(2)  # what goes over the connection that is being left is lost with it
    await still_answers(office)


@pytest.mark.parametrize("mode", ["http"], indirect=True)
@pytest.mark.parametrize("content", ["application/json", "application/x-www-form-urlencoded", "image/png"])
async def test_a_request_without_a_signature_is_refused(office: Office, content: str) -> None:
    assert office.slack.events_url is not None
    for sent in (b"", b"{", b"payload=%7B", b"\xff" * 9):
        async with office.slack.session.post(
            office.slack.events_url, data=sent, headers={"Content-Type": content}
        ) as response:
            assert response.status in {400, 401}
    await still_answers(office)


async def still_answers(office: Office) -> None:
    """Check that the bot still answers; the payloads of the test were meant to break the rules."""
    alice = office.slack.member("alice")
    await alice.says(await office.channel(alice), ASK)
    assert len(await office.slack.posted(1)) == 1
    await office.quiet()
    office.slack.take_problems()

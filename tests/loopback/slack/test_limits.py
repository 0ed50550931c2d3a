"""Show that the loopback refuses what Slack refuses: at each limit nothing, one above it an error and a problem."""

import pytest

from tests.loopback.slack import limits, views
from tests.loopback.slack.outcomes import code_of
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Channel, Json

PLAIN: Json = {"type": "plain_text", "text": "x"}
BUTTON: Json = {"type": "button", "text": PLAIN}
ICON: Json = {"type": "icon_button", "icon": "trash", "text": PLAIN}


@pytest.fixture
def channel(slack: Slack) -> Channel:
    return slack.space.channel("ask")


def _markdown(*lengths: int) -> list[Json]:
    return [{"type": "markdown", "text": "x" * length} for length in lengths]


def _buttons(*ids: str) -> list[Json]:
    return [{"type": "actions", "elements": [{**BUTTON, "action_id": id_} for id_ in ids]}]


def _section(length: int) -> list[Json]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}}]


def _icons(*elements: Json) -> list[Json]:
    return [
        {"type": "context_actions", "elements": [{**each, "action_id": f"a{n}"} for n, each in enumerate(elements)]}
    ]


def _thumbs(length: int) -> Json:
    button = {"text": {"type": "plain_text", "text": "x" * length}, "value": "v"}
    return {"type": "feedback_buttons", "positive_button": button, "negative_button": button}


def _alert(length: int) -> list[Json]:
    return [{"type": "alert", "text": {"type": "plain_text", "text": "x" * length}, "level": "warning"}]


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([{"type": "divider"}] * 50, "ok"),
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        (_section(3000), "ok"),
        (_section(3001), "invalid_blocks"),
        (_section(0), "invalid_blocks"),
        (_markdown(6000, 6000), "ok"),
        (_markdown(6000, 6001), "invalid_blocks"),
        (_markdown(12_000) + _section(1200), "ok"),
        (_markdown(12_000) + _section(1201), "msg_blocks_too_long"),
        (_buttons("a", "b"), "ok"),
        (_buttons("a", "a"), "invalid_blocks"),
        (_buttons("a") + _buttons("a"), "ok"),
        (_icons(*[ICON] * 5), "ok"),
        (_icons(*[ICON] * 6), "invalid_blocks"),
        (_icons({**ICON, "icon": "pencil"}), "invalid_blocks"),
        (_icons({**ICON, "accessibility_label": "x" * 75}), "ok"),
        (_icons({**ICON, "accessibility_label": "x" * 76}), "invalid_blocks"),
        (_icons({**ICON, "visible_to_user_ids": ["U1"] * 10}), "ok"),
        (_icons({**ICON, "visible_to_user_ids": ["U1"] * 11}), "invalid_blocks"),
        (_icons(_thumbs(75)), "ok"),
        (_icons(_thumbs(76)), "invalid_blocks"),
        (_alert(1), "invalid_blocks"),
        ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}], "ok"),
        ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}], "invalid_blocks"),
    ],
)
async def test_blocks(slack: Slack, channel: Channel, blocks: list[Json], code: str) -> None:
    assert await code_of(slack, "chat.postMessage", channel=channel.id, text="x", blocks=blocks) == code
    assert bool(slack.take_problems()) == (code != "ok")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"text": "x" * 40_000}, "ok"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"markdown_text": "x" * 12_000}, "ok"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    ],
)
async def test_texts(slack: Slack, channel: Channel, arguments: Json, code: str) -> None:
    assert await code_of(slack, "chat.postMessage", channel=channel.id, **arguments) == code
    assert bool(slack.take_problems()) == (code != "ok")


async def test_places_to_write_to(slack: Slack, channel: Channel) -> None:
    archived = slack.space.channel("old", is_archived=True)
    foreign = slack.space.channel("foreign", with_bot=False)
    alice = slack.member("alice")

    places = [channel.id, archived.id, foreign.id, alice.id]

    codes = [await code_of(slack, "chat.postMessage", channel=place, text="x") for place in places]
    assert codes == ["ok", "is_archived", "not_in_channel", "ok"]
    assert len(slack.visible(alice.direct)) == 1
    assert (
        await code_of(slack, "chat.postEphemeral", channel=channel.id, user=alice.id, text="x") == "user_not_in_channel"
    )
    assert slack.take_problems() == []


async def test_threads_begin_with_a_message_that_is_there(slack: Slack, channel: Channel) -> None:
    alice = slack.member("alice")
    root = alice.writes(channel, "hello")
    reply = alice.writes(channel, "more", thread=root)
    lonely = alice.writes(channel, "gone")
    lonely.deleted = True
    threads = {"ok": root.ts, "cannot_reply_to_message": reply.ts, "thread_not_found": lonely.ts}

    for code, ts in threads.items():
        assert await code_of(slack, "chat.postMessage", channel=channel.id, text="x", thread_ts=ts) == code
    assert await code_of(slack, "chat.postMessage", channel=channel.id, text="x", thread_ts="1.2") == "thread_not_found"

    assert slack.take_problems() == [
        f"chat.postMessage: {reply.ts} is itself a reply: name the root of its thread",
        "chat.postMessage: there was never a message 1.2 in ask",
    ]


async def test_an_unknown_channel_is_a_problem(slack: Slack) -> None:
    assert await code_of(slack, "chat.postMessage", channel="C404", text="x") == "channel_not_found"
    assert slack.take_problems() == ["chat.postMessage: there was never a channel C404"]


async def test_only_own_messages_can_be_changed(slack: Slack, channel: Channel) -> None:
    message = slack.member("alice").writes(channel, "hello")

    assert await code_of(slack, "chat.update", channel=channel.id, ts=message.ts, text="x") == "cant_update_message"
    assert await code_of(slack, "chat.delete", channel=channel.id, ts=message.ts) == "cant_delete_message"
    assert len(slack.take_problems()) == 2


async def test_an_update_keeps_what_it_does_not_name(slack: Slack, channel: Channel) -> None:
    metadata = {"event_type": "faq_answer", "event_payload": {"q": 1}}
    client = slack.client()
    posted = await client.chat_postMessage(channel=channel.id, text="x", blocks=_buttons("a"), metadata=metadata)

    await client.chat_update(channel=channel.id, ts=posted["ts"], text="y")

    (message,) = slack.visible()
    assert message.versions == ["x", "y"]
    assert (message.metadata, len(message.blocks)) == (metadata, 1)
    thread = await client.conversations_replies(channel=channel.id, ts=message.ts, include_all_metadata=True)
    assert [shown["metadata"] for shown in thread["messages"]] == [metadata]


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"title": {"type": "plain_text", "text": "x" * 24}}, True),
        ({"title": {"type": "plain_text", "text": "x" * 25}}, False),
        ({"blocks": [{"type": "divider"}] * 100}, True),
        ({"blocks": [{"type": "divider"}] * 101}, False),
        ({"private_metadata": "x" * 3001}, False),
        (
            {"submit": PLAIN, "blocks": [{"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}}]},
            True,
        ),
        ({"blocks": [{"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}}]}, False),
    ],
)
def test_views(change: Json, fits: bool) -> None:  # noqa: FBT001  # a parameter of the test
    view: Json = {"type": "modal", "title": PLAIN, "blocks": [{"type": "divider"}], **change}

    assert (limits.view_problems(view) == []) == fits


async def test_icons_get_another_id_when_their_message_changes(slack: Slack, channel: Channel) -> None:
    named = [{**block, "block_id": "first"} for block in _icons(ICON)]
    await code_of(slack, "chat.postMessage", channel=channel.id, text="x", blocks=named)
    (message,) = slack.visible(channel)

    changes = (named, _icons(ICON), [{**block, "block_id": "second"} for block in _icons(ICON)])
    codes = [
        await code_of(slack, "chat.update", channel=channel.id, ts=message.ts, text="x", blocks=each)
        for each in changes
    ]

    assert codes == ["invalid_blocks", "ok", "ok"]
    assert slack.take_problems()


@pytest.mark.parametrize(
    ("blocks", "code"),
    [(_alert(200), "ok"), (_alert(201), "invalid_arguments"), (_icons(ICON), "invalid_arguments")],
)
async def test_alerts_stand_in_dialogs_and_icons_in_messages(slack: Slack, blocks: list[Json], code: str) -> None:
    trigger = views.trigger(slack.space, slack.member("alice").id)
    view = {"type": "modal", "title": PLAIN, "blocks": blocks}
    assert await code_of(slack, "views.open", trigger_id=trigger, view=view) == code
    assert bool(slack.take_problems()) == (code != "ok")

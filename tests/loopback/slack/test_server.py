"""Show that the real app and the loopback understand each other, by Socket Mode and by signed HTTP."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncAck, AsyncBoltRequest, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack.deliveries import Retry
from tests.loopback.slack.faults import dropped
from tests.loopback.slack.fixtures import RunApp
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import BOT_USER, Json

BUTTON = {"type": "button", "action_id": "helpful", "text": {"type": "plain_text", "text": "Helpful"}, "value": "E1"}
ANSWER: list[Json] = [
    {"type": "markdown", "text": "It is on the **fridge**."},
    {"type": "actions", "elements": [BUTTON]},
]
REASON = {
    "type": "modal",
    "callback_id": "reason",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
    ],
}


async def _answer(event: Json, client: AsyncWebClient, say: AsyncSay) -> None:
    await client.reactions_add(channel=event["channel"], timestamp=event["ts"], name="eyes")
    await say(text="On the fridge.", blocks=ANSWER, thread_ts=event.get("thread_ts") or event["ts"])
    await client.reactions_remove(channel=event["channel"], timestamp=event["ts"], name="eyes")


async def _take(event: Json) -> None:
    pass


@pytest.fixture
async def answering(slack: Slack, run_app: RunApp, mode: str) -> Slack:
    """Return a Slack with an app that answers each mention, and knows a command, a button and a modal."""
    app = slack.app(mode)
    app.event("app_mention")(_answer)
    app.event("message")(_take)

    @app.command("/faq")
    async def command(ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        await ack()
        await respond(text=f"You asked: {body['text']}", response_type="ephemeral")

    @app.action("helpful")
    async def click(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=REASON)

    @app.view("reason")
    async def submitted(ack: AsyncAck, view: Json) -> None:
        said = view["state"]["values"]["why"]["text"]["value"]
        await (ack(response_action="errors", errors={"why": "Say more."}) if len(said) < 5 else ack())

    @app.options("entry")
    async def offered(ack: AsyncAck, body: Json) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": body["value"].title()}, "value": "E1"}])

    await run_app(app)
    return slack


@both_ways
async def test_a_mention_is_answered_in_its_thread(answering: Slack) -> None:
    alice = answering.member("alice")
    channel = answering.space.channel("ask", alice.user)

    question = await alice.says(channel, f"<@{BOT_USER}> where is the wifi password?")

    (answer,) = await answering.posted(1)
    assert answer.thread_ts == question.ts
    await answering.called("reactions.remove")
    assert question.reactions == {"eyes": []}
    assert [delivery.payload["event"]["type"] for delivery in answering.deliveries] == ["app_mention", "message"]
    assert all(delivery.seconds is not None and delivery.seconds < 3 for delivery in answering.deliveries)


@both_ways
async def test_a_command_is_answered_in_private(answering: Slack) -> None:
    alice = answering.member("alice")

    await alice.commands(answering.space.channel("ask", alice.user), "/faq wifi password")

    (told,) = await answering.told(alice)
    assert told.text == "You asked: wifi password"
    assert answering.visible() == []


@both_ways
async def test_a_button_opens_a_modal_which_is_refused_then_taken(answering: Slack) -> None:
    alice = answering.member("alice")
    await alice.says(answering.space.channel("ask", alice.user), f"<@{BOT_USER}> wifi?")
    (answer,) = await answering.posted(1)
    await alice.clicks(answer, "helpful")
    await answering.called("views.open")

    refused = await alice.submits(alice.modal(), text="no")
    assert refused.answer["errors"] == {"why": "Say more."}
    await alice.submits(alice.modal(), text="it is elsewhere")

    assert answering.space.views == {}


async def test_a_select_menu_offers_what_the_app_says(answering: Slack) -> None:
    alice = answering.member("alice")
    menu = {"type": "external_select", "action_id": "entry"}
    message = alice.writes(alice.direct, "Which one?", blocks=[{"type": "actions", "elements": [menu]}])

    options = await alice.types(message, "entry", "wifi")

    assert [option["text"]["text"] for option in options] == ["Wifi"]


@both_ways
async def test_each_kind_of_event_is_taken(answering: Slack) -> None:
    alice = answering.member("alice")
    channel = answering.space.channel("ask", alice.user, is_private=True)
    root = await alice.says(channel, "hello")
    await alice.says(channel, "more", thread=root, subtype="thread_broadcast")
    direct = await alice.says(alice.direct, "a direct question")

    await alice.edits(direct, "a better one")
    await alice.deletes(direct)
    await alice.deletes(root)

    events = [delivery.payload["event"] for delivery in answering.deliveries]
    assert [event.get("subtype") for event in events] == [
        None,
        "thread_broadcast",
        None,
        "message_changed",
        "message_deleted",
        "message_changed",
    ]
    assert [event["channel_type"] for event in events] == ["group", "group", "im", "im", "im", "group"]
    assert events[-1]["message"]["subtype"] == "tombstone"


@both_ways
async def test_a_payload_comes_again_and_says_so(slack: Slack, run_app: RunApp, mode: str) -> None:
    tries: asyncio.Queue[str] = asyncio.Queue()
    app = slack.app(mode)

    @app.event("reaction_added")
    async def count(req: AsyncBoltRequest) -> None:
        await tries.put(req.headers.get("x-slack-retry-num", ["0"])[0])

    await run_app(app)
    alice = slack.member("alice")
    delivery = await alice.reacts(alice.writes(slack.space.channel("ask", alice.user), "hello"), "eyes")

    again = await slack.deliver(delivery.payload, retry=Retry(1))

    assert again.status == 200
    assert [await tries.get(), await tries.get()] == ["0", "1"]


async def test_a_message_whose_answer_was_lost_is_there(answering: Slack) -> None:
    alice = answering.member("alice")
    answering.fail("chat.postMessage", dropped(after_work=True), times=2)

    await alice.says(answering.space.channel("ask", alice.user), f"<@{BOT_USER}> wifi?")

    await asyncio.gather(answering.posted(1), answering.called("chat.postMessage"))

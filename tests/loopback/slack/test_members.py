"""Show that people see what the app does with their clicks, entries and submissions."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack import server as loopback
from tests.loopback.slack import views
from tests.loopback.slack.fixtures import RunApp
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT, BOT_USER, Json, Message, View

PLAIN: Json = {"type": "plain_text", "text": "x"}
BUTTON: Json = {"type": "button", "action_id": "press", "text": PLAIN}
THUMBS: Json = {
    "type": "feedback_buttons",
    "action_id": "thumbs",
    "positive_button": {"text": PLAIN, "value": "good"},
    "negative_button": {"text": PLAIN, "value": "bad"},
}
SEARCH: Json = {"type": "plain_text_input", "action_id": "search"}


@pytest.fixture
async def app(slack: Slack, run_app: RunApp) -> AsyncApp:
    """Return an app that is connected, and learns what to do as the test goes on."""
    app = slack.app()
    await run_app(app)
    return app


@pytest.fixture
def alice(slack: Slack) -> Member:
    return slack.member("alice")


def _modal(name: str = "first") -> Json:
    input_ = {"type": "input", "block_id": "words", "label": PLAIN, "element": SEARCH, "optional": True}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {**PLAIN, "text": name},
        "submit": PLAIN,
        "blocks": [input_],
    }


async def _opened(slack: Slack, alice: Member, app: AsyncApp) -> View:
    @app.shortcut("open")
    async def show(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=_modal())
        await ack()

    await alice.uses_shortcut("open")
    return alice.modal()


def _answer(slack: Slack, *elements: Json, visible_to: str | None = None) -> Message:
    channel = slack.space.channel("ask")
    blocks = [{"type": "actions", "elements": list(elements)}]
    message = Message(channel.id, slack.space.ts(), BOT_USER, "x", bot_id=BOT, blocks=blocks, visible_to=visible_to)
    return slack.space.add(message)


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, []),
        ({"response_action": "update", "view": _modal("second")}, ["second"]),
        ({"response_action": "push", "view": _modal("second")}, ["first", "second"]),
        ({"response_action": "clear"}, []),
        ({"response_action": "errors", "errors": {"words": "More."}}, ["first"]),
    ],
)
async def test_a_submission_leads_on(
    slack: Slack, alice: Member, app: AsyncApp, answer: Json, titles: list[str]
) -> None:
    @app.view("form")
    async def submitted(ack: AsyncAck) -> None:
        await ack(**answer)

    view = await _opened(slack, alice, app)

    await alice.submits(view, search="wifi")

    assert [view.arguments["title"]["text"] for view in slack.space.views.values()] == titles


@pytest.mark.parametrize(("answer", "titles"), [({}, ["first"]), ({"response_action": "clear"}, [])])
async def test_a_modal_on_top_closes_alone_unless_all_are_to_go(
    slack: Slack, alice: Member, app: AsyncApp, answer: Json, titles: list[str]
) -> None:
    @app.view("form")
    async def submitted(ack: AsyncAck) -> None:
        await ack(**answer)

    below = await _opened(slack, alice, app)
    top = views.stacked(slack.space, alice.id, _modal("second"), below)

    await alice.submits(top)

    assert [view.arguments["title"]["text"] for view in slack.space.views.values()] == titles


async def test_errors_belong_to_inputs(slack: Slack, alice: Member, app: AsyncApp) -> None:
    @app.view("form")
    async def submitted(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"word": "More."})

    await alice.submits(await _opened(slack, alice, app))

    assert slack.take_problems() == ["errors of blocks that are no inputs: word"]


@pytest.mark.parametrize(
    ("response", "left"),
    [
        ({"replace_original": True, "text": "new"}, ["new"]),
        ({"delete_original": True}, []),
        ({"response_type": "in_channel", "text": "more"}, ["x", "more"]),
    ],
)
async def test_a_click_is_responded_to(
    slack: Slack, alice: Member, app: AsyncApp, response: Json, left: list[str]
) -> None:
    @app.action("press")
    async def pressed(ack: AsyncAck, respond: AsyncRespond) -> None:
        await respond(**response)
        await ack()

    await alice.clicks(_answer(slack, BUTTON), "press")

    assert [message.text for message in slack.visible()] == left


@pytest.mark.parametrize("private", [True, False])
async def test_a_click_on_what_one_sees_alone_carries_no_message(
    slack: Slack,
    alice: Member,
    app: AsyncApp,
    private: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    @app.action("press")
    async def pressed(ack: AsyncAck) -> None:
        await ack()

    delivery = await alice.clicks(_answer(slack, BUTTON, visible_to=alice.id if private else None), "press")

    assert ("message" in delivery.payload) != private
    assert delivery.payload["container"]["is_ephemeral"] == private


async def test_thumbs_and_searches_say_what_was_meant(slack: Slack, alice: Member, app: AsyncApp) -> None:
    @app.action("thumbs")
    @app.action("search")
    async def taken(ack: AsyncAck) -> None:
        await ack()

    answer = _answer(slack, THUMBS)
    answer.blocks[0]["type"] = "context_actions"

    thumbs = await alice.clicks(answer, "thumbs", button="negative_button")
    search = await alice.enters(await _opened(slack, alice, app), "search", "wifi")

    assert thumbs.payload["actions"][0]["value"] == "bad"
    assert search.payload["actions"][0]["value"] == "wifi"
    assert search.payload["view"]["state"]["values"]["words"]["search"]["value"] == "wifi"


async def test_nobody_clicks_what_is_not_there(slack: Slack, alice: Member) -> None:
    answer = _answer(slack, BUTTON)

    with pytest.raises(pytest.fail.Exception, match="no element 'other'"):
        await alice.clicks(answer, "other")
    answer.deleted = True
    with pytest.raises(AssertionError, match="deleted"):
        await alice.clicks(answer, "press")


async def test_a_late_acknowledgement_is_a_problem(
    slack: Slack, alice: Member, app: AsyncApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "DEADLINE", 0)
    await _opened(slack, alice, app)

    (problem,) = slack.take_problems()
    assert problem.startswith("interactive was acknowledged after ")


async def test_a_reaction_is_seen_with_its_message(slack: Slack) -> None:
    client = slack.client()
    answer = _answer(slack, BUTTON)
    await client.reactions_add(channel=answer.channel, timestamp=answer.ts, name="eyes")

    thread = await client.conversations_replies(channel=answer.channel, ts=answer.ts)

    assert thread["messages"][0]["reactions"] == [{"name": "eyes", "users": [BOT_USER], "count": 1}]

"""Show that what does not fit Slack's published types is a problem, on either side."""

from typing import Any

import pytest

from tests.loopback.slack import payloads, schemas
from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Json
from tests.loopback.specs import Spec
from tests.shared import shared

PLAIN: Json = {"type": "plain_text", "text": "x"}
VIEW: Json = {"type": "modal", "title": PLAIN, "blocks": [{"type": "divider"}]}
PLACE: Json = {"channel": "C1", "text": "x"}


@pytest.fixture
def spec(slack_spec: Spec | None) -> Spec:
    """Return Slack's types, or skip."""
    shared("specs", "slack.schema.json")
    assert slack_spec
    return slack_spec


@pytest.mark.parametrize(
    ("method", "arguments", "problems"),
    [
        ("chat.postMessage", PLACE, []),
        ("chat.postMessage", {**PLACE, "blocks": [{"type": "divider"}], "unfurl_links": False}, []),
        ("chat.postMessage", {**PLACE, "team_id": "T1"}, []),
        ("chat.postMessage", {**PLACE, "unfurl_link": False}, ["unfurl_link: no such field (additionalProperties)"]),
        (
            "chat.postMessage",
            {**PLACE, "blocks": [{"type": "divider", "text": "x"}]},
            ["0.text: no such field (additionalProperties)"],
        ),
        ("chat.update", PLACE, ["ts: is missing (required)"]),
        ("views.open", {"trigger_id": "1", "view": VIEW}, []),
        ("views.open", {"trigger_id": "1", "view": {**VIEW, "submitt": PLAIN}}, ["submitt: no such field"]),
        ("views.open", {"trigger_id": "1", "view": {**VIEW, "blocks": [{"type": "dividers"}]}}, ["0: nothing of this"]),
        ("reactions.remove", {"channel": "C1", "timestamp": "1.1", "name": "eyes"}, []),
        ("conversations.open", {"users": "U1", "user": "U1"}, ["no such argument: user"]),
        ("conversations.replies", {"channel": "C1", "ts": "1.1", "limit": "5"}, ['limit: "5" is not of type "number"']),
    ],
)
def test_requests(spec: Spec, method: str, arguments: Json, problems: list[str]) -> None:
    found = schemas.request_problems(spec, method, arguments)

    assert bool(found) == bool(problems)
    for problem in problems:
        assert any(told.startswith(f"{method}: {problem}") for told in found), found


@pytest.mark.parametrize(
    ("event", "fits"),
    [
        ({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.1"}, True),
        ({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "start", "event_ts": "1.1"}, False),
        ({"type": "message", "subtype": "message_deleted", "anything": 1}, True),
        ({"type": "message", "channel": "C1"}, False),
    ],
)
def test_events(spec: Spec, event: Json, fits: bool) -> None:  # noqa: FBT001  # a parameter of the test
    assert (schemas.payload_problems(spec, payloads.envelope(event, "Ev1")) == []) == fits


def test_answers(spec: Spec) -> None:
    body: dict[str, Any] = {"ok": True, "message": {"text": "x", "blocks": [{"type": "markdown", "text": "x"}]}}

    assert schemas.response_problems(spec, "chat.postMessage", body) == []
    body["message"]["words"] = "x"
    assert len(schemas.response_problems(spec, "chat.postMessage", body)) == 1


async def test_a_misspelt_argument_fails_the_test(slack: Slack, spec: Spec) -> None:
    channel = slack.space.channel("ask")

    await slack.client().chat_postMessage(channel=channel.id, text="x", unfurl_link=False)

    assert slack.take_problems() == ["chat.postMessage: unfurl_link: no such field (additionalProperties)"]


async def test_a_payload_of_ours_that_does_not_fit_fails_the_test(slack: Slack, spec: Spec) -> None:
    app = slack.app()

    @app.event("message")
    async def take(event: Json) -> None:
        pass

    async with running_app(slack, app, "socket"):
        alice = slack.member("alice")
        said = alice.writes(alice.direct, "hello")
        await slack.event({**payloads.message(said, alice.direct), "mood": "good"})

    assert slack.take_problems() == ["event message: mood: no such field (additionalProperties)"]


def test_queries_are_read_back() -> None:
    assert schemas.read_back({"limit": "5", "inclusive": "1", "include_all_metadata": "0", "ts": "1.1"}) == {
        "limit": 5,
        "inclusive": True,
        "include_all_metadata": False,
        "ts": "1.1",
    }

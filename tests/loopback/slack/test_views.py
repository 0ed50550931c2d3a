"""Show that modals, home tabs and triggers behave as in Slack."""

import pytest

from tests.loopback.slack import inputs, views
from tests.loopback.slack.member import Member
from tests.loopback.slack.outcomes import code_of
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Json, View

PLAIN: Json = {"type": "plain_text", "text": "x"}
MODAL: Json = {"type": "modal", "title": PLAIN, "blocks": [{"type": "divider"}]}
HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


@pytest.fixture
def alice(slack: Slack) -> Member:
    return slack.member("alice")


async def test_a_trigger_serves_once(slack: Slack, alice: Member) -> None:
    trigger = views.trigger(slack.space, alice.id)

    codes = [await code_of(slack, "views.open", trigger_id=trigger, view=MODAL) for _ in range(2)]

    assert codes == ["ok", "exchanged_trigger_id"]
    assert slack.take_problems() == ["views.open: a trigger used twice"]


async def test_a_trigger_expires(slack: Slack, alice: Member) -> None:
    trigger = views.trigger(slack.space, alice.id)
    slack.space.clock.forward(views.TRIGGER_SECONDS)

    assert await code_of(slack, "views.open", trigger_id=trigger, view=MODAL) == "expired_trigger_id"


async def test_three_modals_lie_on_each_other(slack: Slack, alice: Member) -> None:
    await code_of(slack, "views.open", trigger_id=views.trigger(slack.space, alice.id), view=MODAL)

    codes = []
    for _ in range(3):
        trigger = views.trigger(slack.space, alice.id, view=alice.modal())
        codes.append(await code_of(slack, "views.push", trigger_id=trigger, view=MODAL))

    assert codes == ["ok", "ok", "push_limit_reached"]


async def test_an_update_fails_when_another_came_first(slack: Slack, alice: Member) -> None:
    await code_of(slack, "views.open", trigger_id=views.trigger(slack.space, alice.id), view=MODAL)
    view = alice.modal()
    seen = {"view_id": view.id, "hash": view.hash, "view": MODAL}

    codes = [await code_of(slack, "views.update", **seen) for _ in range(2)]

    assert codes == ["ok", "hash_conflict"]


async def test_each_user_has_a_home(slack: Slack, alice: Member) -> None:
    assert await code_of(slack, "views.publish", user_id=alice.id, view=HOME) == "ok"
    assert await code_of(slack, "views.publish", user_id=alice.id, view={**HOME, "private_metadata": "2"}) == "ok"

    assert (alice.home.version, alice.home.arguments["private_metadata"]) == (2, "2")


async def test_a_home_is_no_modal(slack: Slack, alice: Member) -> None:
    assert await code_of(slack, "views.publish", user_id=alice.id, view=MODAL) == "invalid_arguments"
    assert slack.take_problems() == ["views.publish: a home view is wanted here"]


async def test_a_status_goes_with_the_reply(slack: Slack, alice: Member) -> None:
    question = alice.writes(alice.direct, "hello")
    client = slack.client()
    await client.assistant_threads_setStatus(channel_id=alice.direct.id, thread_ts=question.ts, status="thinks")
    assert slack.space.statuses == {(alice.direct.id, question.ts): "thinks"}

    await client.chat_postMessage(channel=alice.direct.id, thread_ts=question.ts, text="On the fridge.")

    assert slack.space.statuses == {}


async def test_four_prompts_at_most(slack: Slack, alice: Member) -> None:
    prompt = {"title": "Wifi", "message": "Where is the wifi password?"}

    codes = [
        await code_of(
            slack, "assistant.threads.setSuggestedPrompts", channel_id=alice.direct.id, prompts=[prompt] * number
        )
        for number in (4, 5)
    ]

    assert codes == ["ok", "invalid_arguments"]
    assert len(slack.take_problems()) == 1


FORM = View(
    "V1",
    "U1",
    {
        "blocks": [
            {
                "type": "input",
                "block_id": "question",
                "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "Wifi?"},
            },
            {
                "type": "input",
                "block_id": "entry",
                "element": {"type": "static_select", "action_id": "choice", "options": [{"value": "E1"}]},
            },
        ]
    },
    1,
    "V1",
)


def test_an_input_holds_what_it_began_with_unless_it_is_filled_in() -> None:
    assert inputs.state(FORM, {"choice": {"value": "E1"}}) == {
        "question": {"text": {"type": "plain_text_input", "value": "Wifi?"}},
        "entry": {"choice": {"type": "static_select", "selected_option": {"value": "E1"}}},
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "submits no view without"),
        ({"choice": {"value": "E2"}}, "is no option of choice"),
        ({"choice": {"value": "E1"}, "other": "x"}, r"no inputs \['other'\]"),
    ],
)
def test_nobody_submits_what_slack_does_not_let_them(values: Json, words: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=words):
        inputs.state(FORM, values)

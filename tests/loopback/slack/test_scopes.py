"""Show that private channels and direct messages have scopes of their own."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.loopback.slack.outcomes import code_of
from tests.loopback.slack.server import Slack


@pytest.mark.parametrize(("method", "named"), [("conversations.history", "history"), ("conversations.info", "read")])
@pytest.mark.parametrize("kind", ["channels", "groups", "im"])
async def test_each_kind_of_channel_has_its_scope(slack: Slack, method: str, named: str, kind: str) -> None:
    alice = slack.member("alice")
    places = {
        "channels": slack.space.channel("public"),
        "groups": slack.space.channel("private", is_private=True),
        "im": alice.direct,
    }
    slack.web.scopes.remove(f"{kind}:{named}")

    codes = {name: await code_of(slack, method, channel=place.id) for name, place in places.items()}

    assert codes == dict.fromkeys(places, "ok") | {kind: "missing_scope"}


async def test_the_scope_that_is_missing_is_named(slack: Slack) -> None:
    private = slack.space.channel("private", is_private=True)
    root = slack.member("alice").writes(private, "hello")
    slack.web.scopes.remove("groups:history")

    with pytest.raises(SlackApiError) as caught:
        await slack.client().conversations_replies(channel=private.id, ts=root.ts)

    assert caught.value.response["needed"] == "groups:history"
    assert "channels:history" in caught.value.response["provided"].split(",")


async def test_a_private_channel_without_the_bot_does_not_exist(slack: Slack) -> None:
    private = slack.space.channel("private", is_private=True, with_bot=False)

    assert await code_of(slack, "chat.postMessage", channel=private.id, text="x") == "channel_not_found"

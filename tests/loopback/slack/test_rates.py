"""Show that calls are counted as Slack counts them, once a test wants that, by a clock that it moves."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.loopback.slack.outcomes import code_of
from tests.loopback.slack.rates import TIERS
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Channel


@pytest.fixture
def channel(slack: Slack) -> Channel:
    return slack.space.channel("ask")


async def _posted(slack: Slack, channel: Channel) -> str:
    return await code_of(slack, "chat.postMessage", channel=channel.id, text="x")


async def test_nothing_is_counted_before_a_test_wants_it(slack: Slack, channel: Channel) -> None:
    assert [await _posted(slack, channel) for _ in range(3)] == ["ok"] * 3


async def test_a_channel_takes_a_message_a_second(slack: Slack, channel: Channel) -> None:
    other = slack.space.channel("other")
    slack.web.rates.enforce()

    codes = [await _posted(slack, place) for place in (channel, channel, other)]
    slack.space.clock.forward(1)

    assert codes == ["ok", "ratelimited", "ok"]
    assert await _posted(slack, channel) == "ok"
    assert len(slack.visible(channel)) == 2


async def test_a_channel_takes_a_burst(slack: Slack, channel: Channel) -> None:
    slack.web.rates.enforce(burst=3)

    assert [await _posted(slack, channel) for _ in range(4)] == ["ok", "ok", "ok", "ratelimited"]


async def test_a_method_has_the_limit_of_its_tier(slack: Slack) -> None:
    slack.web.rates.enforce()

    codes = [await code_of(slack, "users.list") for _ in range(TIERS[2] + 1)]
    another = await code_of(slack, "auth.test")
    slack.space.clock.forward(60)

    assert codes == ["ok"] * TIERS[2] + ["ratelimited"]
    assert another == "ok"
    assert await code_of(slack, "users.list") == "ok"


async def test_how_long_to_wait_is_said(slack: Slack, channel: Channel) -> None:
    slack.web.rates.enforce(conversations_history=1)
    client = slack.client()
    await client.conversations_history(channel=channel.id)
    slack.space.clock.forward(20)

    with pytest.raises(SlackApiError) as caught:
        await client.conversations_history(channel=channel.id)

    response = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert 38 <= int(response.headers["Retry-After"]) <= 40

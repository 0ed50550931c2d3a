"""Show that calls go wrong as they do in Slack, seen through the real client."""

import asyncio

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.loopback.slack.faults import Fault, broken, dropped, held, limited, refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Channel


@pytest.fixture
def channel(slack: Slack) -> Channel:
    return slack.space.channel("ask")


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    """Return a client that tries nothing twice."""
    client = slack.client()
    client.retry_handlers.clear()
    return client


async def _refusal(client: AsyncWebClient, channel: Channel) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel.id, text="hello")
    return caught.value


@pytest.mark.parametrize("code", ["ratelimited", "is_archived", "channel_not_found", "expired_trigger_id"])
async def test_a_call_is_refused_once(slack: Slack, client: AsyncWebClient, channel: Channel, code: str) -> None:
    slack.fail("chat.postMessage", refused(code))

    refusal = await _refusal(client, channel)
    await client.chat_postMessage(channel=channel.id, text="hello")

    assert refusal.response["error"] == code
    assert [call.outcome for call in slack.calls] == [code, "ok"]
    assert len(slack.visible(channel)) == 1


async def test_a_limit_says_how_long_to_wait(slack: Slack, client: AsyncWebClient, channel: Channel) -> None:
    slack.fail("chat.postMessage", limited(7))

    refusal = await _refusal(client, channel)

    assert (refusal.response.status_code, refusal.response.headers["Retry-After"]) == (429, "7")


async def test_the_clients_own_patience_works(slack: Slack, client: AsyncWebClient, channel: Channel) -> None:
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    slack.fail("chat.postMessage", limited(0))

    await client.chat_postMessage(channel=channel.id, text="hello")

    assert [call.outcome for call in slack.calls] == ["ratelimited", "ok"]


@pytest.mark.parametrize(
    ("fault", "error"), [(broken(), SlackApiError), (dropped(), ClientError)], ids=["broken", "dropped"]
)
async def test_nothing_is_posted_by_a_call_that_breaks(
    slack: Slack, client: AsyncWebClient, channel: Channel, fault: Fault, error: type[Exception]
) -> None:
    slack.fail("chat.postMessage", fault)

    with pytest.raises(error):
        await client.chat_postMessage(channel=channel.id, text="hello")

    assert slack.visible(channel) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [(broken(500, after_work=True), SlackApiError), (dropped(after_work=True), ClientError)],
    ids=["broken", "dropped"],
)
async def test_only_the_answer_is_lost(
    slack: Slack, client: AsyncWebClient, channel: Channel, fault: Fault, error: type[Exception]
) -> None:
    slack.fail("chat.postMessage", fault)

    with pytest.raises(error):
        await client.chat_postMessage(channel=channel.id, text="hello")

    assert len(slack.visible(channel)) == 1


async def test_a_call_is_held_until_it_is_let_go(slack: Slack, client: AsyncWebClient, channel: Channel) -> None:
    release = asyncio.Event()
    slack.fail("chat.postMessage", held(release))
    posting = asyncio.create_task(client.chat_postMessage(channel=channel.id, text="hello"))
    await slack.until(lambda: bool(slack.calls), "a call")
    assert slack.visible(channel) == []

    release.set()
    await posting

    assert len(slack.visible(channel)) == 1


async def test_a_missing_scope_is_named(slack: Slack, client: AsyncWebClient, channel: Channel) -> None:
    slack.web.scopes.remove("chat:write")

    refusal = await _refusal(client, channel)

    assert (refusal.response["error"], refusal.response["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in refusal.response.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(("token", "code"), [("xoxb-other", "invalid_auth"), (None, "not_authed")])
async def test_a_token_is_wanted(slack: Slack, client: AsyncWebClient, token: str | None, code: str) -> None:
    client.token = token

    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()

    assert caught.value.response["error"] == code


async def test_what_the_loopback_does_not_know_is_a_problem(slack: Slack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError):
        await client.bookmarks_list(channel_id="C1")

    assert slack.take_problems() == ["bookmarks.list: the loopback does not know bookmarks.list"]


async def test_an_address_for_responses_serves_five_times(slack: Slack, channel: Channel) -> None:
    webhook = AsyncWebhookClient(slack.response_url(channel.id, slack.member("alice").id))

    statuses = [(await webhook.send(text="hello")).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [404]
    assert slack.take_problems() == ["response_url: an address for responses used 6 times"]


async def test_an_address_for_responses_serves_half_an_hour(slack: Slack, channel: Channel) -> None:
    webhook = AsyncWebhookClient(slack.response_url(channel.id, slack.member("alice").id))
    slack.space.clock.forward(30 * 60 - 1)
    assert (await webhook.send(text="hello")).status_code == 200

    slack.space.clock.forward(1)
    response = await webhook.send(text="hello")

    assert (response.status_code, response.body) == (404, "expired_url")


async def test_a_wait_in_vain_says_what_there_was(slack: Slack, client: AsyncWebClient) -> None:
    await client.auth_test()

    with pytest.raises(pytest.fail.Exception, match=r"expected a miracle; .*auth\.test"):
        await slack.watch.until(lambda: False, lambda: f"expected a miracle; {slack.calls}", timeout=0)

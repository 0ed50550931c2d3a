"""Show that events come in any order, over any connection, and again when nobody acknowledged them."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from tests.loopback.slack import payloads
from tests.loopback.slack.deliveries import Delivery
from tests.loopback.slack.fixtures import RunApp
from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import BOT_USER, Json

Heard = asyncio.Queue[tuple[str, str]]


def _reaction(slack: Slack, number: int = 1) -> Json:
    alice = slack.member(f"alice{number}")
    return payloads.envelope(
        payloads.reaction(alice.user, "eyes", alice.writes(alice.direct, "x"), "1.1"), f"E{number}"
    )


def _hearing(slack: Slack, heard: Heard, name: str = "app", mode: str = "socket") -> AsyncApp:
    app = slack.app(mode)

    @app.event("reaction_added")
    async def take(req: AsyncBoltRequest) -> None:
        await heard.put((name, req.headers.get("x-slack-retry-num", ["0"])[0]))

    return app


@pytest.mark.parametrize("last", [False, True])
async def test_a_mention_comes_before_or_after_its_message(slack: Slack, *, last: bool) -> None:
    slack.mentions_come_last = last
    alice = slack.member("alice")
    events = alice.events_of(alice.writes(slack.space.channel("ask", alice.user), f"<@{BOT_USER}> hi"))

    assert [event["type"] for event in events] == (["message", "app_mention"] if last else ["app_mention", "message"])


async def test_connections_share_out_what_comes(slack: Slack) -> None:
    heard: Heard = asyncio.Queue()
    async with (
        running_app(slack, _hearing(slack, heard, "one"), "socket"),
        running_app(slack, _hearing(slack, heard, "two"), "socket"),
    ):
        await slack.connected(2)
        for number in range(4):
            await slack.deliver(_reaction(slack, number))

        assert [(await heard.get())[0] for _ in range(4)] == ["one", "two", "one", "two"]
        assert heard.empty()


async def test_what_is_not_acknowledged_comes_again_over_another_connection(slack: Slack) -> None:
    heard: Heard = asyncio.Queue()
    # Bolt acknowledges nothing that no listener takes.
    deaf = slack.app()
    async with running_app(slack, deaf, "socket"), running_app(slack, _hearing(slack, heard), "socket"):
        await slack.connected(2)
        lost = await slack.send(_reaction(slack))

        assert await slack.later(2.9) == []
        (again,) = await slack.later(0.2)

        assert await heard.get() == ("app", "1")
        await again.acknowledged()
    assert again.retry
    assert (lost.status, again.retry.reason) == (None, "timeout")
    assert await slack.later(3600) == []


@both_ways
async def test_slack_tries_three_times_more(slack: Slack, run_app: RunApp, mode: str) -> None:
    await run_app(slack.app(mode))
    first = await slack.send(_reaction(slack))

    tries: list[Delivery] = []
    for seconds in (3, 60, 300, 3600):
        tries += await slack.later(seconds)

    assert [one.retry.number for one in tries if one.retry] == [1, 2, 3]
    assert {one.retry.reason for one in tries if one.retry} == {"timeout" if mode == "socket" else "http_error"}
    assert first.status == (None if mode == "socket" else 404)


@both_ways
async def test_commands_do_not_come_again(slack: Slack, run_app: RunApp, mode: str) -> None:
    await run_app(slack.app(mode))
    alice = slack.member("alice")
    payload = payloads.command(alice.user, alice.direct, "/faq x", trigger="1", response_url="https://slack.example")
    await slack.send(payload)

    assert await slack.later(3600) == []


@both_ways
async def test_an_app_that_is_removed_hears_of_it_and_may_no_more(slack: Slack, run_app: RunApp, mode: str) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    app = slack.app(mode)

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    async def take(event: Json) -> None:
        await heard.put(event["type"])

    await run_app(app)
    await slack.uninstall()

    assert {await heard.get(), await heard.get()} == {"app_uninstalled", "tokens_revoked"}
    with pytest.raises(SlackApiError) as caught:
        await slack.client().auth_test()
    assert caught.value.response["error"] == "account_inactive"

"""The socket is lost, or Slack asks for another one: the bot connects again and answers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.slack import serving
from bot.adapters.slack.socket_mode import SocketHandler
from bot.chat.apps import OneApp
from bot.core.models import ChannelRef
from bot.store import Database
from tests.adapters.slack.bots import ASK, options
from tests.loopback.slack.deliveries import Retry
from tests.loopback.slack.faults import broken, limited, refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.payloads import envelope
from tests.loopback.slack.server import Slack
from tests.loopback.slack.web import APP_TOKEN
from tests.loopback.slack.workspace import TEAM, Channel
from tests.service.samples import services


@pytest.fixture(params=[limited(1), broken(503), refused("internal_error")])
def trouble(request: pytest.FixtureRequest, slack: Slack) -> None:
    """Have a Slack that does not do at first what the bot needs before it can listen."""
    for method in ("auth.test", "apps.connections.open"):
        slack.fail(method, request.param, times=2)


@pytest.fixture
async def asking(
    slack: Slack, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Member, Channel]]:
    """Return a member in a channel of a Slack in which the whole bot runs."""
    monkeypatch.setattr(serving, "_CHECK", 0.5)  # a pong that is four times as late is one that does not come
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta(milliseconds=1))
    database, stop = Database(sqlite_url), asyncio.Event()
    app = services(database)
    alice = slack.member("alice")
    channel = slack.space.channel("ask", alice.user)
    await app.channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": "mention"}, actor="ann")
    running = asyncio.create_task(serving.serve(options(slack, "socket"), OneApp(app), stop=stop))
    await slack.connected()
    yield alice, channel
    stop.set()
    await running
    await database.aclose()


@pytest.mark.usefixtures("trouble")
async def test_a_slack_that_is_busy_or_unwell_at_the_start_is_waited_for(
    slack: Slack, asking: tuple[Member, Channel]
) -> None:
    alice, channel = asking

    await alice.says(channel, ASK)

    await slack.posted(1)


async def test_a_socket_that_slack_wants_back_is_replaced(slack: Slack, asking: tuple[Member, Channel]) -> None:
    alice, channel = asking

    await slack.sockets.disconnect()
    await slack.connected(2)

    await alice.says(channel, ASK)
    await slack.posted(1)


async def test_a_socket_that_is_lost_is_replaced_and_nothing_is_lost_with_it(
    slack: Slack, asking: tuple[Member, Channel]
) -> None:
    alice, channel = asking
    event = alice.events_of(alice.writes(channel, ASK))[0]
    await slack.send(envelope(event, "Ev1", channel))

    slack.sockets.lose()
    await slack.connected(2)
    await slack.deliver(envelope(event, "Ev1", channel), retry=Retry(1, "socket_closed"))

    await slack.posted(1)
    await alice.says(channel, ASK)
    await slack.posted(2)
    assert len(slack.calls_of("chat.postMessage")) == 2


async def test_what_comes_again_over_the_next_socket_is_answered_once(
    slack: Slack, asking: tuple[Member, Channel]
) -> None:
    alice, channel = asking
    await alice.says(channel, ASK)
    await slack.posted(1)

    await slack.sockets.disconnect()
    await slack.connected(2)
    for delivery in list(slack.deliveries):
        await slack.deliver(delivery.payload)
    await alice.says(channel, ASK)

    await slack.posted(2)
    assert len(slack.calls_of("chat.postMessage")) == 2


async def test_a_socket_that_two_want_replaced_is_replaced_once(slack: Slack) -> None:
    # Slack asks for another one, and closes the old one: the client hears of both.
    handler = SocketHandler(slack.app(), APP_TOKEN, check=0.5)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
    first = handler.client.wss_uri
    await asyncio.gather(*(handler.client.connect_to_new_endpoint(force=True) for _ in range(3)))

    assert (slack.sockets.opened, handler.client.wss_uri == first) == (2, False)
    await handler.client.connect_to_new_endpoint(force=True)
    assert slack.sockets.opened == 3
    await handler.close_async()  # type: ignore[no-untyped-call]  # as above

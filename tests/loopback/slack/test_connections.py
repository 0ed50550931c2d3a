"""Show that connections end as Slack ends them, and that signatures are looked at."""

import asyncio

import pytest

from tests.loopback.slack import payloads
from tests.loopback.slack.deliveries import Delivery, Retry
from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack
from tests.loopback.slack.signing import send_signed
from tests.loopback.slack.workspace import Json


async def test_the_app_connects_anew_when_it_is_asked_to(slack: Slack) -> None:
    async with running_app(slack, slack.app(), "socket"):
        await slack.sockets.disconnect()

        await slack.connected(2)

    assert slack.calls_of("apps.connections.open")[-1].outcome == "ok"


async def test_the_app_connects_anew_when_the_connection_is_lost(slack: Slack) -> None:
    async with running_app(slack, slack.app(), "socket"):
        slack.sockets.lose()

        await slack.connected(2)


async def test_what_was_not_acknowledged_comes_again_on_the_next_connection(slack: Slack) -> None:
    app = slack.app()
    taken: asyncio.Queue[Json] = asyncio.Queue()
    app.event("reaction_added")(taken.put)
    alice = slack.member("alice")
    message = alice.writes(alice.direct, "hello")
    payload = payloads.envelope(payloads.reaction(alice.user, "eyes", message, "1.1"), "Ev1")
    async with running_app(slack, app, "socket"):
        lost = await slack.send(payload)
        slack.sockets.lose()
        await slack.connected(2)

        again = await slack.deliver(payload, retry=Retry(1))

    assert lost.seconds is None
    assert again.seconds is not None


async def test_a_malformed_envelope_ends_nothing(slack: Slack) -> None:
    app = slack.app()
    taken: asyncio.Queue[Json] = asyncio.Queue()

    @app.event("message")
    async def take(event: Json) -> None:
        await taken.put(event)

    async with running_app(slack, app, "socket"):
        await slack.sockets.send_raw('{"type": "events_api", "envelope_id": "?"}')
        alice = slack.member("alice")
        await alice.says(alice.direct, "hello")

        assert (await taken.get())["text"] == "hello"
    assert slack.sockets.opened == 1


async def test_an_acknowledgement_out_of_the_blue_is_a_problem(slack: Slack) -> None:
    async with running_app(slack, slack.app(), "socket"):
        pass
    slack.sockets.acknowledge('{"envelope_id": "e9"}')

    assert slack.take_problems() == ['unexpected on the socket: {"envelope_id": "e9"}']


@pytest.mark.parametrize(("wrong", "status"), [({}, 200), ({"secret": "another"}, 401), ({"age": 301}, 401)])
async def test_the_app_looks_at_signatures(slack: Slack, wrong: Json, status: int) -> None:
    app = slack.app("http")
    taken: asyncio.Queue[Json] = asyncio.Queue()
    app.event("app_home_opened")(taken.put)
    alice = slack.member("alice")
    event = payloads.home_opened(alice.user, alice.direct, "home", "1.1")
    delivery = Delivery("events_api", payloads.envelope(event, "Ev1"))
    async with running_app(slack, app, "http"):
        assert slack.events_url

        await send_signed(slack.session, delivery, slack.events_url, **wrong)

    assert delivery.status == status

"""At debug level the log of a whole conversation in Slack holds no words of members, no ids of theirs, no tokens."""

import io
import json
from collections.abc import Iterator

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import FREEZE, Office, StartBot
from tests.logs import at_debug
from tests.loopback.slack.deliveries import Delivery
from tests.loopback.slack.faults import broken, dropped, refused
from tests.loopback.slack.payloads import envelope, message
from tests.loopback.slack.server import Slack
from tests.loopback.slack.signing import SIGNING_SECRET, send_signed
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import BOT_USER

WORDS = "zebracrossing"
ODD = f"<@{BOT_USER}> where is the {WORDS} of my uncle"


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """Return what is logged, from before the bot starts."""
    with at_debug() as stream:
        yield stream


@both_ways
async def test_a_conversation_leaves_nothing_of_it_in_the_log(office: Office, log: io.StringIO) -> None:
    slack, alice = office.slack, office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.says(channel, FREEZE)
    (reply,) = await slack.posted(1)
    await office.quiet()
    await alice.clicks(reply, SlackAction.NOT_THIS)
    await slack.called("views.open")
    await alice.submits(alice.modal(), faqbot_value=f"It is about the {WORDS}.")
    await slack.told(alice)
    await alice.commands(channel, f"/faq {ODD}")
    await slack.told(alice, 2)
    await alice.edits(await alice.says(channel, ODD), f"{ODD} please")
    await office.quiet()

    for fault in (refused("internal_error"), refused("channel_not_found"), broken(), dropped()):
        slack.fail("chat.postMessage", fault, times=3)
        await alice.says(channel, ODD)
        await office.quiet()
    slack.fail("users.info", broken(), times=9)
    slack.fail("response_url", broken(500))
    await alice.clicks(reply, SlackAction.HUMAN)
    await office.quiet()

    assert any(json.loads(line)["level"] == "debug" for line in log.getvalue().splitlines())
    _holds_nothing(log, alice.id)


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_request_that_is_wrongly_signed_leaves_nothing_of_it_in_the_log(
    slack: Slack, start_bot: StartBot, log: io.StringIO
) -> None:
    office, alice = await start_bot(), slack.member("alice")
    channel = await office.channel(alice)
    payload = envelope(message(alice.writes(channel, ODD), channel), "Ev1", channel)
    delivery = Delivery("events_api", payload)

    await send_signed(slack.session, delivery, slack.events_url or "", secret=f"not {SIGNING_SECRET}")

    assert delivery.status == 401
    _holds_nothing(log, alice.id)
    assert "slack.http.signature_invalid" in log.getvalue()


@both_ways
async def test_an_event_that_breaks_a_listener_leaves_nothing_of_it_in_the_log(
    office: Office, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)

    async def broken_store(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(office.app.ask, "ask", broken_store)
    await alice.says(channel, ODD)
    await office.quiet()

    assert "RuntimeError" in log.getvalue()
    _holds_nothing(log, alice.id)


def _holds_nothing(log: io.StringIO, author: str) -> None:
    lines = log.getvalue().splitlines()
    unwanted = (WORDS, "freeze", author, "uncle", BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "/responses/", "/socket/")
    assert [line for line in lines if any(one in line for one in unwanted)] == []

"""Slack is answered in time, however slow the store is, and what it asked for is done afterwards."""

from asyncio import Event
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.adapters.slack import interactions
from bot.adapters.slack.members.commands import ANSWER_MESSAGE, SEARCH
from bot.adapters.slack.showing.ids import SlackAction
from bot.chat.apps import OneApp
from bot.core.wording.labels import Label
from bot.service.app import App
from tests.adapters.slack.bots import ASK, QUESTION, Office
from tests.adapters.slack.moderators.desks import Desk, texts
from tests.loopback.slack.deliveries import Delivery
from tests.loopback.slack.member import Member
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import Channel

Act = Callable[[Office, Member, Channel], Awaitable[Delivery]]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Return what opens and closes the store to the bot; for what has to wait for it, that is a moment only."""
    is_open = Event()
    is_open.set()
    use = OneApp.use

    @asynccontextmanager
    async def waiting(self: OneApp, workspace_id: str) -> AsyncIterator[App]:
        await is_open.wait()
        async with use(self, workspace_id) as app:
            yield app

    monkeypatch.setattr(OneApp, "use", waiting)
    monkeypatch.setattr(interactions, "PATIENCE", 0.01)
    monkeypatch.setattr(interactions, "SETTLING", 0)
    return is_open


async def says(office: Office, alice: Member, channel: Channel) -> Delivery:
    """Mention the bot."""
    return await office.slack.event(alice.events_of(alice.writes(channel, ASK))[0], channel)


async def commands(_: Office, alice: Member, channel: Channel) -> Delivery:
    """Use the command."""
    return await alice.commands(channel, f"/faq {QUESTION}")


async def uses_shortcut(_: Office, alice: Member, channel: Channel) -> Delivery:
    """Have a message answered."""
    return await alice.uses_message_shortcut(ANSWER_MESSAGE, alice.writes(channel, QUESTION))


@both_ways
@pytest.mark.parametrize("act", [says, commands, uses_shortcut])
async def test_a_question_is_acknowledged_before_the_store_is_asked(store: Event, office: Office, act: Act) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    store.clear()

    delivery = await act(office, alice, channel)
    assert delivery.seconds is not None
    assert delivery.seconds < 3
    assert office.slack.calls_of("chat.postMessage") == []

    store.set()
    await office.quiet()
    (answer,) = [*office.slack.visible(), *office.slack.private(alice)]
    assert "One coin." in str(answer.blocks)


@both_ways
async def test_so_are_buttons_and_dialogs(store: Event, desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    store.clear()
    pressed = await desk.ann.clicks(card, SlackAction.ANSWER)
    assert pressed.seconds is not None
    store.set()
    await desk.office.quiet()
    dialog = desk.ann.modal()

    store.clear()
    submitted = await desk.ann.submits(dialog, answer="On the shelf.")
    assert submitted.seconds is not None
    assert str(Label.ONE_MOMENT) in texts(dialog)
    store.set()
    await desk.office.quiet()

    assert "1 would win one" in texts(dialog)
    assert max(pressed.seconds, submitted.seconds) < 3


@both_ways
async def test_who_types_is_offered_nothing_rather_than_kept_waiting(store: Event, office: Office) -> None:
    alice = office.slack.member("alice")
    await alice.uses_shortcut(SEARCH)
    await office.slack.called("views.open")
    store.clear()

    assert await alice.types(alice.modal(), SlackAction.ENTRY, "withdr") == []
    store.set()

"""Show that the bot answers within the time that Discord allows, however slow the store is."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import pytest

from bot.adapters.discord import bot as discord_bot
from bot.adapters.discord import sending
from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.parts import DiscordAction
from bot.service.app import App
from tests.adapters.discord.bots import button, words
from tests.adapters.discord.moderators.staff import Review, forged
from tests.loopback.discord.constants import CallbackType
from tests.loopback.discord.invoking import answered, click, complete, shown, slash, submit, use_on
from tests.loopback.discord.people import say
from tests.loopback.discord.world import Invocation

ALLOWED = 3.0
DEFERRED = {CallbackType.DEFERRED_MESSAGE, CallbackType.DEFERRED_UPDATE}
TOO_SLOW = "That took me too long. Please try it again."
DIALOGS = ("merge", "edit", "edit-answer", "correct", "phrase", "unphrase", "retire", "rewrite", "name", "settings")
FORMS = {
    "answer": {"answer": "In its cage."},
    "link": {"entry_id": "fees"},
    "dismiss": {"reason": "spam"},
    "snooze": {"hours": "24"},
}


@dataclass(frozen=True)
class Held:
    """A stand-in for a store that nobody gets anything from until it is released."""

    app: App
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def use(self, workspace_id: str) -> AsyncIterator[App]:
        """Yield the services, once that is allowed."""
        del workspace_id
        await self.released.wait()
        yield self.app

    def stores(self) -> tuple[str, ...]:
        """Return a name for the store."""
        return ("",)


@contextmanager
def held(bot: DiscordBot, app: App) -> Iterator[None]:
    """Block the store for a block."""
    bot.apps = store = Held(app)
    try:
        yield
    finally:
        store.released.set()


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    assert discord_bot.LOCALE_WAIT + sending.ANSWER_WITHIN < ALLOWED
    monkeypatch.setattr(discord_bot, "LOCALE_WAIT", 0.0)
    monkeypatch.setattr(sending, "ANSWER_WITHIN", 0.0)


async def acknowledged(review: Review, invocation: Invocation) -> int:
    """Return how the bot answered first."""
    kind: int = (await answered(review.loopback, invocation))["type"]
    return kind


async def pressed(review: Review, action: str) -> Invocation:
    """Press a button for some action as a moderator."""
    return await forged(review, review.mo, action)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "faq browse",
        "my-data show",
        "my-data export",
        "my-data forget",
        "my-data opt-out",
        "my-data only-if-asked",
        "my-data opt-in",
        "review",
    ],
)
async def test_commands_are_deferred(review: Review, command: str) -> None:
    with held(review.bot, review.app):
        used = await slash(review.loopback, review.outside, command)
        assert await acknowledged(review, used) == CallbackType.DEFERRED_MESSAGE
    await shown(review.loopback, used)


async def test_a_question_is_deferred(review: Review) -> None:
    with held(review.bot, review.app):
        used = await slash(review.loopback, review.asker, "ask", question="how much does a withdrawal cost?")
        assert await acknowledged(review, used) == CallbackType.DEFERRED_MESSAGE
    assert "One coin." in words(await shown(review.loopback, used))


@pytest.mark.parametrize("command", ["Answer from FAQ", "Suggest as FAQ answer", "Why?"])
async def test_commands_of_messages_are_deferred(review: Review, command: str) -> None:
    message = await say(review.loopback, review.asker, "where is the parrot")
    with held(review.bot, review.app):
        used = await use_on(review.loopback, review.outside, command, message)
        assert await acknowledged(review, used) == CallbackType.DEFERRED_MESSAGE
    await shown(review.loopback, used)


async def test_a_search_finds_nothing(review: Review) -> None:
    with held(review.bot, review.app):
        assert await complete(review.loopback, review.asker, "ask", focused="question", question="withdraw") == []


@pytest.mark.slow
@pytest.mark.parametrize("action", sorted(set(DiscordAction) - {*FORMS, *DIALOGS, "wrong"}))
async def test_buttons_are_deferred(review: Review, action: str) -> None:
    with held(review.bot, review.app):
        assert await acknowledged(review, await pressed(review, action)) in DEFERRED


async def test_what_needs_no_store_is_shown_at_once(review: Review) -> None:
    with held(review.bot, review.app):
        assert await acknowledged(review, await pressed(review, "wrong")) == CallbackType.MODAL


@pytest.mark.parametrize("action", [*FORMS, "merge"])
async def test_who_waits_for_a_form_is_told_to_try_again(review: Review, action: str) -> None:
    await review.unanswered()
    card = await review.card("R1")
    with held(review.bot, review.app):
        used = await click(review.loopback, review.mo, int(card["id"]), button(card, action))
        assert TOO_SLOW in words(await shown(review.loopback, used))


async def test_who_waits_for_the_settings_is_told_to_try_again(review: Review) -> None:
    with held(review.bot, review.app):
        used = await slash(review.loopback, review.outside, "faq-settings")
        assert TOO_SLOW in words(await shown(review.loopback, used))


async def test_who_waits_for_a_draft_is_told_to_try_again(review: Review) -> None:
    message = await say(review.loopback, review.asker, "In its cage.")
    with held(review.bot, review.app):
        used = await use_on(review.loopback, review.outside, "Use as FAQ answer", message)
        assert TOO_SLOW in words(await shown(review.loopback, used))


@pytest.mark.parametrize("action", FORMS)
async def test_forms_are_deferred(review: Review, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    monkeypatch.setattr(sending, "ANSWER_WITHIN", ALLOWED)
    await review.unanswered()
    opened = await review.pressed(review.mo, "R1", action)
    await answered(review.loopback, opened)
    with held(review.bot, review.app):
        sent = await submit(review.loopback, review.mo, opened, **FORMS[action])
        assert await acknowledged(review, sent) in DEFERRED
    await shown(review.loopback, sent)

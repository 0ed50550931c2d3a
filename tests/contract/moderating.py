"""Put moderators with a review channel on a Slack or a Discord, so that one scenario is played on both."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from bot.adapters.slack.moderators import review_channel
from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ChannelRef
from bot.service.app import App
from bot.store import Database
from bot.store.tables import ReviewItemRow
from tests.adapters.discord.bots import POSTED, behave, quiet, running_bot, services, words
from tests.adapters.discord.moderators.staff import Review, everything, staff_of
from tests.adapters.slack.bots import offices
from tests.adapters.slack.moderators.desks import Desk, entry, open_desk, texts
from tests.loopback.discord.faults import Broken
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, edit, say
from tests.loopback.discord.server import running
from tests.loopback.slack.faults import dropped
from tests.loopback.slack.server import running_slack
from tests.loopback.slack.workspace import Message, View
from tests.service.deliveries import Watch

MODERATOR = "mod"


class Moderating(ABC):
    """A moderator who answers and links items of the review."""

    app: App

    @abstractmethod
    async def asks(self, text: str) -> None:
        """Have a member ask what nothing fits."""

    @abstractmethod
    async def writes(self, who: str, text: str, *, in_thread: bool = True) -> None:
        """Write into the thread of what was asked last, or beside it; `mod` is a moderator."""

    @abstractmethod
    async def edits(self, text: str) -> None:
        """Change what was written last."""

    @abstractmethod
    async def notices(self) -> list[str]:
        """Return all that the channel of the review shows."""

    @abstractmethod
    async def proposes_answer(self, item_id: str, answer: str) -> str:
        """Fill in an answer, and return what the moderator is shown before it is saved."""

    @abstractmethod
    async def proposes_link(self, item_id: str, entry_id: str) -> str:
        """Choose an entry for an item, and return what the moderator is shown before it is saved."""

    @abstractmethod
    async def accepts(self, item_id: str) -> None:
        """Press the button that accepts what askers chose, and wait until that is done."""

    @abstractmethod
    async def set_locale(self, locale: str) -> None:
        """Set the locale of the review channel."""

    @abstractmethod
    async def card(self, item_id: str, shows: str = "") -> str:
        """Return what the card of an item says, with its buttons, once it shows a text."""

    @abstractmethod
    async def calls(self, item_id: str) -> bool:
        """Return whether the first card of an item, which says a date, calls the moderator who presses buttons here."""

    @abstractmethod
    async def reminders(self) -> list[str]:
        """Remind of what is due, and return all reminders in the channel of the review, with whom they mention."""

    @abstractmethod
    def loses_the_next_answer(self) -> None:
        """Break the connection when the next message of the bot is posted, before it is told so."""

    @property
    @abstractmethod
    def moderator(self) -> str:
        """Return the name of that moderator in the audit log."""

    @abstractmethod
    async def saves(self) -> None:
        """Save what was proposed."""


class SlackModerating(Moderating):
    """A Slack."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.app = desk, desk.app
        self.dialog: View | None = None

    async def asks(self, text: str) -> None:
        """Ask in a channel."""
        self.asked = await self.desk.asks(text)

    async def writes(self, who: str, text: str, *, in_thread: bool = True) -> None:
        """Write as a member of the channel."""
        self.writer = self.desk.ann if who == MODERATOR else self.desk.slack.member(who)
        channel = self.desk.slack.space.channels[self.asked.channel]
        channel.members.add(self.writer.id)
        self.written = await self.writer.says(channel, text, thread=self.asked if in_thread else None)
        await self.desk.office.quiet()

    async def edits(self, text: str) -> None:
        """Change the message."""
        await self.writer.edits(self.written, text)
        await self.desk.office.quiet()

    async def notices(self) -> list[str]:
        """Return the messages of the channel."""
        return [texts(one) for one in self.desk.slack.visible(self.desk.review)]

    async def proposes_answer(self, item_id: str, answer: str) -> str:
        """Submit the dialog for the first time."""
        return await self._proposes(item_id, SlackAction.ANSWER, answer=answer)

    async def proposes_link(self, item_id: str, entry_id: str) -> str:
        """Submit the dialog for the first time."""
        return await self._proposes(item_id, SlackAction.LINK, entry=entry(entry_id))

    async def _card(self, item_id: str) -> Message:
        (card,) = [card for card in await self.desk.cards() if f"{item_id} " in texts(card)]
        return card

    async def _proposes(self, item_id: str, action: SlackAction, **values: Any) -> str:  # noqa: ANN401  # what a field takes
        self.dialog = await self.desk.opens(self.desk.ann, await self._card(item_id), action)
        await self.desk.sends(self.desk.ann, self.dialog, **values)
        return texts(self.dialog)

    async def accepts(self, item_id: str) -> None:
        """Press the button of the card."""
        await self.desk.presses(self.desk.ann, await self._card(item_id), SlackAction.ACCEPT)

    async def set_locale(self, locale: str) -> None:
        """Set the locale of the channel."""
        bot = self.desk.office.bot
        await self.app.channels.set(bot.place(bot.options.review_channel or ""), {"locale": locale}, actor="ann")

    async def card(self, item_id: str, shows: str = "") -> str:
        """Return the blocks of the card, which is brought up to date first."""
        del shows
        return str((await self._card(item_id)).blocks)

    async def calls(self, item_id: str) -> bool:
        """Return whether the card mentions the member."""
        board = self.desk.office.bot.board
        assert board is not None
        await board.look()
        return f"<@{self.desk.ann.id}>" in texts(await self._card(item_id))

    async def reminders(self) -> list[str]:
        """Return the replies to cards."""
        bot = self.desk.office.bot
        place = bot.place(self.desk.review.id)
        await review_channel.reminders(bot.apps, bot.messenger, place, bot.options.on_call).remind()
        return [texts(one) for one in self.desk.slack.visible(self.desk.review) if one.thread_ts]

    def loses_the_next_answer(self) -> None:
        """Drop the connection after the work."""
        self.desk.slack.fail("chat.postMessage", dropped(after_work=True))

    @property
    def moderator(self) -> str:
        """Return the name of the moderator."""
        return f"slack:{self.desk.ann.id}"

    async def saves(self) -> None:
        """Submit the dialog again."""
        assert self.dialog is not None
        assert await self.desk.sends(self.desk.ann, self.dialog) == {}


class DiscordModerating(Moderating):
    """A Discord."""

    def __init__(self, review: Review) -> None:
        self.review, self.app = review, review.app
        self.shown: Json | None = None

    async def asks(self, text: str) -> None:
        """Ask in a channel."""
        self.asked = await self.review.unanswered(text)

    async def writes(self, who: str, text: str, *, in_thread: bool = True) -> None:
        """Write as a member of the server."""
        world, channel = self.review.loopback.world, self.review.asker.channel_id
        user = self.review.mo.user_id if who == MODERATOR else world.add_member(world.guild_of(channel) or 0, who)
        self.written = await say(self.review.loopback, Who(self.asked if in_thread else channel, user), text)
        await quiet(self.review.loopback, self.review.bot)

    async def edits(self, text: str) -> None:
        """Change the message."""
        await edit(self.review.loopback, self.written, text)
        await quiet(self.review.loopback, self.review.bot)

    async def notices(self) -> list[str]:
        """Return the messages of the channel."""
        return [everything(one) for one in self.review.loopback.world.by_bot(self.review.staff.room)]

    async def proposes_answer(self, item_id: str, answer: str) -> str:
        """Submit the dialog."""
        self.shown = await self.review.filled(self.review.mo, item_id, "answer", answer=answer)
        return words(self.shown)

    async def proposes_link(self, item_id: str, entry_id: str) -> str:
        """Submit the dialog."""
        self.shown = await self.review.filled(self.review.mo, item_id, "link", entry_id=entry_id)
        return words(self.shown)

    async def accepts(self, item_id: str) -> None:
        """Press the button of the card."""
        self.review.bot.rounds.ask()
        await self.review.pressed(self.review.mo, item_id, "accept")
        await self.review.card(item_id, "Linked by")

    async def set_locale(self, locale: str) -> None:
        """Set the locale of the channel."""
        await behave(self.app, self.review.loopback, self.review.staff.room, locale=locale)

    async def card(self, item_id: str, shows: str = "") -> str:
        """Return the embed and the buttons of the card."""
        self.review.bot.rounds.ask()
        card = await self.review.card(item_id, *([shows] if shows else []))
        return f"{everything(card)} {card['components']}"

    async def calls(self, item_id: str) -> bool:
        """Return whether the card mentions the user, and may."""
        await self.review.bot.review_channel.look()
        self.review.bot.rounds.ask()
        card = await self.review.card(item_id)
        return [str(self.review.mo.user_id)] == [str(one["id"]) for one in card["mentions"]]

    async def reminders(self) -> list[str]:
        """Return the messages that are no cards."""
        room = self.review.staff.room
        place = ChannelRef("discord", str(self.review.loopback.world.guild_of(room)), str(room))
        while await self.app.cards.due(place):  # noqa: ASYNC110  # a card is there before it is stored, without a word
            await asyncio.sleep(0)
        await self.review.bot.review_channel.remind()
        async with self.app.database.snapshot() as tx:
            # The bot reminds by itself too, and what it has taken it may still be about to post.
            taken = await tx.scalar(select(func.count()).where(ReviewItemRow.reminded_at.is_not(None))) or 0

        def posted() -> list[Json]:
            return [one for one in self.review.loopback.world.by_bot(room) if not one["embeds"]]

        await self.review.loopback.log.until(lambda: len(posted()) >= taken)
        return [f"{one['content']} {one['mention_roles']}" for one in posted()]

    def loses_the_next_answer(self) -> None:
        """Break the wire after the work."""
        self.review.loopback.faults.plan(POSTED, Broken.AFTER)

    @property
    def moderator(self) -> str:
        """Return the name of the moderator."""
        return f"discord:{self.review.mo.user_id}"

    async def saves(self) -> None:
        """Press the button below what was proposed."""
        assert self.shown is not None
        await self.review.press(self.review.mo, self.shown, "confirm")
        await self.review.until(self.shown, "told in the thread")


@asynccontextmanager
async def slack_moderating(url: str) -> AsyncIterator[Moderating]:
    """Yield a Slack with moderators."""
    async with running_slack() as slack, offices(slack, "socket", url) as start:
        yield SlackModerating(await open_desk(slack, start))
    assert slack.take_problems() == []


@asynccontextmanager
async def discord_moderating(url: str) -> AsyncIterator[Moderating]:
    """Yield a Discord with moderators."""
    database = Database(url)
    app = services(database, clock=Watch(datetime.now(UTC)))
    async with running() as loopback:
        guild = loopback.world.add_guild()
        staff = staff_of(loopback.world, guild)
        asker = Who(loopback.world.add_channel(guild), loopback.world.add_member(guild, "ana"))
        await behave(app, loopback, asker.channel_id, mode="mention")
        async with running_bot(loopback, app, review_channel=staff.room) as bot:
            yield DiscordModerating(Review(loopback, app, bot, staff, asker))
    await database.aclose()

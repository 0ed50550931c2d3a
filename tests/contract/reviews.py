"""Put the bot into a Slack or on a Discord where moderators work, behind one face."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.adapters.slack.showing.ids import SlackAction
from bot.service.app import App
from bot.store import Database
from tests.adapters.discord import bots as discord_bots
from tests.adapters.discord.bots import behave, words
from tests.adapters.discord.moderators.staff import Review, staff_of
from tests.adapters.slack import bots as slack_bots
from tests.adapters.slack.bots import Office
from tests.adapters.slack.moderators.desks import Desk, texts
from tests.loopback.discord import checking
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback, running
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.workspace import View
from tests.service import samples
from tests.service.deliveries import Watch


class ReviewSide(ABC):
    """A platform with a channel of the review, one person who asks, and a moderator."""

    app: App

    def __init__(self) -> None:
        self._running = AsyncExitStack()

    async def restarts(self) -> None:
        """End the bot, and start another one over the same store."""
        await self.ends()
        await self.starts()

    async def ends(self) -> None:
        """End the bot."""
        await self._running.aclose()

    @abstractmethod
    async def starts(self) -> None:
        """Start the bot."""

    @abstractmethod
    async def asks(self) -> None:
        """Ask what the bot cannot answer, which opens R1."""

    @abstractmethod
    async def proposes(self, answer: str) -> str:
        """Fill in an answer to R1, and return what the moderator is shown for that."""

    @abstractmethod
    async def saves(self) -> str:
        """Save what was proposed, and return what the moderator is told."""


class SlackReview(ReviewSide):
    """A Slack."""

    def __init__(self, slack: Slack, app: App, watch: Watch) -> None:
        super().__init__()
        self.slack, self.app, self.watch = slack, app, watch
        self.ann, self.bea, self.mel = (slack.member(name) for name in ("ann", "bea", "mel"))
        self.review = slack.space.channel("review", self.ann.user, self.bea.user, self.mel.user)
        self.moderators = frozenset({self.ann.id, self.bea.id})
        self.dialog: View | None = None

    async def starts(self) -> None:
        """Start the bot."""
        running = slack_bots.running_bot(
            self.slack, "socket", self.app, review_channel=self.review.id, moderators=self.moderators
        )
        bot = await self._running.enter_async_context(running)
        self.desk = Desk(Office(self.slack, bot, self.app, self.watch), self.ann, self.bea, self.mel, self.review)

    async def asks(self) -> None:
        """Ask what the bot cannot answer."""
        await self.desk.asks()

    async def proposes(self, answer: str) -> str:
        """Fill in an answer."""
        self.dialog = await self.desk.opens(self.ann, await self.desk.card(), SlackAction.ANSWER)
        await self.desk.sends(self.ann, self.dialog, answer=answer)
        return texts(self.dialog)

    async def saves(self) -> str:
        """Save what was proposed."""
        assert self.dialog is not None
        return str(await self.desk.sends(self.ann, self.dialog))


class DiscordReview(ReviewSide):
    """A Discord."""

    def __init__(self, loopback: Loopback, app: App) -> None:
        super().__init__()
        self.loopback, self.app = loopback, app
        world = loopback.world
        guild = world.add_guild()
        self.asker = Who(world.add_channel(guild), world.add_member(guild, "ana"))
        self.staff = staff_of(world, guild)
        self.proposal: Json = {}

    async def starts(self) -> None:
        """Start the bot."""
        await behave(self.app, self.loopback, self.asker.channel_id, mode="mention")
        running = discord_bots.running_bot(self.loopback, self.app, review_channel=self.staff.room)
        bot = await self._running.enter_async_context(running)
        self.use = Review(self.loopback, self.app, bot, self.staff, self.asker)

    async def asks(self) -> None:
        """Ask what the bot cannot answer."""
        await self.use.unanswered()

    async def proposes(self, answer: str) -> str:
        """Fill in an answer."""
        self.proposal = await self.use.filled(self.use.mo, "R1", "answer", answer=answer)
        return words(self.proposal)

    async def saves(self) -> str:
        """Save what was proposed."""
        await self.use.press(self.use.mo, self.proposal, "confirm")
        number = int(self.proposal["id"])

        def without_buttons() -> Json | None:
            shown = self.loopback.world.messages[number]
            return None if shown["components"] else shown

        return words(await self.loopback.log.until(without_buttons))


_Side = TypeVar("_Side")
_OnSlack = TypeVar("_OnSlack", bound=SlackReview)
_OnDiscord = TypeVar("_OnDiscord", bound=DiscordReview)


Open = Callable[[str], AbstractAsyncContextManager[_Side]]
"""Opens a platform over the store at a URL."""


@asynccontextmanager
async def on_slack(url: str, make: Callable[[Slack, App, Watch], _OnSlack]) -> AsyncIterator[_OnSlack]:
    """Yield a Slack where moderators work."""
    database, watch = Database(url), Watch()
    async with running_slack() as slack:
        side = make(slack, samples.services(database, clock=watch), watch)
        await side.starts()
        yield side
        await side.ends()
    await database.aclose()
    assert slack.take_problems() == []


@asynccontextmanager
async def on_discord(url: str, make: Callable[[Loopback, App], _OnDiscord]) -> AsyncIterator[_OnDiscord]:
    """Yield a Discord where moderators work."""
    database = Database(url)
    async with running() as loopback:
        side = make(loopback, discord_bots.services(database, clock=Watch(datetime.now(UTC))))
        await side.starts()
        yield side
        await side.ends()
    await database.aclose()
    assert checking.told(loopback.log) == []


slack_review: Open[ReviewSide] = partial(on_slack, make=SlackReview)
discord_review: Open[ReviewSide] = partial(on_discord, make=DiscordReview)

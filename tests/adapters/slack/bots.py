"""Run the bot itself in the Slack of a test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.adapters.permalinks import permalink
from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import identify
from bot.adapters.slack.options import Connection, SlackOptions
from bot.adapters.slack.sending import http_session, web_client
from bot.adapters.slack.serving import build
from bot.chat.apps import OneApp
from bot.core.manners import USUAL, Manners
from bot.core.models import ChannelRef, MessageRef
from bot.service.app import App
from bot.service.claims import Spool
from bot.store import Database
from tests.adapters.spools import new_folder
from tests.loopback.slack.member import Member
from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack
from tests.loopback.slack.signing import SIGNING_SECRET
from tests.loopback.slack.watching import PATIENCE
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import BOT_USER, TEAM, Channel, Message
from tests.service.deliveries import Watch
from tests.service.samples import services

QUESTION = "How much does a withdrawal cost?"
ASK = f"<@{BOT_USER}> How much does a withdrawal cost?"
FREEZE = f"<@{BOT_USER}> How do I freeze my account?"
UNKNOWN = f"<@{BOT_USER}> where is the parrot"


@dataclass(frozen=True)
class Office:
    """A Slack with the bot in it, and its services, under a clock that is moved by hand."""

    slack: Slack
    bot: SlackBot
    app: App
    watch: Watch

    async def channel(self, *members: Member, mode: str = "mention", **settings: Any) -> Channel:  # noqa: ANN401  # the fields of Channel, and settings of the bot
        """Add a channel in which the bot behaves so."""
        changes: dict[str, str | None] = {
            name: settings.pop(name) for name in ("audience", "no_answer", "wait_seconds") if name in settings
        }
        channel = self.slack.space.channel("ask", *(member.user for member in members), **settings)
        await self.app.channels.set(ChannelRef("slack", TEAM, channel.id), {"mode": mode, **changes}, actor="ann")
        return channel

    async def logged(self, message: Message) -> None:
        """Wait until a message is on the log."""
        place = MessageRef(platform="slack", workspace_id=TEAM, message_id=message.ts)
        async with asyncio.timeout(PATIENCE):
            while await self.app.conversations.why(place) is None:
                pass

    async def quiet(self) -> None:
        """Wait until everything that came is dealt with."""
        await self.bot.work.settled()
        await self.bot.messenger.close()


StartBot: TypeAlias = Callable[..., Awaitable[Office]]


def options(slack: Slack, mode: str, **changed: Any) -> SlackOptions:  # noqa: ANN401  # the fields of the options
    """Return how the bot reaches the Slack of a test."""
    wanted = {
        "spool": new_folder(),
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "signing_secret": SIGNING_SECRET,
        "api_url": slack.api_url,
        "mode": Connection(mode),
        "domains": frozenset({"example.com"}),
        "agent": False,
        "permalink": permalink,
    }
    return SlackOptions(**{**wanted, **changed})


@asynccontextmanager
async def running_bot(slack: Slack, mode: str, app: App, **changed: Any) -> AsyncIterator[SlackBot]:  # noqa: ANN401  # as above
    """Run the bot over services as long as the block lasts, without its rounds."""
    wanted = options(slack, mode, **changed)
    with closing(Spool(wanted.spool, "slack")) as spool:
        async with _running(slack, mode, app, wanted, spool) as bot:
            yield bot


@asynccontextmanager
async def _running(slack: Slack, mode: str, app: App, wanted: SlackOptions, spool: Spool) -> AsyncIterator[SlackBot]:
    async with http_session() as session:
        client = web_client(wanted, session)
        bot = build(wanted, OneApp(app), spool, client=client, me=await identify(client, agent=wanted.agent))
        async with running_app(slack, bot.app, mode):
            try:
                yield bot
            finally:
                await bot.work.finish()
                await bot.messenger.close()


@asynccontextmanager
async def offices(
    slack: Slack,
    mode: str,
    url: str,
    *,
    manners: Manners = USUAL,
    **database_options: Any,  # noqa: ANN401  # as Database takes them
) -> AsyncIterator[StartBot]:
    """Yield what starts the bot over a database with a few entries."""
    async with AsyncExitStack() as stack:
        database = Database(url, **database_options)
        stack.push_async_callback(database.aclose)
        watch = Watch()
        app = services(database, clock=watch, manners=manners)

        async def start(**changed: Any) -> Office:  # noqa: ANN401  # as above
            bot = await stack.enter_async_context(running_bot(slack, mode, app, **changed))
            return Office(slack, bot, app, watch)

        yield start

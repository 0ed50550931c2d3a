"""Run the bot itself against the loopback, over a real store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.serving import assemble
from bot.adapters.permalinks import permalink
from bot.chat.apps import Apps, OneApp
from bot.core.manners import USUAL, Manners
from bot.core.models import ChannelRef
from bot.core.searching.lexicon import Lexicon
from bot.service import Clock, utc_now
from bot.service.app import App
from bot.service.app import assemble as assemble_services
from bot.service.claims import Spool
from bot.store import Database
from tests.adapters.spools import new_folder
from tests.loopback.discord.clients import PATIENCE, connected
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.recording import Request
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import TOKEN
from tests.service.samples import KEY

POSTED = "POST /channels/{channel_id}/messages"
THREADED = "POST /channels/{channel_id}/messages/{message_id}/threads"


def services(database: Database, *, clock: Clock = utc_now, manners: Manners = USUAL) -> App:
    """Return the services as the bot has them."""
    return assemble_services(
        database, lexicon=Lexicon(), author_key=KEY, clock=clock, manners=manners, reviewed=("discord",)
    )


def options(loopback: Loopback, **others: Any) -> DiscordOptions:  # noqa: ANN401  # whatever can be set
    """Return what the bot needs to find the loopback."""
    addresses = {"api_url": loopback.api_url, "gateway_url": loopback.gateway_url}
    return DiscordOptions(
        **{
            "token": TOKEN,
            "spool": new_folder(),
            "domains": frozenset({"example.org"}),
            "permalink": permalink,
            **addresses,
            **others,
        }
    )


@asynccontextmanager
async def running_bot(loopback: Loopback, app: App, **others: Any) -> AsyncIterator[DiscordBot]:  # noqa: ANN401  # as above
    """Yield a bot that is ready; at the end its work is finished."""
    async with running_over(loopback, OneApp(app), **others) as bot:
        yield bot


@asynccontextmanager
async def running_over(loopback: Loopback, apps: Apps, **others: Any) -> AsyncIterator[DiscordBot]:  # noqa: ANN401  # as above
    """Yield a bot over whatever stores."""
    wanted = options(loopback, **others)
    with closing(Spool(wanted.spool, "discord")) as spool:
        bot = assemble(wanted, apps, spool, ready_timeout=PATIENCE)
        bot.before_identify_hook = _at_once  # type: ignore[method-assign]  # the loopback takes any number of sessions
        async with connected(bot):
            yield bot
            await bot.work.finish()


async def behave(app: App, loopback: Loopback, channel_id: int, **changes: str) -> None:
    """Set how the bot behaves in a channel."""
    place = ChannelRef("discord", str(loopback.world.guild_of(channel_id)), str(channel_id))
    await app.channels.set(place, changes, actor="test")


async def replies(loopback: Loopback, channel_id: int, *, times: int = 1) -> list[Json]:
    """Return what the bot wrote in a channel or thread, as soon as that is so many messages."""
    return await loopback.log.until(lambda: enough(loopback, channel_id, times))


def enough(loopback: Loopback, channel_id: int, times: int) -> list[Json] | None:
    """Return what the bot wrote in a channel, None while that is less than so many messages."""
    there = loopback.world.by_bot(channel_id)
    return there if len(there) >= times else None


def posts(loopback: Loopback, channel_id: int) -> list[Request]:
    """Return what was sent to a channel or thread, whatever became of it."""
    return [request for request in loopback.log.named(POSTED) if request.path == f"/channels/{channel_id}/messages"]


def button(message: Json, action: str) -> str:
    """Return the id of a button or menu of a message, by what it does."""
    parts = [part["custom_id"] for row in message["components"] for part in row["components"]]
    (found,) = [one for one in parts if one.split(":")[1] == action]
    return str(found)


async def quiet(loopback: Loopback, bot: DiscordBot) -> None:
    """Wait until the bot is through with all that happened so far."""
    await loopback.gateway.heard()
    await bot.work.settled()


def words(message: Json) -> str:
    """Return everything that a message shows."""
    embeds = "".join(f"{embed.get('title', '')}\n{embed.get('description', '')}\n" for embed in message["embeds"])
    return f"{message['content']}\n{embeds}"


async def _at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Wait for nothing before a session begins."""

"""Run real clients of discord.py against the loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import discord

from bot.adapters.discord.client import AddressedConnector
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import TOKEN

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
PATIENCE = 0.01
"""Seconds that a client waits for further servers before it is ready; discord.py itself waits 2."""


class TestClient(discord.Client):
    """A client that stores the messages that came in, and identifies again at once."""

    __test__ = False

    def __init__(self, *, intents: discord.Intents = INTENTS, **options: Any) -> None:  # noqa: ANN401  # discord.py's own
        super().__init__(intents=intents, **options)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.tree = discord.app_commands.CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing: the loopback takes any number of sessions."""

    async def on_message(self, message: discord.Message) -> None:
        """Store a message."""
        await self.heard.put(message)


class ShardedTestClient(TestClient, discord.AutoShardedClient):
    """Do the same over several sockets."""

    __test__ = False


def options(loopback: Loopback) -> dict[str, Any]:
    """Return what a client of discord.py needs to speak with the loopback."""
    connector = AddressedConnector(api_url=loopback.api_url, gateway_url=loopback.gateway_url)
    return {"connector": connector, "guild_ready_timeout": PATIENCE}


@asynccontextmanager
async def connected(client: discord.Client, *, token: str = TOKEN) -> AsyncIterator[asyncio.Task[None]]:
    """Yield the task of a client that is ready; the client is closed at the end."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(client)
        task = asyncio.create_task(client.start(token))
        ready = asyncio.create_task(client.wait_until_ready())
        stack.push_async_callback(_ended, client, task)
        await asyncio.wait({task, ready}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await task  # tells why the client is not ready
        yield task


async def _ended(client: discord.Client, task: asyncio.Task[None]) -> None:
    await client.close()
    await asyncio.wait({task}, timeout=30)

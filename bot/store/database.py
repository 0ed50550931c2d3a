"""Open transactions on a database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.store.connecting import BUSY_TIMEOUT, open_pool, reading, writing
from bot.store.dialects import share_compiled
from bot.store.faults import faults_named
from bot.store.urls import parse_url, place_of

Transaction = AsyncSession


class Database:
    """Hold the connections to one database; nothing is opened before the first transaction."""

    def __init__(self, url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> None:
        parsed = parse_url(url)
        self.place = place_of(parsed)
        self._pool = share_compiled(open_pool(parsed, busy_timeout=busy_timeout))
        self._writing = async_sessionmaker(writing(self._pool), expire_on_commit=False)
        self._reading = async_sessionmaker(reading(self._pool), expire_on_commit=False)
        # SQLite takes one writer at a time and has no queue: among many that wait, some would wait for too long.
        is_file = parsed.get_backend_name() == "sqlite"
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if is_file else nullcontext()

    def __repr__(self) -> str:
        return f"Database({self.place!r})"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Make all changes of the block, or none when it raises."""
        with faults_named(self.place):
            async with self._turn, self._writing.begin() as tx:
                yield tx

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """Read one state of the database, whatever others write meanwhile."""
        with faults_named(self.place):
            async with self._reading.begin() as tx:
                yield tx

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.dispose()

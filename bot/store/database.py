"""Open transactions on a database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.errors import DatabaseBusyError
from bot.store.breaker import PAUSE, Breaker
from bot.store.connections import BUSY_TIMEOUT, CONNECTIONS, end_waiting, open_pool, reading, writing
from bot.store.dialects import share_compiled
from bot.store.erasure import Erasure
from bot.store.faults import faults_named
from bot.store.urls import parse_url, place_of

Transaction = AsyncSession
_IN_USE = "all connections were in use for {:g} s"
_WRITTEN = "others of this process wrote for {:g} s"


class Database:
    """The connections to one database; nothing is opened before the first transaction.

    A transaction that finds all connections in use waits for ten seconds, or `busy_timeout` if that is longer, and
    then raises `DatabaseBusyError`. While the database does not answer, all but one attempt a `pause` (in seconds) fail
    at once.
    """

    def __init__(self, url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT, pause: float = PAUSE) -> None:
        parsed = parse_url(url)
        self.place = place_of(parsed)
        self._pool = end_waiting(
            share_compiled(open_pool(parsed, busy_timeout=busy_timeout)), busy_timeout=busy_timeout
        )
        self._writing = async_sessionmaker(writing(self._pool), expire_on_commit=False)
        self._reading = async_sessionmaker(reading(self._pool), expire_on_commit=False)
        self._patience = max(busy_timeout, BUSY_TIMEOUT).total_seconds()
        self._connections = asyncio.Semaphore(CONNECTIONS)
        # SQLite takes one writer at a time and has no queue: among many that wait, some would wait for too long.
        is_file = parsed.get_backend_name() == "sqlite"
        self._turn = asyncio.Semaphore(1) if is_file else None
        # Where one writer is kept waiting, so are all others of a file; who reads it is not.
        self._breaker = Breaker(pause=pause)
        self._readers = Breaker(pause=pause) if is_file else self._breaker
        self._erasure = None if self._turn is None else Erasure(str(parsed.database), self._turn)

    def __repr__(self) -> str:
        return f"Database({self.place!r})"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Make all changes of the block, or none when it raises."""
        with self._breaker.watch(), faults_named(self.place):
            async with (
                self._waited_for(self._turn, _WRITTEN),
                self._waited_for(self._connections, _IN_USE),
                self._writing.begin() as tx,
            ):
                yield tx

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """Read one state of the database, whatever others write meanwhile."""
        with self._readers.watch(), faults_named(self.place):
            async with self._waited_for(self._connections, _IN_USE), self._reading.begin() as tx:
                yield tx

    @property
    def log_file(self) -> str:
        """Return the file in which SQLite has what it wrote lately."""
        return f"{self.place}-wal"

    def start_erasure(self) -> None:
        """Begin to erase deleted text from the files; a server does that by itself."""
        if self._erasure is not None:
            self._erasure.start()

    async def erase(self, *, within: timedelta) -> bool:
        """Erase deleted text from the files, and return whether that is done; a server does that by itself."""
        return self._erasure is None or await self._erasure.finish(within=within)

    def resume_erasure(self) -> None:
        """Erase what a process may have left that was killed after a deletion."""
        if self._erasure is not None and Path(self.log_file).exists():
            self._erasure.start()

    async def aclose(self) -> None:
        """Close all connections."""
        if self._erasure is not None:
            await self._erasure.aclose()
        await self._pool.dispose()

    @asynccontextmanager
    async def _waited_for(self, turns: asyncio.Semaphore | None, reason: str) -> AsyncIterator[None]:
        """Acquire one of so many turns for the block; to wait for one has a time limit."""
        if turns is None:
            yield
            return
        try:
            async with asyncio.timeout(self._patience):
                await turns.acquire()
        except TimeoutError:
            raise DatabaseBusyError(self.place, reason.format(self._patience)) from None
        try:
            yield
        finally:
            turns.release()

"""Open transactions on a database, distinguish its faults from those of the program, and fit statements to it."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from bot.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseUnreachableError,
    FaqbotError,
)
from bot.store.columns import Table
from bot.store.connections import (
    BUSY_TIMEOUT,
    CONNECTIONS,
    Begin,
    end_waiting,
    open_pool,
    parse_url,
    place_of,
    share_compiled,
    starting,
)
from bot.store.sqlite_files import Erasure

if TYPE_CHECKING:
    import psycopg

PAUSE = 1.0
"""Seconds for which nobody asks again: short for one who waits, long against a queue of hundreds that all time out."""
_LOWEST_BYTE = 0xFF
_OUT_OF_REACH = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
# A folder on a disk or a network that is not there yet, or not any more.
_OFF = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
_DISK_FULL = "53100"
# A lock that was not to be had in time, and a statement that took too long.
_BUSY = {"55P03", "57014"}
# Connection lost, no room for a connection, server going down: all of that passes.
_AWAY = ("08", "53", "57P")
# Login refused, no such database, no leave to use it: somebody has to see to that.
_REFUSED = ("28", "3D", "42501")
Transaction = AsyncSession
Alone = AsyncConnection
"""What runs one statement that is a transaction by itself."""
_IN_USE = "all connections were in use for {:g} s"
_WRITTEN = "others of this process wrote for {:g} s"

# The number of parameters of one statement has a limit on both databases.
_PARAMETERS_AT_ONCE = 500

_T = TypeVar("_T")


class Breaker:
    """Refuse at once what would fail as the last attempt did; after a pause one attempt shows whether that is over."""

    def __init__(self, *, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._shut_until = 0.0
        self._fault: DatabaseAwayError | None = None

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Run an attempt, or raise the last error again."""
        if self._fault is not None and self._clock() < self._shut_until:
            raise type(self._fault)(self._fault.place, self._fault.reason)
        if self._fault is not None:  # one attempt is made; others wait for its outcome, for one more pause
            self._shut_until = self._clock() + self._pause
        try:
            yield
        except DatabaseAwayError as fault:
            self._fault, self._shut_until = fault, self._clock() + self._pause
            raise
        self._fault = None


@contextmanager
def faults_named(place: str) -> Iterator[None]:
    """Raise the project's errors for what is the database's fault, and everything else as it is."""
    try:
        yield
    except DBAPIError as error:
        named = _named(error.orig, place)
        if named is None:
            raise
        raise named from error


def _named(fault: BaseException | None, place: str) -> FaqbotError | None:
    if isinstance(fault, sqlite3.Error):
        return _named_sqlite(fault, place)
    import psycopg  # noqa: PLC0415  # SQLite needs no driver for servers; where a server has a fault, it is imported

    passes = isinstance(fault, psycopg.OperationalError)
    return _named_postgres(fault, place, passes=passes) if isinstance(fault, psycopg.Error) else None


def _named_sqlite(fault: sqlite3.Error, place: str) -> FaqbotError | None:
    # The driver sets the code only on what SQLite itself reports.
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_OK) & _LOWEST_BYTE
    if code == sqlite3.SQLITE_FULL:
        return DatabaseFullError(place)
    if code == sqlite3.SQLITE_BUSY:
        return DatabaseBusyError(place, str(fault))
    if code in _OFF:
        return DatabaseAwayError(place, str(fault))
    return DatabaseUnreachableError(place, str(fault)) if code in _OUT_OF_REACH else None


def _named_postgres(fault: "psycopg.Error", place: str, *, passes: bool) -> FaqbotError | None:
    state, reason = fault.sqlstate, " ".join(str(fault).split())
    if state is None:
        return DatabaseAwayError(place, reason) if passes else None
    if state == _DISK_FULL:
        return DatabaseFullError(place)
    if state in _BUSY:
        return DatabaseBusyError(place, reason)
    if state.startswith(_AWAY):
        return DatabaseAwayError(place, reason)
    return DatabaseUnreachableError(place, reason) if state.startswith(_REFUSED) else None


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
        self._writing = async_sessionmaker(starting(self._pool, Begin.WRITING), expire_on_commit=False)
        self._reading = async_sessionmaker(starting(self._pool, Begin.READING), expire_on_commit=False)
        self._alone = starting(self._pool, Begin.ALONE)
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
        async with self._as_writer(), self._writing.begin() as tx:
            yield tx

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """Read one state of the database, whatever others write meanwhile."""
        async with self._as_reader(), self._reading.begin() as tx:
            yield tx

    @asynccontextmanager
    async def reading_alone(self) -> AsyncIterator[Alone]:
        """Run statements that read, each by itself; one takes one round trip, where a snapshot takes three."""
        async with self._as_reader(), self._alone.connect() as tx:
            yield tx

    @asynccontextmanager
    async def writing_alone(self) -> AsyncIterator[Alone]:
        """Run one statement that writes; when it has run, it is committed."""
        async with self._as_writer(), self._alone.connect() as tx:
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
    async def _as_writer(self) -> AsyncIterator[None]:
        """Wait for the turn to write and for a connection, and name the faults of the block."""
        with self._breaker.watch(), faults_named(self.place):
            async with self._waited_for(self._turn, _WRITTEN), self._waited_for(self._connections, _IN_USE):
                yield

    @asynccontextmanager
    async def _as_reader(self) -> AsyncIterator[None]:
        """Wait for a connection, and name the faults of the block."""
        with self._readers.watch(), faults_named(self.place):
            async with self._waited_for(self._connections, _IN_USE):
                yield

    @asynccontextmanager
    async def _waited_for(self, turns: asyncio.Semaphore | None, reason: str) -> AsyncIterator[None]:
        """Acquire one of so many turns for the block; to wait for one has a time limit."""
        if turns is None:
            yield
            return
        try:
            # No timer where there is nothing to wait for, which is how it mostly is.
            async with asyncio.timeout(self._patience if turns.locked() else None):
                await turns.acquire()
        except TimeoutError:
            raise DatabaseBusyError(self.place, reason.format(self._patience)) from None
        try:
            yield
        finally:
            turns.release()


def insert_into(tx: Transaction, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """Return a statement that can say what is to be done about a row that is there."""
    return postgresql.insert(table) if tx.get_bind().dialect.name == "postgresql" else sqlite.insert(table)


async def let_others_run() -> None:
    """End a turn of the event loop between pieces of a long reading; a short statement on a file does not."""
    await asyncio.sleep(0)


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Return the items in pieces that fit into one statement."""
    for start in range(0, len(items), _PARAMETERS_AT_ONCE):
        yield items[start : start + _PARAMETERS_AT_ONCE]

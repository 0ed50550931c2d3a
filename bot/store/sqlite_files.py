"""Access the files of SQLite: who may read them, how statements run on them, and how deleted text is erased.

A statement takes one turn of the thread of its connection, and mostly no turn of the event loop. The driver takes four
of both: to make a cursor, run the statement, fetch the rows, close the cursor. Most statements take less than a tenth
of a millisecond. One that first had to wait until everything else that is ready in the event loop has run took fifty
times as long there, and all that time nobody else could write.

A deletion overwrites the text in the file, and the log that SQLite writes ahead still has it as it was: until all
processes have closed the database, or have written so much that it is overwritten by chance. To cut the log takes a
moment at which nobody reads an older state, so it is tried again and again.
"""

import asyncio
import logging
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, closing, suppress
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

from bot.errors import DatabaseUnreachableError

_PRIVATE = 0o600
_log = logging.getLogger(__name__)
# Closing a file gives up every lock that this process has on it, so nobody may open it between making and closing it.
_making = threading.Lock()
_warned: set[str] = set()
# The event loop waits so many seconds for a statement before it does something else meanwhile.
SHORT = 0.002
# So many rows of each index tell how it is spread.
ANALYSED = 1_000
# While it waits for readers, writers wait for it.
_MOMENT = timedelta(seconds=0.05)
_AGAIN = timedelta(seconds=0.2)
# What is deleted within a second is taken out at once.
FIRST, LONGEST = timedelta(seconds=1), timedelta(minutes=1)
_MANY = 6  # tries, in about a minute
_LOWEST_BYTE = 0xFF
_HELD_UP = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def make_private(path: str) -> None:
    """Make the file for its owner alone, unless it is there; SQLite gives its log the same mode."""
    # SQLite follows a link to a file that is still to be made, and so does this.
    place = os.path.realpath(path)
    # What else stands in the way SQLite finds as well, and has better words for it.
    with _making, suppress(OSError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))


def overwrite_deleted(connection: sqlite3.Connection, path: str) -> None:
    """Make SQLite overwrite what is deleted through a connection; by default it only marks it as free."""
    if connection.execute("PRAGMA secure_delete = ON").fetchone() != (1,):
        raise DatabaseUnreachableError(path, "this build of SQLite does not overwrite what is deleted")


def warn_of_readers(path: str) -> None:
    """Log once that others can read the file; its mode is left, since somebody may have chosen it."""
    place = os.path.realpath(path)
    if place in _warned:
        return
    with suppress(OSError):
        mode, folder = Path(place).stat().st_mode, Path(place).parent.stat().st_mode
        if mode & stat.S_IRWXO and folder & stat.S_IXOTH:
            _warned.add(place)
            facts = {"database": place, "mode": f"{stat.S_IMODE(mode):04o}", "remedy": "chmod 600"}
            _log.warning("database.world_readable", extra=facts)


class FileConnection(aiosqlite.Connection):
    """An open connection with cursors of that kind."""

    def __init__(self, opened: sqlite3.Connection, *, iter_chunk_size: int) -> None:
        super().__init__(lambda: opened, iter_chunk_size)
        self._connection = opened  # so that nobody is cancelled who waits for the driver to take it
        self._thread.daemon = True  # as SQLAlchemy does: no thread keeps the process alive

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """Return a cursor; to make one does nothing to the file."""
        return FileCursor(self, self._conn.cursor())

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the driver has it
        """Run a function in the thread of the connection."""
        if not self._running or not self._connection:
            message = "Connection closed"
            raise ValueError(message)
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # once queued it is run, even if nobody waits any more
        self._tx.put_nowait((None, partial(_settle, future, partial(fn, *args, **kwargs))))
        # The time can be up in the very moment in which the function ends; whose error it is, the future knows.
        with suppress(TimeoutError):
            return future.result(SHORT)
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Refresh the statistics of tables that changed much while this connection used them, and close."""
        try:
            if self._connection is not None:
                await self._execute(_leave, self._conn)
        finally:
            await super().close()

    async def rollback(self) -> None:
        """Roll back the transaction if there is one; to see that takes no turn of the thread."""
        if self._conn.in_transaction:
            await super().rollback()

    async def commit(self) -> None:
        """Commit the transaction if there is one, for the same reason."""
        if self._conn.in_transaction:
            await super().commit()

    def stop(self) -> asyncio.Future[None] | None:
        """Close without waiting for it, as after a task was cancelled."""
        if self._connection is not None:
            self._tx.put_nowait((None, partial(_roll_back, self._connection)))
        return super().stop()


class FileCursor(aiosqlite.Cursor):
    """Fetch all rows of a statement as it is run; only `fetchall` returns them, as SQLAlchemy asks for them."""

    _rows: Sequence[sqlite3.Row] = ()

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> aiosqlite.Cursor:
        """Run a statement."""
        given = () if parameters is None else parameters
        self._rows = await self._execute(_run, self._cursor, sql, given)  # type: ignore[no-untyped-call]  # of the driver
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> aiosqlite.Cursor:
        """Run a statement with each of several rows of parameters."""
        await self._execute(_run_many, self._cursor, sql, parameters)  # type: ignore[no-untyped-call]  # of the driver
        return self

    async def fetchall(self) -> Iterable[sqlite3.Row]:
        """Return the rows."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Do nothing: a statement whose rows were all fetched holds nothing any more."""


def _settle(future: Future[Any], function: Callable[[], Any]) -> None:
    """Set the result of a future to what a function returns or raises."""
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001  # whatever it is, the caller gets it
        future.set_exception(error)
    else:
        future.set_result(result)


def _run(cursor: sqlite3.Cursor, sql: str, parameters: Any) -> Sequence[sqlite3.Row]:  # noqa: ANN401  # a list or a dict
    return cursor.execute(sql, parameters).fetchall()


def _run_many(cursor: sqlite3.Cursor, sql: str, parameters: Iterable[Any]) -> None:
    """Run a statement with many rows, and let go of it in this thread.

    A cursor keeps the statement that it ran so, which the connection uses again for the same SQL. Freed by another
    thread, it would reset the statement in the middle of that.
    """
    try:
        cursor.executemany(sql, parameters)
    finally:
        cursor.close()


def _leave(connection: sqlite3.Connection) -> None:
    _roll_back(connection)
    _optimise(connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    """End the transaction that a cancelled task left.

    Closing alone may not: as long as something refers to a statement that is not over, as a traceback does, SQLite
    keeps the file open behind it, and the lock with it.
    """
    if connection.in_transaction:
        connection.rollback()


def _optimise(connection: sqlite3.Connection) -> None:
    """Have SQLite update its statistics; they only help, so no lock is waited for and no fault is raised."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute(f"PRAGMA analysis_limit = {ANALYSED}")
        connection.execute("PRAGMA optimize")
    except sqlite3.Error as error:
        _log.debug("database.analyze_failed", extra={"fault": error.sqlite_errorname})


class Checkpoint(StrEnum):
    """How a checkpoint brings the log into the file: beside all others, or alone, which leaves an empty log."""

    PASSIVE = "PASSIVE"
    TRUNCATE = "TRUNCATE"


class Erasure:
    """Truncate the log of one file after deletions, several of them at once; writers hold `turn`."""

    def __init__(self, path: str, turn: AbstractAsyncContextManager[Any], *, first: timedelta = FIRST) -> None:
        self._path = path
        self._turn = turn
        self._first = first
        self._wanted = self._done = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to erase deleted text in the background."""
        self._wanted += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on(), name="erasure")

    async def finish(self, *, within: timedelta) -> bool:
        """Erase deleted text, and return whether that is done; others may read for longer than `within`."""
        for _ in range(max(1, within // _AGAIN)):
            if await self._attempt():
                return True
            await asyncio.sleep(_AGAIN.total_seconds())
        return await self._attempt()

    async def aclose(self) -> None:
        """Try once more, and leave what is left to the next process."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._is_wanted() and not await self._attempt_anyhow():
            _log.info("database.erasure_unfinished", extra=self._facts())

    def _is_wanted(self) -> bool:
        return self._done < self._wanted

    async def _go_on(self) -> None:
        pause, tries = self._first, 0
        while self._is_wanted():
            await asyncio.sleep(pause.total_seconds())
            if not self._is_wanted() or await self._attempt_anyhow():
                pause, tries = self._first, 0
                continue
            pause, tries = min(2 * pause, LONGEST), tries + 1
            if tries == _MANY:
                _log.warning("database.erasure_delayed", extra=self._facts())

    async def _attempt(self) -> bool:
        wanted = self._wanted
        # Most of it is brought over without keeping anybody waiting.
        await asyncio.to_thread(checkpoint, self._path, Checkpoint.PASSIVE)
        async with self._turn:
            done = await asyncio.to_thread(checkpoint, self._path, Checkpoint.TRUNCATE)
        if done:
            self._done = max(self._done, wanted)
        return done

    async def _attempt_anyhow(self) -> bool:
        """Try in the background; faults are left to those who ask the database for something else."""
        try:
            return await self._attempt()
        except DatabaseUnreachableError:
            return False

    def _facts(self) -> dict[str, object]:
        return {"database": self._path}


def checkpoint(path: str, kind: Checkpoint) -> bool:
    """Bring the log into the file; return whether no reader stood in the way."""
    # Where somebody has removed the file, it is not to be made again.
    place = f"{Path(path).absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=_MOMENT.total_seconds())) as connection:
            busy, logged, brought = connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _LOWEST_BYTE in _HELD_UP:
            return False
        raise DatabaseUnreachableError(path, str(error)) from error
    return not busy and logged == brought

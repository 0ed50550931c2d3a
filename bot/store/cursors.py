"""Speak to an SQLite file with one turn of its thread for each statement, and no turn of the event loop for most.

The driver takes four of both: to make a cursor, run the statement, fetch the rows, close the cursor. Most statements
take less than a tenth of a millisecond. One that first had to wait until everything else that is ready in the event
loop has run took fifty times as long there, and all that time nobody else could write.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

# The event loop waits so many seconds for a statement before it does something else meanwhile.
SHORT = 0.002
# So many rows of each index tell how it is spread.
ANALYSED = 1_000
_log = logging.getLogger(__name__)


class FileConnection(aiosqlite.Connection):
    """A connection with cursors of that kind."""

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
        try:
            return future.result(SHORT)
        except TimeoutError:
            if future.done():  # it is the function that raised it
                raise
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Refresh the statistics of tables that changed much while this connection used them, and close."""
        if self._connection is not None:
            await self._execute(_leave, self._conn)
        await super().close()

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

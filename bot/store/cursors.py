"""Speak to an SQLite file with one turn of its thread for each statement.

The driver takes four: to make a cursor, run the statement, fetch the rows, close the cursor. While the event loop is
busy, each turn waits until it lets go of the interpreter, and others wait to write.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager


class FileConnection(aiosqlite.Connection):
    """Hold a connection with cursors of that kind."""

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """Return a cursor; to make one does nothing to the file."""
        return FileCursor(self, self._conn.cursor())


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


def _run(cursor: sqlite3.Cursor, sql: str, parameters: Any) -> Sequence[sqlite3.Row]:  # noqa: ANN401  # a list or a dict
    return cursor.execute(sql, parameters).fetchall()

"""Distinguish faults of the database from faults of the program."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseUnreachableError,
    FaqbotError,
)

if TYPE_CHECKING:
    import psycopg

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
    # SQLite needs no driver for servers; where a server has a fault, the driver is imported.
    if "psycopg" not in sys.modules:
        return None
    import psycopg  # noqa: PLC0415  # as above

    if isinstance(fault, psycopg.Error):
        return _named_postgres(fault, place, passes=isinstance(fault, psycopg.OperationalError))
    return None


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

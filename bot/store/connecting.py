"""Open connections the way the bot needs them."""

import sqlite3
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = timedelta(seconds=10)
_CONNECT_SECONDS = 10
_BEGIN = "faqbot_begin"


class Begin(StrEnum):
    """Say how a transaction starts on SQLite: writers queue at once, since one that reads first cannot wait later."""

    WRITING = "BEGIN IMMEDIATE"
    READING = "BEGIN"


def open_pool(url: URL, *, busy_timeout: timedelta = BUSY_TIMEOUT, foreign_keys: bool = True) -> AsyncEngine:
    """Return a pool of connections, none of them open yet; its errors show no parameters."""
    if url.get_backend_name() == "sqlite":
        return _file_pool(url, busy_timeout, foreign_keys=foreign_keys)
    connect = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    return create_async_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=connect)


def writing(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool for transactions that write."""
    return pool.execution_options(**{_BEGIN: Begin.WRITING})


def reading(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool for transactions that read, and see one state of the database throughout."""
    if pool.dialect.name == "sqlite":
        return pool.execution_options(**{_BEGIN: Begin.READING})
    return pool.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _file_pool(url: URL, busy_timeout: timedelta, *, foreign_keys: bool) -> AsyncEngine:
    pool = create_async_engine(url, hide_parameters=True, connect_args={"timeout": busy_timeout.total_seconds()})

    @event.listens_for(pool.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver itself would start transactions late, and none before a change of the schema.
        connection.isolation_level = None
        try:
            cursor = connection.cursor()
            _log_ahead(cursor)
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            cursor.close()
        except sqlite3.Error:
            connection.close()
            raise

    @event.listens_for(pool.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, Begin.WRITING))

    return pool


def _log_ahead(cursor: DBAPICursor) -> None:
    """Switch the file to write-ahead logging, where readers and the writer do not block each other.

    The switch does not heed the busy timeout, so it fails while another process makes it. Waiting for that
    one in a transaction does; the second try finds the switch made.
    """
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        cursor.execute(Begin.WRITING)
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA journal_mode = WAL")

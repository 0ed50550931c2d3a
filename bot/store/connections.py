"""Open connections the way the bot needs them."""

import asyncio
import sqlite3
from datetime import timedelta
from enum import StrEnum

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.cursors import FileConnection
from bot.store.dialects import FILES
from bot.store.files import make_private, overwrite_deleted, warn_of_readers

BUSY_TIMEOUT = timedelta(seconds=10)
CONNECTIONS = 10
"""The most open connections: further transactions wait in `Database`, and not for ever."""

_SERVER = {
    "connect_timeout": 10,
    # A server that is gone without a word is noticed: by probes while nothing is asked of it, else in so many ms.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_STATEMENT_SECONDS = 60
_ROWS_AT_ONCE = 64
_BEGIN = "faqbot_begin"


class Begin(StrEnum):
    """How a transaction starts on SQLite: writers queue at once, since one that reads first cannot wait later."""

    WRITING = "BEGIN IMMEDIATE"
    READING = "BEGIN"


def open_pool(url: URL, *, busy_timeout: timedelta = BUSY_TIMEOUT, foreign_keys: bool = True) -> AsyncEngine:
    """Return a pool of connections, none of them open yet; its errors show no parameters."""
    if url.get_backend_name() == "sqlite":
        return _file_pool(url, busy_timeout, foreign_keys=foreign_keys)
    connect = {name: value for name, value in _SERVER.items() if name not in url.query}
    return create_async_engine(
        url, hide_parameters=True, pool_pre_ping=True, connect_args=connect, pool_size=CONNECTIONS, max_overflow=0
    )


def end_waiting(pool: AsyncEngine, *, busy_timeout: timedelta) -> AsyncEngine:
    """Return the same pool, where a server gives up on a lock as SQLite does, and on a statement that never ends.

    Migrations go without: they may wait for as long as they have to.
    """
    if pool.dialect.name == "postgresql":
        lock = max(1, round(busy_timeout.total_seconds() * 1_000))  # 0 would be for ever

        @event.listens_for(pool.sync_engine, "connect")
        def limit(connection: DBAPIConnection, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute(f"SET lock_timeout = {lock}")
            cursor.execute(f"SET statement_timeout = {max(lock, _STATEMENT_SECONDS * 1_000)}")
            cursor.close()
            connection.commit()

    return pool


def writing(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool for transactions that write."""
    return pool.execution_options(**{_BEGIN: Begin.WRITING})


def reading(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool for transactions that read, and see one state of the database throughout."""
    if pool.dialect.name == "sqlite":
        return pool.execution_options(**{_BEGIN: Begin.READING})
    return pool.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _file_pool(url: URL, busy_timeout: timedelta, *, foreign_keys: bool) -> AsyncEngine:
    async def connect() -> aiosqlite.Connection:
        # Opened before the driver has it: when its own attempt fails, its thread may outlive the event loop.
        opened = await asyncio.to_thread(_open_file, str(url.database), busy_timeout, foreign_keys=foreign_keys)
        connection = FileConnection(lambda: opened, iter_chunk_size=_ROWS_AT_ONCE)
        connection._thread.daemon = True  # noqa: SLF001  # as SQLAlchemy does: no thread keeps the process alive
        return await connection

    pool = create_async_engine(
        url.set(drivername=FILES),
        hide_parameters=True,
        async_creator=connect,
        pool_size=CONNECTIONS,
        max_overflow=0,
    )

    @event.listens_for(pool.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, Begin.WRITING))

    return pool


def _open_file(path: str, busy_timeout: timedelta, *, foreign_keys: bool) -> sqlite3.Connection:
    make_private(path)
    # Without an isolation level the driver leaves it to us when a transaction starts.
    connection = sqlite3.connect(
        path, timeout=busy_timeout.total_seconds(), isolation_level=None, check_same_thread=False
    )
    try:
        log_ahead(connection)
        overwrite_deleted(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        warn_of_readers(path)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def log_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging, where readers and the writer do not block each other.

    The switch does not heed the busy timeout, so it fails while another process makes it. Waiting for that
    one in a transaction does; the second try finds the switch made.
    """
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        connection.execute(Begin.WRITING)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")

"""Open connections to the databases that URLs name, the way the bot needs them."""

import asyncio
import re
import selectors
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, IsolationLevel
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import LRUCache

from bot.errors import UnsupportedDatabaseError
from bot.store.sqlite_files import FileConnection, make_private, overwrite_deleted, warn_of_readers

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_KINDS = "the bot knows sqlite:///file.db and postgresql://user@host/database"
FILES = "sqlite+faqbot"

# As many as each pool would hold for itself.
compiled: LRUCache[object, object] = LRUCache(500)
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
_USED_AT, _FRESH = "faqbot_used_at", 1.0  # seconds
# Where there is no poll, as on Windows, only the first thousand or so of the open files can be waited for.
_Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
_BEGIN = "faqbot_begin"


def parse_url(text: str) -> URL:
    """Return the URL with the driver that the bot uses, or refuse it; the refusal repeats only its scheme."""
    scheme = _scheme(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Without its cause, which may quote a password.
        raise UnsupportedDatabaseError(scheme, f"not a database URL; {_KINDS}") from None
    if "+" in url.drivername:
        raise UnsupportedDatabaseError(scheme, f"the bot picks the driver itself; {_KINDS}")
    if url.drivername not in _DRIVERS:
        raise UnsupportedDatabaseError(scheme, _KINDS)
    url = url.set(drivername=_DRIVERS[url.drivername])
    return _checked_file(url) if url.get_backend_name() == "sqlite" else _checked_server(url, text)


def _scheme(text: str) -> str:
    if found := re.match(r"([a-z][\w+.-]*)://", text, re.ASCII | re.IGNORECASE):
        return found[1]
    return "…" if "@" in text else text


def _checked_file(url: URL) -> URL:
    if url.host or url.port or url.username or url.query:
        reason = "sqlite takes a path and no host or options: three slashes before a relative path, four before /"
        raise UnsupportedDatabaseError(url.get_backend_name(), reason)
    if not url.database or url.database == ":memory:":
        raise UnsupportedDatabaseError(url.get_backend_name(), "the bot needs a file: sqlite:///faq.db")
    return url


def _checked_server(url: URL, text: str) -> URL:
    if text.count("@") > (url.username is not None):
        # Else the rest of a password would count as the name of a host or database, and be shown.
        reason = "within names and passwords, write a / as %2F and an @ as %40"
        raise UnsupportedDatabaseError(url.get_backend_name(), reason)
    import psycopg  # noqa: PLC0415  # SQLite needs no driver for servers

    _, options = url.get_dialect()().create_connect_args(url)
    try:
        psycopg.conninfo.make_conninfo(**options)
    except psycopg.ProgrammingError as error:
        raise UnsupportedDatabaseError(url.get_backend_name(), str(error).strip()) from None
    return url


def place_of(url: URL) -> str:
    """Return where a database is, in words that may be shown: without password and options."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    bare = URL.create("postgresql", url.username, host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()


class FileDialect(SQLiteDialect_aiosqlite):
    """Speak to a file as SQLAlchemy does, and be equal to the dialect of any other one.

    What is compiled is kept by its statement and dialect. Every pool has a dialect of its own, but those of files
    differ in nothing: all speak to the one SQLite library of the process. Those of servers may.
    """

    supports_statement_cache = True  # not inherited: every class says it for itself

    def on_connect(self) -> Callable[[DBAPIConnection], None]:
        """Define no functions, which no statement uses: who is cancelled meanwhile would leave a connection open."""
        return lambda _connection: None

    def get_default_isolation_level(self, dbapi_connection: DBAPIConnection) -> IsolationLevel:
        """Return what it is, for the same reason without asking the database."""
        del dbapi_connection
        return "SERIALIZABLE"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FileDialect)

    def __hash__(self) -> int:
        return hash(FileDialect)


registry.register(FILES.replace("+", "."), __name__, FileDialect.__name__)


def share_compiled(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool, but with the statements of all files where it is one of a file.

    Migrations go without: they describe their tables again each time, so nothing that they compile is used again.
    """
    if isinstance(pool.dialect, FileDialect):
        return pool.execution_options(compiled_cache=compiled)
    return pool


class Begin(StrEnum):
    """How transactions start.

    One that reads sees one state of the database throughout. A statement that runs alone is a transaction by itself,
    and takes no further round trip for that.
    """

    WRITING = "writing"
    READING = "reading"
    ALONE = "alone"


_BEGIN_FILE = {Begin.WRITING: "BEGIN IMMEDIATE", Begin.READING: "BEGIN"}
"""Writers queue at once, since one that reads first cannot wait later."""
_BEGIN_SERVER = {Begin.WRITING: "BEGIN", Begin.READING: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def open_pool(url: URL, *, busy_timeout: timedelta = BUSY_TIMEOUT, foreign_keys: bool = True) -> AsyncEngine:
    """Return a pool of connections, none of them open yet; its errors show no parameters."""
    if url.get_backend_name() == "sqlite":
        return _file_pool(url, busy_timeout, foreign_keys=foreign_keys)
    connect = {name: value for name, value in _SERVER.items() if name not in url.query}
    # It is left to us when a transaction starts, as on a file.
    connect["autocommit"] = True
    pool = create_async_engine(url, hide_parameters=True, connect_args=connect, pool_size=CONNECTIONS, max_overflow=0)
    _begin_by(pool, _BEGIN_SERVER)
    _ping_idle(pool)
    return pool


def _begin_by(pool: AsyncEngine, statements: Mapping[Begin, str]) -> None:
    @event.listens_for(pool.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        statement = statements.get(connection.get_execution_options().get(_BEGIN, Begin.WRITING))
        if statement is not None:
            connection.exec_driver_sql(statement)


def _ping_idle(pool: AsyncEngine) -> None:
    """Replace a lost connection: asked is one that was idle, and one on which something came in, such as its end."""
    dialect = pool.dialect

    @event.listens_for(pool.sync_engine, "checkout")
    def check(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401  # the driver's, which has no type here
        used_at = record.info.get(_USED_AT)
        is_idle = used_at is not None and time.monotonic() - used_at >= _FRESH
        try:
            if is_idle or _has_news(connection.driver_connection.fileno()):
                dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection, None):
                raise InvalidatePoolError from error
            raise

    @event.listens_for(pool.sync_engine, "checkin")
    def note(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = time.monotonic()


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

    return pool


def starting(pool: AsyncEngine, begin: Begin) -> AsyncEngine:
    """Return the same pool, whose transactions start in this way."""
    return pool.execution_options(**{_BEGIN: begin})


def _has_news(socket: int) -> bool:
    """Return whether something came in on a socket, without waiting for it."""
    with _Selector() as waiting:
        waiting.register(socket, selectors.EVENT_READ)
        return bool(waiting.select(0))


def _file_pool(url: URL, busy_timeout: timedelta, *, foreign_keys: bool) -> AsyncEngine:
    async def connect() -> aiosqlite.Connection:
        # Opened before the driver has it: when its own attempt fails, its thread may outlive the event loop.
        opening = asyncio.ensure_future(
            asyncio.to_thread(_open_file, str(url.database), busy_timeout, foreign_keys=foreign_keys)
        )
        try:
            opened = await asyncio.shield(opening)
        except asyncio.CancelledError:  # the thread goes on, and nobody waits for it any more
            opening.add_done_callback(_close_opened)
            raise
        return await FileConnection(opened, iter_chunk_size=_ROWS_AT_ONCE)

    pool = create_async_engine(
        url.set(drivername=FILES),
        hide_parameters=True,
        async_creator=connect,
        pool_size=CONNECTIONS,
        max_overflow=0,
    )
    _begin_by(pool, _BEGIN_FILE)
    return pool


def _close_opened(opening: asyncio.Future[sqlite3.Connection]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _open_file(path: str, busy_timeout: timedelta, *, foreign_keys: bool) -> sqlite3.Connection:
    make_private(path)
    # Without an isolation level the driver leaves it to us when a transaction starts.
    connection = sqlite3.connect(
        path, timeout=busy_timeout.total_seconds(), isolation_level=None, check_same_thread=False
    )
    try:
        connection.create_function("lower", 1, _lower, deterministic=True)
        log_ahead(connection)
        overwrite_deleted(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        warn_of_readers(path)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _lower(text: str | None) -> str | None:
    """Return a text in lower case, as PostgreSQL does; SQLite's own function knows the letters of English alone."""
    return None if text is None else text.lower()


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
        connection.execute(_BEGIN_FILE[Begin.WRITING])
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")

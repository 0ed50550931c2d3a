"""Show that each fault of a database becomes the error that names it."""

import socket
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.models import Audience
from bot.errors import DatabaseFullError, DatabaseUnreachableError, FaqbotError
from bot.store import Database
from bot.store.database import faults_named
from bot.store.entries import content_version, list_entries
from tests.databases import on_server
from tests.store.samples import entry, save, saved


async def unreachable(url: str) -> DatabaseUnreachableError:
    """Return the error of a first transaction on this database."""
    database = Database(url, busy_timeout=timedelta(0))
    with pytest.raises(DatabaseUnreachableError) as failed:
        async with database.transaction() as tx:
            await content_version(tx)
    await database.aclose()
    assert failed.value.place == database.place
    assert "\n" not in failed.value.reason
    return failed.value


async def test_a_missing_folder(tmp_path: Path) -> None:
    error = await unreachable(f"sqlite:///{tmp_path / 'nowhere' / 'faq.db'}")

    assert error.reason == "unable to open database file"
    assert not (tmp_path / "nowhere").exists()


async def test_a_failed_attempt_leaves_no_thread_of_the_driver_behind(tmp_path: Path) -> None:
    """One that is left would find the event loop closed, and print a traceback of its own."""
    before = threading.enumerate()
    await unreachable(f"sqlite:///{tmp_path / 'nowhere' / 'faq.db'}")

    started = [thread.name for thread in threading.enumerate() if thread not in before]
    assert [name for name in started if "worker_thread" in name] == []


async def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert (await unreachable(f"sqlite:///{tmp_path}")).reason == "unable to open database file"


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "faq.db"
    path.write_text("question: How?\n" * 100)

    assert (await unreachable(f"sqlite:///{path}")).reason == "file is not a database"


async def test_a_file_that_somebody_else_keeps_locked(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert (await unreachable(sqlite_url)).reason == "database is locked"


async def test_a_closed_port() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        error = await unreachable(f"postgresql://ann:hunter2@127.0.0.1:{closed.getsockname()[1]}/faq")

    assert "Connection refused" in error.reason
    assert "hunter2" not in repr(error.__dict__)


async def test_a_missing_socket(tmp_path: Path) -> None:
    assert "No such file" in (await unreachable(f"postgresql:///faq?host={tmp_path}")).reason


async def test_a_missing_database(postgres: str) -> None:
    error = await unreachable(on_server(postgres, "faqbot_nowhere"))

    assert 'database "faqbot_nowhere" does not exist' in error.reason


async def test_a_connection_lost_in_a_transaction(postgres_url: str) -> None:
    database = Database(postgres_url)
    with pytest.raises(DatabaseUnreachableError):
        async with database.transaction() as tx:
            await tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    await database.aclose()


async def test_a_full_disk_changes_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await saved(database, entry("fees"))
    many = [entry(f"entry-{number}", answer="long " * 1000) for number in range(50)]
    with pytest.raises(DatabaseFullError) as failed:  # noqa: PT012  # the limit is one of the connection
        async with database.transaction() as tx:
            pages = (await tx.execute(text("PRAGMA page_count"))).scalar_one()
            await tx.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
            await save(tx, entry("fees", answer="changed"), *many)

    assert failed.value.place == database.place
    async with database.snapshot() as tx:
        (left,) = await list_entries(tx, audience=Audience.INTERNAL)
        assert (left.entry.id, left.entry.answer, left.version) == ("fees", "At fees.", 1)
        assert await content_version(tx) == 1
    await database.aclose()


def wrapped(fault: psycopg.Error) -> DBAPIError:
    """Return a fault as SQLAlchemy hands it on."""
    return DBAPIError("COMMIT", None, fault)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (psycopg.errors.DiskFull("could not extend file"), DatabaseFullError),
        (psycopg.errors.TooManyConnections("sorry"), DatabaseUnreachableError),
        (psycopg.errors.InvalidPassword("no"), DatabaseUnreachableError),
        (psycopg.errors.AdminShutdown("stop"), DatabaseUnreachableError),
        (psycopg.errors.InsufficientPrivilege("permission denied for schema public"), DatabaseUnreachableError),
    ],
)
def test_faults_of_a_server_by_their_code(fault: psycopg.Error, error: type[FaqbotError]) -> None:
    with pytest.raises(error), faults_named("here"):
        raise wrapped(fault)


@pytest.mark.parametrize("fault", [psycopg.errors.DeadlockDetected(), psycopg.errors.UniqueViolation()])
def test_other_faults_stay_what_they_are(fault: psycopg.Error) -> None:
    with pytest.raises(DBAPIError), faults_named("here"):
        raise wrapped(fault)


async def test_a_mistake_in_a_query_stays_what_it_is(database: Database) -> None:
    with pytest.raises(DBAPIError, match="nowhere"):
        async with database.transaction() as tx:
            await tx.execute(text("SELECT * FROM nowhere"))

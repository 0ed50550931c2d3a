"""Show that a transaction is all or nothing, that a snapshot stands still, and how connections are set up."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.models import Audience
from bot.store import Database
from bot.store.entries import begin_change, content_version, list_entries
from tests.store.samples import NOW, entry, save, saved


async def test_a_transaction_keeps_what_it_wrote(database: Database) -> None:
    await saved(database, entry("fees"))

    async with database.snapshot() as tx:
        assert [stored.entry.id for stored in await list_entries(tx, audience=Audience.PUBLIC)] == ["fees"]


async def test_an_error_takes_everything_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the error has to come after the writing
        async with database.transaction() as tx:
            await save(tx, entry("fees"))
            raise ZeroDivisionError

    async with database.snapshot() as tx:
        assert await list_entries(tx, audience=Audience.INTERNAL) == ()
        assert await content_version(tx) == 0


async def test_cancelling_takes_everything_back(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.transaction() as tx:
            await save(tx, entry("fees"))
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    (stored,) = await saved(database, entry("other"))
    assert stored.content_version == 1
    async with database.snapshot() as tx:
        assert [one.entry.id for one in await list_entries(tx, audience=Audience.INTERNAL)] == ["other"]


async def test_a_snapshot_does_not_see_what_comes_later(database: Database) -> None:
    async with database.snapshot() as tx:
        before = await content_version(tx)
        await saved(database, entry("fees"))

        assert await content_version(tx) == before
        assert await list_entries(tx, audience=Audience.INTERNAL) == ()


async def test_a_snapshot_cannot_write(postgres_url: str) -> None:
    database = Database(postgres_url)
    with pytest.raises(DBAPIError, match="read-only"):
        async with database.snapshot() as tx:
            await begin_change(tx, actor="ann", at=NOW)
    await database.aclose()


async def test_a_writer_does_not_wait_for_a_reader(sqlite_url: str) -> None:
    database = Database(sqlite_url, busy_timeout=timedelta(0))
    async with database.snapshot() as tx:
        await content_version(tx)
        await saved(database, entry("fees"))
    await database.aclose()


async def test_writers_of_one_process_wait_for_each_other(sqlite_url: str) -> None:
    database = Database(sqlite_url, busy_timeout=timedelta(0))

    await asyncio.gather(*(saved(database, entry(f"entry-{number}")) for number in range(40)))

    async with database.snapshot() as tx:
        assert await content_version(tx) == 40
    await database.aclose()


@pytest.mark.parametrize(
    ("setting", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 2500)]
)
async def test_every_connection_to_a_file_is_set_up(sqlite_url: str, setting: str, value: object) -> None:
    database = Database(sqlite_url, busy_timeout=timedelta(seconds=2.5))
    async with database.transaction() as first, database.snapshot() as second:
        for tx in (first, second):
            assert (await tx.execute(text(f"PRAGMA {setting}"))).scalar() == value
    await database.aclose()


async def test_foreign_keys_are_heeded(database: Database) -> None:
    orphan = text(
        "INSERT INTO phrases (id, entry_id, position, text, normalised, audience, locale, origin)"
        " VALUES (1, 'nobody', 0, 'a', 'a', 'public', 'en', 'import')"
    )
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        async with database.transaction() as tx:
            await tx.execute(orphan)


async def test_a_lost_connection_is_replaced(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.transaction() as tx:
        await content_version(tx)
    other = Database(postgres_url)
    async with other.transaction() as tx:
        everybody_else = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        await tx.execute(text(f"{everybody_else} AND pid <> pg_backend_pid()"))

    async with database.transaction() as tx:
        assert await content_version(tx) == 0
    await database.aclose()
    await other.aclose()


async def test_errors_do_not_repeat_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        async with database.transaction() as tx:
            await tx.execute(text("SELECT * FROM nowhere WHERE secret = :secret"), {"secret": "hunter2"})

    assert "hunter2" not in str(failed.value)

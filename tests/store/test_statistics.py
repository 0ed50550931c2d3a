"""Show that the statistics that queries are planned by are there without anybody who asks for them."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.store import Database, migration
from tests.schemas import on_connection
from tests.store.samples import entry, saved

JOINED = "SELECT 1 FROM entries JOIN phrases ON phrases.entry_id = entries.id WHERE entries.id = 'e1'"
ANALYSED = "SELECT count(*) FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'alembic_version'"


def tables(path: Path) -> set[str]:
    """Return the tables and indexes of a file that have statistics."""
    with closing(sqlite3.connect(path)) as connection:
        return {name for row in connection.execute("SELECT tbl, idx FROM sqlite_stat1") for name in row}


async def test_a_migration_makes_them_in_a_file(tmp_path: Path) -> None:
    await migration.upgrade(f"sqlite:///{tmp_path / 'faq.db'}")
    assert "alembic_version" in tables(tmp_path / "faq.db")


async def test_a_migration_makes_them_on_a_server(empty_postgres_url: str) -> None:
    await migration.upgrade(empty_postgres_url)
    assert await on_connection(empty_postgres_url, lambda connection: connection.scalar(text(ANALYSED)))


async def test_a_file_that_a_migration_emptied_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "faq.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE old (content BLOB)")
        connection.execute("INSERT INTO old VALUES (zeroblob(10000000))")
        connection.execute("DROP TABLE old")
        connection.commit()
    await migration.upgrade(f"sqlite:///{path}")
    assert path.stat().st_size < 1_000_000


async def test_closing_makes_them_for_what_grew(sqlite_url: str, tmp_path: Path) -> None:
    assert "ix_phrases_entry_id" not in tables(tmp_path / "faq.db")
    database = Database(sqlite_url)
    await saved(database, *(entry(f"e{number}") for number in range(300)))
    async with database.snapshot() as tx:
        await tx.execute(text(JOINED))
    await database.aclose()
    assert "ix_phrases_entry_id" in tables(tmp_path / "faq.db")


async def test_a_file_that_others_write_to_is_closed_at_once(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url, busy_timeout=timedelta(hours=1))
    await saved(database, *(entry(f"e{number}") for number in range(300)))
    async with database.snapshot() as tx:
        await tx.execute(text(JOINED))
    with closing(sqlite3.connect(tmp_path / "faq.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(60):
            await database.aclose()
        other.execute("ROLLBACK")

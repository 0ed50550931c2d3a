"""Show that migrations make what the tables say, and which databases are turned away."""

import logging
import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.core.models import Audience
from bot.errors import DatabaseOutdatedError, DatabaseTooNewError, DatabaseUnreachableError
from bot.resources import resource
from bot.store import Database, migration
from bot.store.entries import get_entry, list_entries
from bot.store.privacy import author_key
from tests.drift import differences
from tests.schemas import described, on_connection
from tests.store.samples import entry, saved

ANEW = '''
"""Alter a column, for which SQLite has to make the table anew."""

from alembic import op

revision = "9000"
down_revision = "HEAD"


def upgrade():
    with op.batch_alter_table("entries") as table:
        table.alter_column("answer", nullable=True)
'''


def test_the_names_of_the_files_tell_the_revisions_in_order() -> None:
    scripts = ScriptDirectory(str(resource("migrations"))).walk_revisions()
    assert migration.revisions() == [script.revision for script in scripts][::-1]


async def test_up_down_up(empty_url: str) -> None:
    await migration.upgrade(empty_url)
    first = await on_connection(empty_url, described)
    await migration.downgrade(empty_url)
    nothing = await on_connection(empty_url, described)
    await migration.upgrade(empty_url)

    assert "entries" in first
    assert nothing == {}
    assert await on_connection(empty_url, described) == first


async def test_down_takes_a_database_in_use(database: Database, database_url: str) -> None:
    await saved(database, entry("fees", aliases=("what do I pay",)))
    await saved(database, entry("fees"))
    await database.aclose()

    await migration.downgrade(database_url)

    assert await migration.current(database_url) is None


async def test_the_tables_equal_the_migrated_schema_in_a_file(sqlite_url: str, empty_sqlite_url: str) -> None:
    assert await differences(sqlite_url, empty_sqlite_url) == []


async def test_the_tables_equal_the_migrated_schema_on_a_server(postgres_url: str, empty_postgres_url: str) -> None:
    assert await differences(postgres_url, empty_postgres_url) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE entries ADD COLUMN mood TEXT",
        "ALTER TABLE entries RENAME COLUMN owner TO owned_by",
        "DROP INDEX ix_questions_author",
        "CREATE INDEX ix_entries_owner ON entries (owner)",
        "DROP TABLE feedback",
    ],
)
async def test_a_difference_is_found(sqlite_url: str, empty_sqlite_url: str, change: str) -> None:
    await on_connection(sqlite_url, lambda connection: connection.execute(text(change)))

    assert await differences(sqlite_url, empty_sqlite_url) != []


async def test_a_second_upgrade_changes_nothing(database: Database, database_url: str) -> None:
    await saved(database, entry("fees"))
    await migration.upgrade(database_url)

    async with database.snapshot() as tx:
        assert len(await list_entries(tx, audience=Audience.INTERNAL)) == 1
    await migration.check(database_url)


async def test_every_installation_has_a_key_of_its_own(database_url: str, empty_url: str) -> None:
    keys = []
    for url in (database_url, empty_url):
        await migration.upgrade(url)
        database = Database(url)
        async with database.snapshot() as tx:
            keys.append(await author_key(tx))
        await database.aclose()

    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]


async def test_an_empty_database_is_outdated(empty_url: str) -> None:
    assert await migration.current(empty_url) is None
    with pytest.raises(DatabaseOutdatedError) as outdated:
        await migration.check(empty_url)

    await migration.upgrade(empty_url)
    assert outdated.value.current is None
    assert outdated.value.wanted == await migration.current(empty_url)


async def test_looking_makes_no_file(tmp_path: Path) -> None:
    file = tmp_path / "faq.db"
    assert await migration.current(f"sqlite:///{file}") is None
    with pytest.raises(DatabaseOutdatedError):
        await migration.check(f"sqlite:///{file}")
    assert not file.exists()


async def test_a_newer_database_is_left_alone(database: Database, database_url: str) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for step in (migration.check, migration.upgrade):
        with pytest.raises(DatabaseTooNewError) as refused:
            await step(database_url)
        assert (refused.value.place, refused.value.revision) == (database.place, "9999")
    assert await migration.current(database_url) == "9999"


async def test_a_failed_upgrade_leaves_nothing_behind(empty_url: str) -> None:
    def in_the_way(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE questions (id INTEGER)"))

    await on_connection(empty_url, in_the_way)
    with pytest.raises(DBAPIError, match="questions"):
        await migration.upgrade(empty_url)

    assert list(await on_connection(empty_url, described)) == ["questions"]
    assert await migration.current(empty_url) is None


async def test_a_table_made_anew_keeps_what_refers_to_it(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await saved(database, entry("fees", aliases=("what do I pay",)))
    later = tmp_path / "later"
    shutil.copytree(resource("migrations"), later)
    (later / "versions" / "9000_anew.py").write_text(ANEW.replace("HEAD", str(await migration.current(database_url))))
    monkeypatch.setattr(migration, "resource", lambda _: later)

    await migration.upgrade(database_url)

    assert await migration.current(database_url) == "9000"
    async with database.snapshot() as tx:
        stored = await get_entry(tx, "fees", audience=Audience.INTERNAL)
    assert stored.entry.aliases == ("what do I pay",)


async def test_an_unreachable_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachableError):
        await migration.upgrade(f"sqlite:///{tmp_path / 'nowhere' / 'faq.db'}")


async def test_a_path_with_a_percent_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "100%(here)s"
    shutil.copytree(resource("migrations"), folder)
    monkeypatch.setattr(migration, "resource", lambda _: folder)
    url = f"sqlite:///{folder / 'faq.db'}"
    await migration.upgrade(url)

    await migration.check(url)


async def test_nothing_is_printed_and_logs_stay_as_they_are(
    empty_url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    handlers, level = list(logging.root.handlers), logging.root.level
    await migration.upgrade(empty_url)

    assert capfd.readouterr() == ("", "")
    assert (logging.root.handlers, logging.root.level) == (handlers, level)
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []

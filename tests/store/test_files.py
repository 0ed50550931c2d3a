"""A new file is its owner's alone, and what is deleted in any is overwritten."""

import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DatabaseUnreachableError
from bot.store import Database, migration
from bot.store.entries import content_version
from bot.store.sqlite_files import make_private, overwrite_deleted


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    """Leave it to the bot what others may read."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path | str) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


def set_modes(path: Path, *, file: int, folder: int) -> None:
    path.chmod(file)
    path.parent.chmod(folder)


async def test_a_new_file_and_its_log_are_their_owners_alone(empty_sqlite_url: str) -> None:
    path = empty_sqlite_url.removeprefix("sqlite:///")
    await migration.upgrade(empty_sqlite_url)
    database = Database(empty_sqlite_url)
    async with database.transaction() as tx:
        await content_version(tx)
        assert [f"{mode(path + name):04o}" for name in ("", "-wal", "-shm")] == ["0600"] * 3
    await database.aclose()


def test_a_file_that_a_link_leads_to_is_made_likewise(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "faq.db")
    make_private(str(tmp_path / "link.db"))

    assert mode(tmp_path / "faq.db") == 0o600


def test_many_who_make_it_at_once_keep_their_locks(tmp_path: Path) -> None:
    path = str(tmp_path / "faq.db")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make_private, [path] * 64))

    assert (mode(path), Path(path).stat().st_size) == (0o600, 0)


@pytest.mark.parametrize(("folder", "file", "told"), [(0o755, 0o644, 1), (0o755, 0o640, 0), (0o700, 0o644, 0)])
async def test_what_others_can_read_is_left_and_told_of_once(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, folder: int, file: int, told: int
) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    set_modes(Path(path), file=file, folder=folder)
    with caplog.at_level(logging.WARNING, logger="bot"):
        for _ in range(2):
            database = Database(sqlite_url)
            async with database.snapshot() as tx:
                await content_version(tx)
            await database.aclose()

    assert [record.message for record in caplog.records] == ["database.world_readable"] * told
    assert mode(path) == file


async def test_every_connection_overwrites_what_it_deletes(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    for open_one in (database.transaction, database.snapshot):
        async with open_one() as tx:
            connection = await tx.connection()
            assert (await connection.exec_driver_sql("PRAGMA secure_delete")).scalar_one() == 1
    await database.aclose()


class Careless(sqlite3.Connection):
    """A stand-in for a build of SQLite that does not overwrite."""

    def execute(self, statement: str, *_: object) -> sqlite3.Cursor:
        """Answer that it does not."""
        return super().execute("SELECT 0" if "secure_delete" in statement else statement)


def test_a_build_that_does_not_is_refused() -> None:
    with (
        closing(sqlite3.connect(":memory:", factory=Careless)) as connection,
        pytest.raises(DatabaseUnreachableError) as refused,
    ):
        overwrite_deleted(connection, "faq.db")

    assert refused.value.place == "faq.db"


def test_one_that_frees_what_is_deleted_by_default_is_told_to(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "faq.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        overwrite_deleted(connection, "faq.db")
        connection.execute("CREATE TABLE texts (text TEXT)")
        connection.execute("INSERT INTO texts VALUES ('the crimson parrot')")
        connection.execute("DELETE FROM texts")

    assert b"crimson" not in (tmp_path / "faq.db").read_bytes()

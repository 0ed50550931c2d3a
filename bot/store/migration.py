"""Migrate a database to the revision that this version of the bot expects."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import DatabaseOutdatedError, DatabaseTooNewError
from bot.resources import resource
from bot.store.connections import Begin, open_pool, parse_url, place_of, starting
from bot.store.database import faults_named
from bot.store.sqlite_files import ANALYSED

# Any number will do that nobody else on the server locks.
_ADVISORY_LOCK = 0x6661_7162_6F74
_VERSION = "alembic_version"
# A file with a greater share of unused pages is rewritten.
_FREE = 0.25


async def current(url: str) -> str | None:
    """Return the revision of the database; None when it never had one, or when its file is still to be made."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and _is_to_be_made(Path(str(parsed.database))):
        return None
    async with _pool(url) as pool, starting(pool, Begin.READING).begin() as connection:
        return await connection.run_sync(_revision)


async def check(url: str) -> None:
    """Raise an error unless the database has the newest revision."""
    place = place_of(parse_url(url))
    revision = await current(url)
    _refuse_newer(revision, place)
    newest = revisions()[-1]
    if revision != newest:
        raise DatabaseOutdatedError(place, revision, newest)


async def upgrade(url: str, *, revision: str = "heads") -> None:
    """Upgrade the database to a later revision, or leave it as it was; of two processes the second finds it done."""
    async with _changing(url) as connection:
        before = await connection.run_sync(_revision)
        _refuse_newer(before, place_of(parse_url(url)))
        await connection.run_sync(_run, "upgrade", revision)
        changed = before != await connection.run_sync(_revision)
    if changed:
        await tidy(url)


async def tidy(url: str) -> None:
    """Refresh the statistics that queries are planned by; give an SQLite file back the room that it no longer needs."""
    async with _pool(url) as pool:
        if pool.dialect.name == "postgresql":
            async with starting(pool, Begin.WRITING).begin() as connection:
                await connection.execute(text("ANALYZE"))
            return
        async with pool.connect() as connection:
            # A file is rewritten outside of any transaction, so by the driver's own connection.
            file = (await connection.get_raw_connection()).driver_connection
            if file is not None:
                await _tidy_file(file)


async def _tidy_file(file: aiosqlite.Connection) -> None:
    pages, free = [await _pragma(file, name) for name in ("page_count", "freelist_count")]
    if free > pages * _FREE:
        await file.execute("VACUUM")
    await file.execute(f"PRAGMA analysis_limit = {ANALYSED}")
    await file.execute("ANALYZE")


async def _pragma(file: aiosqlite.Connection, name: str) -> int:
    ((value,),) = await (await file.execute(f"PRAGMA {name}")).fetchall()
    return int(value)


async def downgrade(url: str, *, revision: str = "base") -> None:
    """Migrate the database back to an earlier revision; what that one has no columns for is lost."""
    async with _changing(url) as connection:
        await connection.run_sync(_run, "downgrade", revision)


@asynccontextmanager
async def _pool(url: str) -> AsyncIterator[AsyncEngine]:
    parsed = parse_url(url)
    # To alter a table SQLite drops and recreates it; its keys would take the rows of other tables along.
    pool = open_pool(parsed, foreign_keys=False)
    try:
        with faults_named(place_of(parsed)):
            yield pool
    finally:
        await pool.dispose()


@asynccontextmanager
async def _changing(url: str) -> AsyncIterator[AsyncConnection]:
    async with _pool(url) as pool, starting(pool, Begin.WRITING).begin() as connection:
        if pool.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection


def _is_to_be_made(file: Path) -> bool:
    """Return whether looking into the file would make it; a missing folder is a fault, and found as one."""
    return file.parent.is_dir() and not file.exists()


def revisions() -> list[str]:
    """Return the revisions that this version of the bot knows, the newest last; the names of the files begin with them.

    Alembic would have to be imported, and would import each file, to tell the same.
    """
    return sorted(path.name.partition("_")[0] for path in (resource("migrations") / "versions").glob("[0-9]*_*.py"))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {_VERSION}"))  # noqa: S608  # a name of ours
    return found


def _refuse_newer(revision: str | None, place: str) -> None:
    if revision is not None and revision not in revisions():
        raise DatabaseTooNewError(place, revision)


def _run(connection: Connection, step: str, revision: str) -> None:
    command = import_module("alembic.command")  # slow to import, and seldom wanted
    config: Any = import_module("alembic.config").Config(attributes={"connection": connection})
    # A percent sign would start an interpolation.
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    getattr(command, step)(config, revision)

"""Migrate a database to the revision that this version of the bot expects."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import aiosqlite
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import DatabaseOutdatedError, DatabaseTooNewError
from bot.resources import resource
from bot.store.connections import open_pool, reading, writing
from bot.store.cursors import ANALYSED
from bot.store.faults import faults_named
from bot.store.urls import parse_url, place_of

# Any number will do that nobody else on the server locks.
_ADVISORY_LOCK = 0x6661_7162_6F74
# A file with a greater share of unused pages is rewritten.
_FREE = 0.25


async def current(url: str) -> str | None:
    """Return the revision of the database; None when it never had one, or when its file is still to be made."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and _is_to_be_made(Path(str(parsed.database))):
        return None
    async with _pool(url) as pool, reading(pool).begin() as connection:
        return await connection.run_sync(_revision)


async def check(url: str) -> None:
    """Raise an error unless the database has the newest revision."""
    place = place_of(parse_url(url))
    revision = await current(url)
    _refuse_newer(revision, place)
    newest = _scripts().get_current_head()
    if revision != newest:
        raise DatabaseOutdatedError(place, revision, str(newest))


async def upgrade(url: str, *, revision: str = "heads") -> None:
    """Upgrade the database to a later revision, or leave it as it was; of two processes the second finds it done."""
    async with _changing(url) as connection:
        before = await connection.run_sync(_revision)
        _refuse_newer(before, place_of(parse_url(url)))
        await connection.run_sync(_run, command.upgrade, revision)
        changed = before != await connection.run_sync(_revision)
    if changed:
        await tidy(url)


async def tidy(url: str) -> None:
    """Refresh the statistics that queries are planned by; give an SQLite file back the room that it no longer needs."""
    async with _pool(url) as pool:
        if pool.dialect.name == "postgresql":
            async with writing(pool).begin() as connection:
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
        await connection.run_sync(_run, command.downgrade, revision)


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
    async with _pool(url) as pool, writing(pool).begin() as connection:
        if pool.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection


def _is_to_be_made(file: Path) -> bool:
    """Return whether looking into the file would make it; a missing folder is a fault, and found as one."""
    return file.parent.is_dir() and not file.exists()


def _scripts() -> ScriptDirectory:
    return _scripts_in(str(resource("migrations")))


@cache
def _scripts_in(folder: str) -> ScriptDirectory:
    return ScriptDirectory(folder)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(revision: str | None, place: str) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseTooNewError(place, revision)


def _run(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config(attributes={"connection": connection})
    # A percent sign would start an interpolation.
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    step(config, revision)

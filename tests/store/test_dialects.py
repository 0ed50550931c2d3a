"""Show that files share compiled statements, and nothing else."""

import gc
import weakref
from pathlib import Path

from sqlalchemy import Dialect, literal, select

from bot.core.models import Audience
from bot.store import Database, migration
from bot.store.connections import Begin, compiled, open_pool, parse_url, share_compiled, starting
from bot.store.entries import list_entries
from tests.store.samples import entry, saved


async def _ids(url: str, *saved_before: str) -> list[str]:
    """Save entries in a new file, and return the ids of all that are in it."""
    await migration.upgrade(url)
    database = Database(url)
    try:
        await saved(database, *map(entry, saved_before))
        async with database.snapshot() as tx:
            return [stored.entry.id for stored in await list_entries(tx, audience=Audience.PUBLIC)]
    finally:
        await database.aclose()


async def test_what_was_compiled_for_one_file_serves_the_next(tmp_path: Path) -> None:
    assert await _ids(f"sqlite:///{tmp_path}/a.db", "fees", "limits") == ["fees", "limits"]
    known = set(compiled)
    assert await _ids(f"sqlite:///{tmp_path}/b.db", "taxes", "fees") == ["fees", "taxes"]
    assert known
    assert set(compiled) == known


async def _dialect_of(url: str) -> weakref.ref[Dialect]:
    """Read from a file, close it, and return a reference that does not keep its dialect."""
    pool = share_compiled(open_pool(parse_url(url)))
    async with starting(pool, Begin.READING).connect() as connection:
        assert (await connection.execute(select(literal("a")))).scalar_one() == "a"
    await pool.dispose()
    return weakref.ref(pool.dialect)


async def test_a_closed_file_is_forgotten(tmp_path: Path) -> None:
    await _dialect_of(f"sqlite:///{tmp_path}/a.db")
    dialect = await _dialect_of(f"sqlite:///{tmp_path}/b.db")
    gc.collect()
    assert dialect() is None


async def test_servers_keep_what_they_compile_for_themselves() -> None:
    pool = open_pool(parse_url("postgresql://nobody@localhost/nothing"))
    assert share_compiled(pool) is pool

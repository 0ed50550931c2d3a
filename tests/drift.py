"""What the migrations make apart from what the tables say: `python -m tests.drift`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.store import migration
from bot.store.tables import Table
from tests.schemas import described, make_tables, on_connection


async def differences(migrated: str, empty: str) -> list[str]:
    """Return how a migrated database differs from the tables, which are made in the empty one.

    Alembic names what would have to change, but overlooks some of it: the names of checks, for example.
    """
    await on_connection(empty, make_tables)
    found, wanted = await on_connection(migrated, described), await on_connection(empty, described)
    unlike = sorted(table for table in found.keys() | wanted.keys() if found.get(table) != wanted.get(table))
    return [f"table {table}" for table in unlike] + await on_connection(migrated, _changes)


def _changes(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return [str(change) for change in compare_metadata(context, Table.metadata)]


async def _in_files(folder: Path) -> list[str]:
    migrated, empty = (f"sqlite:///{folder / name}" for name in ("migrated.db", "empty.db"))
    await migration.upgrade(migrated)
    return await differences(migrated, empty)


def main() -> int:
    """Return 1, after one line, when the two differ."""
    with TemporaryDirectory() as folder:
        found = asyncio.run(_in_files(Path(folder)))
    if found:
        sys.stderr.write(f"migrations/ and bot/store/tables/ differ: {'; '.join(found)}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

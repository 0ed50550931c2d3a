"""Tell what the migrations make apart from what the tables say: `python -m tests.drift`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.store import migrating
from bot.store.connecting import open_pool
from bot.store.tables import Table
from bot.store.urls import parse_url


async def differences(url: str) -> list[str]:
    """Return what would have to change in a migrated database to equal the tables, one line each."""
    pool = open_pool(parse_url(url))
    try:
        async with pool.connect() as connection:
            return await connection.run_sync(_compare)
    finally:
        await pool.dispose()


def _compare(connection: Connection) -> list[str]:
    options = {"compare_type": True, "compare_server_default": True}
    return [
        str(change) for change in compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata)
    ]


async def _fresh() -> list[str]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'drift.db')}"
        await migrating.upgrade(url)
        return await differences(url)


def main() -> int:
    """Return 1 after one line when tables and migrations differ."""
    if found := asyncio.run(_fresh()):
        sys.stderr.write(f"migrations/ and bot/store/tables.py differ: {'; '.join(found)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

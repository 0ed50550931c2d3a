"""Describe the schema of a database in plain values, to hold two of them against each other."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Inspector, inspect, text

from bot.store.connections import open_pool, parse_url, share_compiled
from bot.store.tables import Table

_T = TypeVar("_T")


async def on_connection(url: str, work: Callable[[Connection], _T]) -> _T:
    """Return what the work returns, done in a transaction on a connection of its own."""
    pool = share_compiled(open_pool(parse_url(url)))
    try:
        async with pool.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await pool.dispose()


def make_tables(connection: Connection) -> None:
    """Make the tables as they are defined, without the migrations."""
    Table.metadata.create_all(connection)


def described(connection: Connection) -> dict[str, str]:
    """Return each table but that of the migrations, with its columns, keys, constraints and indexes."""
    schema = inspect(connection)
    return {
        table: _described(connection, schema, table) for table in schema.get_table_names() if table != "alembic_version"
    }


def _described(connection: Connection, schema: Inspector, table: str) -> str:
    parts = {
        # Their order means nothing, and a column that comes back comes last.
        "columns": _sorted([{**column, "type": repr(column["type"])} for column in schema.get_columns(table)]),
        "primary key": schema.get_pk_constraint(table),
        "foreign keys": _sorted(schema.get_foreign_keys(table)),
        "unique": _sorted(schema.get_unique_constraints(table)),
        "checks": _sorted(schema.get_check_constraints(table)),
        "indexes": _sorted(schema.get_indexes(table)),
        "ids": _never_again(connection, table),
    }
    return json.dumps(parts, default=str, indent=1)


def _never_again(connection: Connection, table: str) -> bool:
    """Return whether SQLite gives no id again, which inspection does not tell, and a recreated table loses."""
    if connection.dialect.name != "sqlite":
        return True
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    return "AUTOINCREMENT" in connection.execute(query, {"table": table}).scalar_one()


def _sorted(constraints: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(constraints, key=lambda constraint: str(constraint["name"]))

"""Show that a database from before ids of suggestions were given once alone keeps its suggestions and their ids."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from bot.store import migration
from tests.schemas import described, on_connection

ITEM = """
    INSERT INTO review_items (kind, audience, status, version, created_at)
    VALUES ('question', 'public', 'open', 1, '2026-03-01 12:30:15')
"""
SUGGESTION = """
    INSERT INTO suggestions (item_id, answer, status, suggested_by, suggested_at, platform, workspace_id, message_id)
    VALUES (1, 'In the hall.', 'open', 'slack:ben', '2026-03-01 12:30:15', 'slack', 'T1', :message)
"""


def rows(connection: Connection) -> list[Mapping[str, Any]]:
    """Return the suggestions."""
    return [dict(row) for row in connection.execute(text("SELECT * FROM suggestions ORDER BY id")).mappings()]


def suggest(connection: Connection, *messages: str) -> None:
    """Store a suggestion for each message."""
    for message in messages:
        connection.execute(text(SUGGESTION), {"message": message})


async def test_suggestions_keep_their_ids_and_the_next_has_one_of_its_own(empty_url: str) -> None:
    await migration.upgrade(empty_url, revision="0041")

    def first(connection: Connection) -> None:
        connection.execute(text(ITEM))
        suggest(connection, "m1", "m2", "m3")

    await on_connection(empty_url, first)
    schema, before = await on_connection(empty_url, described), await on_connection(empty_url, rows)
    await migration.upgrade(empty_url, revision="0042")
    assert await on_connection(empty_url, rows) == before

    def later(connection: Connection) -> list[Mapping[str, Any]]:
        connection.execute(text("DELETE FROM suggestions WHERE id = 3"))
        suggest(connection, "m4")
        return rows(connection)

    assert [row["id"] for row in await on_connection(empty_url, later)] == [1, 2, 4]

    await migration.downgrade(empty_url, revision="0041")
    assert [row["id"] for row in await on_connection(empty_url, rows)] == [1, 2, 4]
    assert await on_connection(empty_url, described) == schema

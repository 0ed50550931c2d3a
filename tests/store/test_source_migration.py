"""Show that a database from before the log knew whose words it has keeps its questions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from bot.store import migration
from tests.schemas import described, on_connection

QUESTION = """
    INSERT INTO questions
    (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, text, decision, shadow,
     points_above)
    VALUES ('slack', 'T1', 'C1', :message, 'a1', 'mention', 'public', '2026-03-01 12:30:15', 'why', 'unanswered', false,
     false)
"""


def log(connection: Connection) -> list[Mapping[str, Any]]:
    """Return the questions."""
    return [dict(row) for row in connection.execute(text("SELECT * FROM questions ORDER BY id")).mappings()]


async def test_questions_survive_the_way_there_and_back(empty_url: str) -> None:
    await migration.upgrade(empty_url, revision="0039")

    def write(connection: Connection) -> None:
        for message in ("m1", "m2"):
            connection.execute(text(QUESTION), {"message": message})

    await on_connection(empty_url, write)
    schema, rows = await on_connection(empty_url, described), await on_connection(empty_url, log)
    await migration.upgrade(empty_url)
    there = await on_connection(empty_url, log)
    await migration.downgrade(empty_url, revision="0039")

    nobody = {"source_message_id": None, "source_author": None}
    assert there == [{**row, **nobody} for row in rows]
    assert await on_connection(empty_url, described) == schema
    assert await on_connection(empty_url, log) == rows

"""Show that a database from before the bot followed its replies keeps all it has."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.store import Database, migration
from bot.store.tables import FeedbackRow, QuestionRow
from tests.schemas import described, on_connection

ASKED = "2026-03-01 12:30:15"
QUESTION = """
    INSERT INTO questions
    (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, decision, shadow)
    VALUES ('slack', 'T1', 'C1', 'm1', 'a1', 'mention', 'public', :at, 'unanswered', false)
"""
RATING = "INSERT INTO feedback (question_id, author, verdict, given_at) VALUES (1, 'a1', 'wrong', :at)"


@pytest.fixture
async def second(empty_url: str) -> str:
    """Return the URL of a database of the second revision that has a question and what somebody thinks of it."""
    await migration.upgrade(empty_url, revision="0002")

    def write(connection: Connection) -> None:
        for insert in (QUESTION, RATING):
            connection.execute(text(insert), {"at": ASKED})

    await on_connection(empty_url, write)
    return empty_url


async def test_of_old_questions_no_reply_is_due(second: str) -> None:
    await migration.upgrade(second)

    database = Database(second)
    async with database.snapshot() as tx:
        asked, rated = await tx.get_one(QuestionRow, 1), await tx.get_one(FeedbackRow, (1, "a1"))
    await database.aclose()
    assert (asked.reply_state, asked.reply_until, asked.edited_at, asked.points_above) == (None, None, None, False)
    assert not rated.moderator


async def test_the_log_survives_the_way_back(second: str) -> None:
    schema, rows = await on_connection(second, described), await on_connection(second, log)
    await migration.upgrade(second)
    await migration.downgrade(second, revision="0002")

    assert await on_connection(second, described) == schema
    assert await on_connection(second, log) == rows


def log(connection: Connection) -> list[Mapping[str, Any]]:
    """Return the questions, and what people think of the answers."""
    rows = [connection.execute(text(f"SELECT * FROM {table}")).mappings() for table in ("questions", "feedback")]  # noqa: S608  # the names stand here
    return [dict(row) for some in rows for row in some]

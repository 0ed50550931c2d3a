"""Show that ratings stay what they are when their column gets its name, and on the way back."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from bot.core.models import Rating
from bot.store import Database, migration
from bot.store.tables import FeedbackRow
from tests.schemas import described, on_connection

AT = "2026-03-01 12:30:15"
QUESTION = """
    INSERT INTO questions (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, shadow,
                           points_above)
    VALUES ('slack', 'T1', 'C1', 'm1', 'a1', 'mention', 'public', :at, false, false)
"""
RATING = """
    INSERT INTO feedback (question_id, author, verdict, reason, given_at, moderator)
    VALUES (1, :author, :rating, :reason, :at, :moderator)
"""
RATINGS: list[dict[str, Any]] = [
    {"author": "a1", "rating": "wrong", "reason": "an old price", "moderator": False},
    {"author": "a2", "rating": "helpful", "reason": None, "moderator": True},
]


@pytest.fixture
async def eleventh(empty_url: str) -> str:
    """Return the URL of a database of the eleventh revision with ratings."""
    await migration.upgrade(empty_url, revision="0011")

    def write(connection: Connection) -> None:
        connection.execute(text(QUESTION), {"at": AT})
        for rating in RATINGS:
            connection.execute(text(RATING), {**rating, "at": AT})

    await on_connection(empty_url, write)
    return empty_url


def stored(connection: Connection) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(text("SELECT * FROM feedback ORDER BY author")).mappings()]


async def test_ratings_are_read_as_they_were_given(eleventh: str) -> None:
    await migration.upgrade(eleventh)

    database = Database(eleventh)
    async with database.snapshot() as tx:
        rows = (await tx.scalars(select(FeedbackRow).order_by(FeedbackRow.author))).all()
    await database.aclose()
    assert [(row.author, row.rating, row.reason, row.moderator) for row in rows] == [
        ("a1", Rating.WRONG, "an old price", False),
        ("a2", Rating.HELPFUL, None, True),
    ]


async def test_ratings_survive_the_way_back(eleventh: str) -> None:
    schema, rows = await on_connection(eleventh, described), await on_connection(eleventh, stored)
    await migration.upgrade(eleventh)
    await migration.downgrade(eleventh, revision="0011")

    assert await on_connection(eleventh, described) == schema
    assert await on_connection(eleventh, stored) == rows

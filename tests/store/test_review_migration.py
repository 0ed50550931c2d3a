"""Show that the questions of a database from before the review loop are all in an item afterwards."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.store import migration
from tests.schemas import described, on_connection

ASKED = "2026-03-01 12:30:15"
COLUMNS = (
    "platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, text, normalised, decision, "
    "resolution, resolved_by, resolved_at, resolution_reason"
)
PLACES = ", ".join(f":{name}" for name in COLUMNS.split(", "))


def row(message_id: str, words: str, **fields: str) -> dict[str, str | None]:
    """Return the columns of an unanswered question."""
    columns: dict[str, str | None] = dict.fromkeys(COLUMNS.split(", "))
    columns |= {"platform": "slack", "workspace_id": "T1", "channel_id": "C1", "message_id": message_id}
    columns |= {"author": "a1", "surface": "mention", "audience": "public", "asked_at": ASKED, "decision": "unanswered"}
    return columns | {"text": words.upper(), "normalised": words} | fields


DISMISSED = {"resolution": "dismissed", "resolved_by": "mod", "resolved_at": ASKED, "resolution_reason": "not ours"}
ROWS = (
    row("m1", "how much"),
    row("m2", "how much", author="a2"),
    row("m3", "how much", audience="internal"),
    row("m4", "how much", **DISMISSED),
    row("m5", "where"),
    row("m6", "where", decision="ignored"),
)


@pytest.fixture
async def first(empty_url: str) -> str:
    """Return the URL of a database of the first revision that has questions."""
    await migration.upgrade(empty_url, revision="0001")

    def write(connection: Connection) -> None:
        connection.execute(text(f"INSERT INTO questions ({COLUMNS}) VALUES ({PLACES})"), list(ROWS))  # noqa: S608  # the names are above

    await on_connection(empty_url, write)
    return empty_url


def items(connection: Connection) -> list[tuple[Any, ...]]:
    """Return each item with the messages in it."""
    query = """
        SELECT i.kind, i.audience, i.status, i.resolved_by, i.reason, i.note, q.message_id
        FROM review_items i JOIN questions q ON q.review_item_id = i.id ORDER BY i.id, q.id
    """
    return [tuple(found) for found in connection.execute(text(query))]


async def test_each_wording_and_resolution_gets_an_item(first: str) -> None:
    await migration.upgrade(first)

    assert await on_connection(first, items) == [
        ("unanswered", "public", "open", None, None, None, "m1"),
        ("unanswered", "public", "open", None, None, None, "m2"),
        ("unanswered", "internal", "open", None, None, None, "m3"),
        ("unanswered", "public", "dismissed", "mod", "other", "not ours", "m4"),
        ("unanswered", "public", "open", None, None, None, "m5"),
    ]


async def test_the_next_item_gets_a_number_of_its_own(first: str) -> None:
    await migration.upgrade(first)
    insert = """
        INSERT INTO review_items (kind, audience, status, version, created_at)
        VALUES ('unanswered', 'public', 'open', 2, '2026-03-01 12:30:15') RETURNING id
    """

    assert await on_connection(first, lambda connection: connection.execute(text(insert)).scalar_one()) == 5


async def test_the_log_survives_the_way_back(first: str) -> None:
    schema, log = await on_connection(first, described), await on_connection(first, questions)
    await migration.upgrade(first)
    await migration.downgrade(first, revision="0001")

    assert await on_connection(first, described) == schema
    assert await on_connection(first, questions) == log


def questions(connection: Connection) -> list[Mapping[str, Any]]:
    """Return the log, its times without the microseconds that SQLite keeps once they were written again."""
    found = connection.execute(text("SELECT * FROM questions ORDER BY id")).mappings()
    return [{**row, "resolved_at": str(row["resolved_at"])[:19]} for row in found]

"""Show that what was stored of other scripts before their marks counted is read again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text

from bot.store import migration
from tests.schemas import on_connection

NOW = datetime(2026, 3, 1, tzinfo=UTC).isoformat(" ", "seconds")
ENTRY = """
    INSERT INTO entries (id, question, answer, audience, locale, status, passages, version, content_version,
                         created_at, updated_at)
    VALUES (:id, 'q', 'a', 'public', 'en', 'active', '[]', 1, 1, :now, :now)
"""
PHRASE = """
    INSERT INTO phrases (entry_id, position, text, normalised, audience, locale, origin)
    VALUES (:entry, :position, :text, :words, 'public', 'en', 'author')
"""
QUESTION = """
    INSERT INTO questions (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, shadow,
                           points_above, text, normalised)
    VALUES ('slack', 'T1', 'C1', :text, 'a1', 'mention', 'public', :now, false, false, :text, :words)
"""
POINTED, PLAIN = "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"
BROKEN = "\u05e9 \u05dc\u05d5 \u05dd"
BURMESE = "\u1019\u102d"
PHRASES = [
    ("one", "log in", "log in"),
    ("one", "caf\u00e9", "caf\u00e9"),
    ("one", f"{BURMESE}?", "\u1019"),
    ("one", PLAIN, PLAIN),
    ("two", POINTED, BROKEN),
    ("two", "pass\u00adword", "pass word"),
]


@pytest.fixture
async def ninth(empty_url: str) -> str:
    """Return the URL of a database of the ninth revision with words as they were read then."""
    await migration.upgrade(empty_url, revision="0009")

    def write(connection: Connection) -> None:
        for entry in ("one", "two"):
            connection.execute(text(ENTRY), {"id": entry, "now": NOW})
        for position, (entry, said, words) in enumerate(PHRASES):
            row = {"entry": entry, "position": position, "text": said, "words": words}
            connection.execute(text(PHRASE), row)
        for said, words in ((POINTED, BROKEN), ("log in", "log in")):
            connection.execute(text(QUESTION), {"text": said, "words": words, "now": NOW})

    await on_connection(empty_url, write)
    return empty_url


def words_of(table: str, connection: Connection) -> list[str]:
    return list(connection.scalars(text(f"SELECT normalised FROM {table} ORDER BY id")))  # noqa: S608  # names of ours


async def test_words_are_read_anew_unless_another_phrasing_has_them(ninth: str) -> None:
    await migration.upgrade(ninth)

    phrases = await on_connection(ninth, lambda connection: words_of("phrases", connection))
    questions = await on_connection(ninth, lambda connection: words_of("questions", connection))
    assert phrases == ["log in", "caf\u00e9", BURMESE, PLAIN, BROKEN, "password"]
    assert questions == [PLAIN, "log in"]

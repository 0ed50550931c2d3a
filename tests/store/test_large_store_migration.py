"""Show that a log from before candidates were packed keeps all that is asked of it."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.core.deciding.decision import Thresholds
from bot.core.models import Answered, Match, Suggested
from bot.store import Database, migration
from bot.store.questions import get_question
from tests.schemas import described, on_connection

FIRST: Mapping[str, Any] = {"phrase": "wie „geht“ das?", "features": {"found": 1 / 3}}
MATCHES = [{**FIRST, "entry_id": f"e{place}", "confidence": 0.5 / (place + 1)} for place in range(7)]
QUESTION = """
    INSERT INTO questions
    (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, decision, shadow,
     points_above, text, offered, candidates, thresholds, scorer_version, content_version)
    VALUES ('slack', 'T1', 'C1', :message, 'a1', 'mention', 'public', '2026-03-01 12:30:15', :decision, false,
            false, :message, :offered, :candidates, :thresholds, '1', 1)
"""
LOG: Mapping[str, tuple[str, list[Any] | None, list[Any] | None]] = {
    "m1": ("suggested", MATCHES[:2], MATCHES),
    "m2": ("answered", [MATCHES[0] | {"confidence": 0.9}], MATCHES[:1]),
    "m3": ("unanswered", [], []),
    "m4": ("unanswered", None, None),
}


@pytest.fixture
async def sixth(empty_url: str) -> str:
    """Return the URL of a database of the sixth revision that has some questions."""
    await migration.upgrade(empty_url, revision="0006")
    limits = {"thresholds": json.dumps({"answer": 0.9, "suggest": 0.2, "ambiguity": 0.1})}

    def write(connection: Connection) -> None:
        for message, (decision, *lists) in LOG.items():
            offered, candidates = (None if one is None else json.dumps(one) for one in lists)
            values = {"message": message, "decision": decision, "offered": offered, "candidates": candidates}
            connection.execute(text(QUESTION), limits | values)

    await on_connection(empty_url, write)
    return empty_url


async def test_decisions_are_what_they_were(sixth: str) -> None:
    await migration.upgrade(sixth)

    database = Database(sixth)
    async with database.snapshot() as tx:
        suggested, answered, empty, none = [(await get_question(tx, f"Q{n}")).outcome for n in (1, 2, 3, 4)]
    await database.aclose()
    matches = tuple(Match(**one) for one in (MATCHES[0], *map(rounded, MATCHES[1:])))
    assert suggested is not None
    assert suggested.decision == Suggested(matches[:2])
    assert suggested.candidates[:5] == matches[:5]
    short = [(one.entry_id, one.confidence, one.phrase, one.features) for one in suggested.candidates[5:]]
    assert short == [(one.entry_id, one.confidence, "", {}) for one in matches[5:]]
    assert suggested.thresholds == Thresholds(answer=0.9, suggest=0.2, ambiguity=0.1)
    assert answered is not None
    assert answered.decision == Answered(Match(**MATCHES[0] | {"confidence": 0.9}))
    assert [one is not None and one.candidates for one in (empty, none)] == [(), ()]


async def test_the_log_survives_the_way_back(sixth: str) -> None:
    schema = await on_connection(sixth, described)
    await migration.upgrade(sixth)
    await migration.downgrade(sixth, revision="0006")

    assert await on_connection(sixth, described) == schema
    first = [MATCHES[0], *map(rounded, MATCHES[1:5])]
    short = [MATCHES[place] | {"phrase": "", "features": {}} for place in (5, 6)]
    kept = {**LOG, "m1": ("suggested", first[:2], [*first, *short])}
    assert await on_connection(sixth, log) == kept


def rounded(match: Mapping[str, Any]) -> dict[str, Any]:
    """Return a match with features as they are kept of all but the first."""
    return {**match, "features": {"found": 0.333}}


def log(connection: Connection) -> dict[str, tuple[str, list[Any] | None, list[Any] | None]]:
    """Return the matches of each question."""
    rows = connection.execute(text("SELECT message_id, decision, offered, candidates FROM questions ORDER BY id"))
    return {message: (decision, _plain(offered), _plain(candidates)) for message, decision, offered, candidates in rows}


def _plain(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Return what a column holds, which SQLite has as text."""
    return json.loads(value) if isinstance(value, str) else value

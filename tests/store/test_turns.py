"""Show that reading much lets others run in between, also where statements are so short that nobody waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.core.models import ItemKind
from bot.store import Database, Transaction, sqlite_files
from bot.store.grades import recent
from bot.store.items import read_items
from bot.store.queue import begin_version, candidate, members, open_item, put_into
from tests.store.samples import NOW, ask, question

QUESTIONS, ITEMS = 2_000, 40
FILL = """
    WITH RECURSIVE numbers (number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < :most)
    INSERT INTO questions
    (platform, workspace_id, channel_id, message_id, author, surface, audience, asked_at, decision, text, normalised,
     confidence, candidates, scorer_version, review_item_id, shadow, points_above)
    SELECT platform, workspace_id, channel_id, 'm' || number || 'x', 'a' || number, surface, audience, asked_at,
           decision, text, normalised, 0.1, candidates, scorer_version, 1 + number % :items, false, false
    FROM questions CROSS JOIN numbers
"""


async def all_members(tx: Transaction) -> object:
    """Read all that the queue is made of."""
    return [some async for some in members(tx, since=0)]


READS: dict[str, tuple[Callable[[Transaction], Awaitable[Any]], int]] = {
    "recent": (lambda tx: recent(tx, limit=QUESTIONS), QUESTIONS // 50),
    "members": (all_members, QUESTIONS // 500),
    "items": (lambda tx: read_items(tx, range(1, ITEMS + 1), at=NOW), ITEMS // 10),
}


@pytest.fixture
async def full(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return a file with a long log, of which each statement counts as a short one."""
    database = Database(sqlite_url)
    async with database.transaction() as tx:
        version = await begin_version(tx)
        number = await ask(tx, question("m1"), "how?")
        about = await candidate(tx, number)
        items = [await open_item(tx, ItemKind.UNANSWERED, about, version=version, at=NOW) for _ in range(ITEMS)]
        await put_into(tx, items[0], [1], version=version)
        await tx.execute(text(FILL), {"most": QUESTIONS, "items": ITEMS})
    monkeypatch.setattr(sqlite_files, "SHORT", 30.0)
    return database


@pytest.mark.parametrize("name", READS)
async def test_others_run_between_the_pieces(full: Database, name: str) -> None:
    read, pieces = READS[name]
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with full.snapshot() as tx:
        others = asyncio.create_task(take_turns())
        await asyncio.sleep(0)
        turns = 0
        await read(tx)
        others.cancel()
    await full.aclose()

    assert turns >= pieces

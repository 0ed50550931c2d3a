"""Show that nothing that is asked while people wait reads the whole log, with statistics or without.

An SQLite file has none here, as one that was never analysed; a server makes its own. Times are not measured: see
`bench/large_store.py`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ChannelRef, IgnoreReason, ItemKind, MessageRef, Mode
from bot.store import Database, Transaction
from bot.store.behaviour import lock_behaviour, save_behaviour
from bot.store.conversations import conversation_at, known_messages, own_messages, take_due
from bot.store.deliveries import askers_of
from bot.store.figures import Dimension, Scope
from bot.store.items import find_items, get_item
from bot.store.limits import last_burst
from bot.store.past import solved_in
from bot.store.privacy import questions_of
from bot.store.queue import begin_version, candidate, open_item, put_into, stale_cards
from bot.store.records import ItemFilter
from bot.store.stale_threads import due_threads
from bot.store.stats import count_questions, count_waiting
from bot.store.threads import Thread, is_engaged, was_given
from tests.store.plans import plans, statements
from tests.store.samples import NOW, ask, entry, question, save

Read = Callable[[Transaction], Awaitable[Any]]
Count = Callable[..., Awaitable[Any]]
THREAD = Thread(channel=ChannelRef("slack", "T1", "C1"), thread_id="m1")
IDS = [f"m{number}" for number in range(20)]
REFS = [MessageRef(platform="slack", workspace_id="T1", message_id=each) for each in IDS]
LATER = NOW + timedelta(minutes=1)
SCOPE = Scope(since=NOW, until=LATER, audience=Audience.INTERNAL)
# An item with one question of a hundred.
FILL = """
    WITH RECURSIVE numbers (number) AS (SELECT 3 UNION ALL SELECT number + 1 FROM numbers WHERE number < 5000)
    INSERT INTO questions
    (id, platform, workspace_id, channel_id, message_id, thread_id, author, surface, audience, asked_at, decision, text,
     sent_message_id, reply_state, review_item_id, shadow, points_above)
    SELECT number, 'slack', 'T1', CASE WHEN number % 1000 = 999 THEN 'C2' ELSE 'C1' END, 'm' || number,
           't' || number, 'a' || number % 100, 'mention', 'public',
           TIME, 'unanswered', 'how?', 's' || number, 'sent', CASE WHEN number % 100 = 0 THEN 1 END, false, false
    FROM numbers
"""
# These hold the questions of items and no other ones; by its sample of the table a server takes one or the other.
OF_ITEMS = ("ix_questions_asker", "ix_questions_item", "ix_questions_moved")
# Each on another day, so that the times of a statement make a small part.
TIMES = {
    "sqlite": "datetime('2030-01-01', number || ' days')",
    "postgresql": "timestamptz '2030-01-01' + number * interval '1 day'",
}
DELIVER = """
    INSERT INTO deliveries
    (dedupe_key, kind, question_id, entry_id, entry_version, status, attempts, next_try_at, expires_at, created_at,
     sent_message_id)
    SELECT message_id, 'answer', id, 'e1', 1, 'sent', 1, asked_at, asked_at, asked_at, 'd' || id FROM questions
"""
READS: Mapping[str, tuple[Read, tuple[str, ...]]] = {
    "engaged": (lambda tx: is_engaged(tx, THREAD, within=LATER - NOW), ("ix_questions_thread", "message_id")),
    "given": (lambda tx: was_given(tx, THREAD, "e1", before="Q9"), ("ix_questions_thread", "message_id")),
    "unfinished": (lambda tx: take_due(tx, "slack", young=LATER - NOW, lasting=LATER - NOW), ("ix_questions_due",)),
    "why": (
        lambda tx: conversation_at(tx, MessageRef(platform="slack", workspace_id="T1", message_id="m1")),
        ("ix_questions_sent", "ix_deliveries_sent", "message_id"),
    ),
    # What a start asks of the log about what it has read back.
    "known": (lambda tx: known_messages(tx, REFS, but=IgnoreReason.GREETING), ("message_id",)),
    "said": (lambda tx: own_messages(tx, "slack", "T1", IDS), ("ix_questions_sent", "ix_deliveries_sent")),
    "burst": (lambda tx: last_burst(tx, REFS[1], "a1", shadow=False), ("ix_questions_author", "ix_questions_part")),
    "solved": (
        lambda tx: solved_in(tx, replace(REFS[1], channel_id="C2"), audience=Audience.PUBLIC),
        ("ix_questions_channel", "message_id"),
    ),
    "stale": (
        lambda tx: due_threads(tx, "slack", ("T1",), at=LATER + timedelta(days=8), limit=5),
        ("ix_questions_channel",),
    ),
    "mine": (lambda tx: questions_of(tx, "a1", limit=10), ("ix_questions_author",)),
    "queue": (lambda tx: find_items(tx, ItemFilter(), at=NOW), ("ix_questions_",)),
    "item": (lambda tx: get_item(tx, "R1", at=NOW), ("ix_questions_item",)),
    "cards": (lambda tx: stale_cards(tx, ChannelRef("slack", "T1", "C1"), at=NOW, limit=5), ("ix_questions_moved",)),
    "askers": (lambda tx: askers_of(tx, 1, entry_id="fees"), ("ix_questions_",)),
    "channels": (lambda tx: count_questions(tx, SCOPE, Dimension.CHANNEL), ("ix_questions_asked_at",)),
    # Whatever was asked in the time, the questions of resolved items alone are read.
    "waiting": (lambda tx: count_waiting(tx, SCOPE, Dimension.CHANNEL), ("ix_questions_moved",)),
}


@pytest.fixture
async def reviewed(database: Database) -> Database:
    """Return a database with a log that is long enough to matter, and an item with some of it."""
    async with database.transaction() as tx:
        version = await begin_version(tx)
        ids = [await ask(tx, question(f"m{number}"), "how?") for number in (1, 2)]
        about = await candidate(tx, ids[0])
        item = await open_item(tx, ItemKind.UNANSWERED, about, version=version, at=NOW)
        await put_into(tx, item, [1, 2], version=version)
        await save(tx, entry("e1"))
        here = ChannelRef("slack", "T1", "C2")
        await lock_behaviour(tx, here, at=NOW)
        await save_behaviour(tx, here, ChannelSettings(mode=Mode.MENTION, stale_days=7), at=NOW)
        kind = tx.get_bind().dialect.name
        for step in (FILL.replace("TIME", TIMES[kind]), DELIVER):
            await tx.execute(text(step))
    if kind == "postgresql":
        await vacuumed(database)
    return database


async def vacuumed(database: Database) -> None:
    """Do what a server does by itself after a while: an index alone is read only where that was done."""
    async with database.writing_alone() as connection:  # it is not done in a transaction
        await connection.exec_driver_sql("VACUUM ANALYZE")


@pytest.mark.parametrize("name", READS)
async def test_an_index_leads_to_what_is_read(reviewed: Database, name: str) -> None:
    read, indexes = READS[name]
    async with reviewed.transaction() as tx:
        with statements(tx) as ran:
            await read(tx)
        # On a server, a table of this size would be as quick to read as a whole.
        if tx.get_bind().dialect.name == "postgresql":
            await tx.execute(text("SET LOCAL enable_seqscan = off"))
        found = await plans(tx, ran)

    assert ran.found
    whole = [step for step in found if step.startswith(("SCAN questions", "SCAN deliveries"))]
    # To sort the queue takes the askers of every item.
    assert [step for step in whole if name != "queue" or not any(index in step for index in OF_ITEMS)] == [], found
    assert [index for index in indexes if index not in "\n".join(found)] == [], found


@pytest.mark.parametrize("read", [count_questions, count_waiting])
async def test_the_log_is_read_once_for_all_that_is_counted_of_it(reviewed: Database, read: Count) -> None:
    async with reviewed.transaction() as tx:
        await tx.connection()
        with statements(tx) as ran:
            await read(tx, SCOPE, *Dimension)
        found = await plans(tx, ran)

    assert len(ran.found) == 1
    assert len([step for step in found if step.split()[1] == "questions"]) == 1, found

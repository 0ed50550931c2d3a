"""Show how messages are handed out to senders that come at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.store import Database
from bot.store.deliveries import Delivery, DeliveryDraft, mark_sent, put, take
from bot.store.records import DeliveryKind
from tests.store.samples import NOW, ask, entry, question, save

SLACK = "slack"
A_MINUTE = timedelta(minutes=1)
KEYS = [f"key-{number}" for number in range(6)]


async def filled(database: Database) -> Database:
    """Return the database with a message under each key."""
    async with database.transaction() as tx:
        await save(tx, entry("fees"))
        asked = [await ask(tx, question(key), "how?", author=key) for key in KEYS]
        assert await put(tx, [draft(*each) for each in zip(KEYS, asked, strict=True)], at=NOW, lasting=A_MINUTE) == 6
    return database


def draft(key: str, question_id: str) -> DeliveryDraft:
    """Return a message that answers a question."""
    return DeliveryDraft(key=key, kind=DeliveryKind.ANSWER, question_id=question_id, entry_id="fees", entry_version=1)


async def take_one(database: Database) -> Delivery | None:
    """Lease a message in a transaction of its own."""
    async with database.transaction() as tx:
        return await take(tx, SLACK, lease=A_MINUTE)


@pytest.fixture
async def second(database: Database, database_url: str) -> AsyncIterator[Database]:
    """Return the connections of another process to a database with messages."""
    await filled(database)
    other = Database(database_url)
    yield other
    await other.aclose()


async def test_of_many_who_come_at_once_each_gets_another_message(database: Database, second: Database) -> None:
    taken = await asyncio.gather(*[take_one((database, second)[at % 2]) for at in range(8)])

    assert sorted(one.key for one in taken if one is not None) == KEYS
    assert taken.count(None) == 2


async def test_the_oldest_is_taken_first(database: Database, second: Database) -> None:
    taken = [await take_one(second) for _ in KEYS]

    assert [one and one.key for one in taken] == KEYS
    assert [one and one.question.ref.message_id for one in taken] == KEYS


async def test_what_is_there_is_not_written_again(database: Database, second: Database) -> None:
    async with database.transaction() as tx:
        await mark_sent(tx, KEYS[0], message_id="s1")
        again = [draft(key, f"Q{number}") for number, key in enumerate(KEYS, 1)]
        assert await put(tx, again, at=NOW, lasting=A_MINUTE) == 0
        assert await put(tx, [], at=NOW, lasting=A_MINUTE) == 0


async def test_on_a_server_nobody_waits_for_who_takes_one(postgres_url: str) -> None:
    """SQLite lets writers in one by one anyway."""
    one, two = Database(postgres_url), Database(postgres_url)
    await filled(one)
    async with one.transaction() as tx, asyncio.timeout(30):
        first = await take(tx, SLACK, lease=A_MINUTE)
        second = await take_one(two)
    await one.aclose()
    await two.aclose()

    assert first is not None
    assert second is not None
    assert [first.key, second.key] == KEYS[:2]

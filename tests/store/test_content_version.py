"""Show how content versions are counted, and who waits for whom."""

import asyncio

from sqlalchemy import text

from bot.store import Database
from bot.store.entries import begin_change, content_version, lock_content
from bot.store.privacy import author_key
from bot.store.records import Change
from tests.store.samples import NOW


async def test_each_change_makes_the_next_content_version(database: Database) -> None:
    async with database.transaction() as tx:
        assert await content_version(tx) == 0
        change = await begin_change(tx, actor="ann", at=NOW, reason="fees rose")
        assert change == Change(actor="ann", at=NOW, reason="fees rose", content_version=1)
        assert (await begin_change(tx, actor="ann", at=NOW)).content_version == 2
        assert await content_version(tx) == 2


async def test_a_change_taken_back_makes_no_version(database: Database) -> None:
    async with database.transaction() as tx:
        await begin_change(tx, actor="ann", at=NOW)
        await tx.rollback()

    async with database.transaction() as tx:
        assert (await begin_change(tx, actor="ann", at=NOW)).content_version == 1


async def test_changes_at_once_get_versions_of_their_own(database: Database) -> None:
    async def change() -> int:
        async with database.transaction() as tx:
            return (await begin_change(tx, actor="ann", at=NOW)).content_version

    assert sorted(await asyncio.gather(*(change() for _ in range(20)))) == list(range(1, 21))


async def test_who_locks_the_content_reads_what_stays_true(database: Database) -> None:
    async def change() -> None:
        async with database.transaction() as tx:
            await lock_content(tx)
            before = await content_version(tx)
            await tx.execute(text("UPDATE meta SET content_version = :next"), {"next": before + 1})

    await asyncio.gather(*(change() for _ in range(20)))

    async with database.snapshot() as tx:
        assert await content_version(tx) == 20


async def test_the_key_for_authors_stays(database: Database) -> None:
    keys = set()
    for _ in range(2):
        async with database.snapshot() as tx:
            keys.add(await author_key(tx))

    assert [len(key) for key in keys] == [32]

"""Show what real processes do to one database at once, and what a killed one leaves behind."""

import pytest

from bot.core.models import Audience
from bot.store import Database, migration
from bot.store.entries import content_version, list_entries
from tests.processes import at_once, child
from tests.store import children
from tests.store.samples import entry, saved

pytestmark = pytest.mark.slow


async def test_two_writers_never_meet_a_lock(database: Database, database_url: str) -> None:
    done = at_once(children, "write", database_url)

    assert done == [children.TRANSACTIONS] * 2
    async with database.snapshot() as tx:
        assert await content_version(tx) == 2 * children.TRANSACTIONS


def test_a_message_is_claimed_by_one_process_and_the_other_gets_its_decision(database_url: str) -> None:
    first, second = at_once(children, "claim_all", database_url)

    for (mine, decided), (theirs, decided_there) in zip(first, second, strict=True):
        assert mine is not theirs
        assert decided == decided_there
    assert len(first) == children.MESSAGES


def test_a_phrase_goes_to_one_process(database_url: str) -> None:
    first, second = at_once(children, "take_phrases", database_url)

    assert sorted(first + second) == sorted(f"alias {number}" for number in range(children.PHRASES))


async def test_an_empty_database_is_upgraded_by_whoever_comes_first(empty_url: str) -> None:
    revisions = at_once(children, "upgrade", empty_url, processes=3)

    await migration.check(empty_url)
    assert revisions == [await migration.current(empty_url)] * 3


async def test_a_killed_process_leaves_nothing_changed(database: Database, database_url: str) -> None:
    await saved(database, entry("fees"))
    with child(children, "never_finish", database_url) as process:
        process.kill()

    (stored,) = await saved(database, entry("other"))
    assert stored.content_version == 2
    async with database.snapshot() as tx:
        left = {one.entry.id: one.entry.answer for one in await list_entries(tx, audience=Audience.INTERNAL)}
    assert left == {"fees": "At fees.", "other": "At other."}

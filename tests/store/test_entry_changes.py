"""Show what saving leaves behind: versions, revisions, the audit trail and what is known of imports."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.core.models import Audience, Origin, Status
from bot.errors import PhraseTakenError
from bot.store import Database, Transaction, audit
from bot.store.entries import begin_change, get_entry, list_entries
from bot.store.entry_changes import save_entries, save_entry
from bot.store.records import Draft, Imported
from bot.store.tables import EntryRevisionRow, EntryRow
from tests.store.samples import NOW, entry, save, saved


async def revisions(tx: Transaction, entry_id: str) -> list[EntryRevisionRow]:
    """Return the earlier versions of an entry, oldest first."""
    found = select(EntryRevisionRow).where(EntryRevisionRow.entry_id == entry_id).order_by(EntryRevisionRow.version)
    return list(await tx.scalars(found))


async def test_each_change_counts_and_leaves_the_version_before(database: Database) -> None:
    await saved(database, entry("fees", answer="One."))
    await saved(database, entry("fees", answer="Two."), entry("other"))
    (third,) = await saved(database, entry("fees", answer="Three.", aliases=("costs",)))

    assert (third.version, third.content_version, third.updated_at) == (3, 3, NOW)
    async with database.snapshot() as tx:
        first, second = await revisions(tx, "fees")
        assert await revisions(tx, "other") == []
    assert (first.version, first.content["answer"], first.replaced_by) == (1, "One.", "ann")
    assert (second.version, second.content["answer"], second.reason, second.replaced_at) == (2, "Two.", "test", NOW)
    assert [phrase["text"] for phrase in second.content["phrases"]] == ["Where is fees"]


async def test_the_audit_trail_has_what_changed(database: Database) -> None:
    await saved(database, entry("fees"))
    await saved(database, entry("fees", status=Status.RETIRED, staff_note="Too old."))

    async with database.snapshot() as tx:
        added, changed = await audit.read(tx, "entry:fees")
    assert (added.action, added.before, added.actor, added.at, added.reason) == ("add", None, "ann", NOW, "test")
    assert added.after is not None
    assert added.after["answer"] == "At fees."
    assert changed.action == "change"
    assert changed.before == {"status": "published", "staff_note": None}
    assert changed.after == {"status": "retired", "staff_note": "Too old."}


async def test_what_is_known_of_an_import_stays_until_the_next(database: Database) -> None:
    first = Imported(digest="d1", source="help centre", passages=("One page.", "Another page."))
    async with database.transaction() as tx:
        change = await begin_change(tx, actor="ann", at=NOW)
        await save_entry(tx, Draft(entry=entry("fees"), origin=Origin.IMPORT, imported=first), change=change)
    (edited,) = await saved(database, entry("fees", answer="Edited."))
    async with database.transaction() as tx:
        change = await begin_change(tx, actor="ann", at=NOW)
        draft = Draft(entry=entry("fees"), origin=Origin.IMPORT, imported=Imported(digest="d2"))
        again = await save_entry(tx, draft, change=change)

    assert edited.imported == first
    assert again.imported == Imported(digest="d2")


async def test_an_entry_of_our_own_was_never_imported(database: Database) -> None:
    (stored,) = await saved(database, entry("fees"))

    assert stored.imported is None


async def test_entries_come_back_in_the_order_of_the_drafts(database: Database) -> None:
    stored = await saved(database, entry("b"), entry("c"), entry("a"))

    assert [one.entry.id for one in stored] == ["b", "c", "a"]


async def test_saving_nothing_is_allowed(database: Database) -> None:
    assert await saved(database) == ()


@pytest.mark.slow
async def test_thousands_are_saved_at_once(database: Database) -> None:
    many = [entry(f"e{number}", aliases=(f"alias {number}",)) for number in range(1203)]
    await saved(database, *many)
    await saved(database, *[replace(one, answer="New.") for one in many])

    async with database.snapshot() as tx:
        stored = await list_entries(tx, audience=Audience.INTERNAL)
    assert {(one.entry.answer, one.version, len(one.phrases)) for one in stored} == {("New.", 2, 2)}
    assert len(stored) == 1203


async def test_phrasings_move_and_are_refused_among_more_than_are_written_at_a_time(database: Database) -> None:
    many = [entry(f"e{number}", aliases=(f"alias {number}",)) for number in range(600)]
    await saved(database, *many)
    moved = [replace(one, aliases=(f"alias {599 - number}",)) for number, one in enumerate(many)]
    assert [each.entry for each in await saved(database, *moved)] == moved

    both = [replace(moved[0], aliases=("mine",)), *moved[1:-1], replace(moved[-1], aliases=("mine",))]
    with pytest.raises(PhraseTakenError) as refused:
        await saved(database, *both)
    assert refused.value.entry_id == "e0"
    async with database.snapshot() as tx:
        stored = await list_entries(tx, audience=Audience.INTERNAL)
    assert sorted(each.entry.aliases for each in stored) == sorted(one.aliases for one in moved)


async def test_what_is_read_after_a_change_is_the_change(database: Database) -> None:
    async with database.transaction() as tx:
        await save(tx, entry("fees"))
        # What somebody holds, the session would hand out again.
        held = (await tx.scalars(select(EntryRow))).all()
        await save(tx, entry("fees", answer="New.", aliases=("costs",)))
        after = await get_entry(tx, "fees", audience=Audience.INTERNAL)

    assert len(held) == 1
    assert (after.entry.answer, after.entry.aliases, after.version) == ("New.", ("costs",), 2)


async def test_a_phrase_is_added_for_a_moderator(database: Database) -> None:
    await saved(database, entry("fees", aliases=("costs",)))
    async with database.transaction() as tx:
        change = await begin_change(tx, actor="mod", at=NOW)
        more = entry("fees", aliases=("costs", "what do I pay?"))
        stored = await save_entry(tx, Draft(entry=more, origin=Origin.MODERATOR), change=change)

    assert stored.entry.aliases == ("costs", "what do I pay?")
    assert [(phrase.origin, phrase.approved_by) for phrase in stored.phrases] == [
        (Origin.IMPORT, None),
        (Origin.IMPORT, None),
        (Origin.MODERATOR, "mod"),
    ]
    assert (stored.version, stored.content_version) == (2, 2)


async def test_a_phrase_keeps_its_origin_when_an_import_has_it_too(database: Database) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        change = await begin_change(tx, actor="mod", at=NOW)
        more = entry("fees", aliases=("what do I pay",))
        await save_entry(tx, Draft(entry=more, origin=Origin.MODERATOR), change=change)
        drafts = [Draft(entry=entry("fees", aliases=("What do I PAY?", "costs")), origin=Origin.IMPORT)]
        (stored,) = await save_entries(tx, drafts, change=change)

    assert [(phrase.text, phrase.origin, phrase.approved_by) for phrase in stored.phrases[1:]] == [
        ("What do I PAY?", Origin.MODERATOR, "mod"),
        ("costs", Origin.IMPORT, None),
    ]

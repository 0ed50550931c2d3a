"""Show what readers get of entries, and that the public side never gets what is internal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.core.models import Audience, Entry, Source, Status
from bot.errors import EntryNotFoundError
from bot.store import Database, Transaction
from bot.store.entries import get_entry, list_entries, load_entries
from bot.store.records import EntryFilter, StoredEntry
from tests.store.samples import entry, save, saved

FULL = Entry(
    id="fees",
    question="What are the fees?",
    answer="0.1 %.",
    aliases=("how much do I pay", "costs"),
    staff_note="VIPs pay less.",
    category="Trading",
    region="EU",
    locale="en-GB",
    source=Source(
        title="Fees", url="https://example.com/fees", published=date(2024, 1, 2), updated=date(2026, 2, 3), views=7
    ),
    owner="trading",
    review_by=date(2027, 1, 1),
)


def ids(stored: tuple[StoredEntry, ...]) -> list[str]:
    """Return the ids of entries in their order."""
    return [one.entry.id for one in stored]


async def test_an_entry_comes_back_as_it_was_saved(database: Database) -> None:
    await saved(database, FULL)

    async with database.snapshot() as tx:
        assert (await get_entry(tx, "fees", audience=Audience.INTERNAL)).entry == FULL
        assert (await get_entry(tx, "fees", audience=Audience.PUBLIC)).entry == replace(FULL, staff_note=None)


async def test_what_a_reader_may_not_see_does_not_exist(database: Database) -> None:
    await saved(database, entry("fraud", audience=Audience.INTERNAL))

    async with database.snapshot() as tx:
        for entry_id in ("fraud", "nobody"):
            with pytest.raises(EntryNotFoundError) as missing:
                await get_entry(tx, entry_id, audience=Audience.PUBLIC)
            assert missing.value.entry_id == entry_id
        assert (await get_entry(tx, "fraud", audience=Audience.INTERNAL)).entry.id == "fraud"


async def test_ids_that_may_have_been_meant_are_those_that_the_reader_may_see(database: Database) -> None:
    await saved(database, entry("change-email"), entry("change-emails", audience=Audience.INTERNAL), entry("fees"))

    async with database.snapshot() as tx:
        for audience, similar in (
            (Audience.PUBLIC, ("change-email",)),
            (Audience.INTERNAL, ("change-email", "change-emails")),
        ):
            with pytest.raises(EntryNotFoundError) as missing:
                await get_entry(tx, "change-emial", audience=audience)
            assert missing.value.similar == similar


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EntryFilter(), ["deposit", "fees", "fraud"]),
        (EntryFilter(categories=["Trading"]), ["fees"]),
        (EntryFilter(status=Status.DRAFT), ["deposit"]),
        (EntryFilter(audience=Audience.INTERNAL), ["fraud"]),
        (EntryFilter(text="HOW MUCH"), ["fees"]),
        (EntryFilter(text="At deposit"), ["deposit"]),
        (EntryFilter(text="%"), ["fees"]),
        (EntryFilter(text="e", audience=Audience.PUBLIC, status=Status.PUBLISHED), ["fees"]),
        (EntryFilter(text="nobody says this"), []),
    ],
)
async def test_filters(database: Database, wanted: EntryFilter, found: list[str]) -> None:
    await saved(database, FULL, entry("deposit", status=Status.DRAFT), entry("fraud", audience=Audience.INTERNAL))

    async with database.snapshot() as tx:
        assert ids(await list_entries(tx, audience=Audience.INTERNAL, wanted=wanted)) == found
        public = ids(await list_entries(tx, audience=Audience.PUBLIC, wanted=wanted))
    assert public == [one for one in found if one != "fraud"]


@pytest.mark.parametrize("wanted", ["c:\\TEMP", "temp\\", "\\", "100/50%_"])
async def test_characters_of_patterns_are_found_as_they_are_written(database: Database, wanted: str) -> None:
    await saved(
        database, entry("logs", answer=r"Look into C:\temp\ (100/50%_)."), entry("fees", answer="C:temp 100/50")
    )

    async with database.snapshot() as tx:
        assert ids(await list_entries(tx, audience=Audience.PUBLIC, wanted=EntryFilter(text=wanted))) == ["logs"]


@pytest.mark.parametrize("wanted", ["KÖLN", "köln", "ГДЕ", "где", "öFFNET"])
async def test_words_are_found_in_either_case_in_other_alphabets(database: Database, wanted: str) -> None:
    await saved(database, entry("cologne", question="Wo ist Köln? Где?", answer="Das Büro ÖFFNET um neun."), FULL)

    async with database.snapshot() as tx:
        assert ids(await list_entries(tx, audience=Audience.PUBLIC, wanted=EntryFilter(text=wanted))) == ["cologne"]


async def test_an_entry_found_by_one_phrase_has_them_all(database: Database) -> None:
    await saved(database, FULL)

    async with database.snapshot() as tx:
        (found,) = await list_entries(tx, audience=Audience.INTERNAL, wanted=EntryFilter(text="how much"))
    assert found.entry == FULL


async def test_a_full_load_has_the_published_entries(database: Database) -> None:
    await saved(
        database, entry("fees"), entry("old", status=Status.RETIRED), entry("fraud", audience=Audience.INTERNAL)
    )

    async with database.snapshot() as tx:
        public = await load_entries(tx, audience=Audience.PUBLIC)
        internal = await load_entries(tx, audience=Audience.INTERNAL)
        everything = await load_entries(tx, audience=Audience.INTERNAL, statuses=Status)
    assert (ids(public.entries), public.removed, public.content_version) == (["fees"], (), 1)
    assert (ids(internal.entries), internal.removed) == (["fees", "fraud"], ())
    assert ids(everything.entries) == ["fees", "fraud", "old"]


async def test_a_later_load_has_what_changed_and_what_is_gone(database: Database) -> None:
    await saved(database, entry("same"), entry("fees"), entry("old"), entry("leak"))
    await saved(database, entry("fees", answer="New."))
    await saved(database, entry("old", status=Status.RETIRED), entry("leak", audience=Audience.INTERNAL))

    async with database.snapshot() as tx:
        public = await load_entries(tx, audience=Audience.PUBLIC, since=1)
        internal = await load_entries(tx, audience=Audience.INTERNAL, since=1)
        nothing = await load_entries(tx, audience=Audience.PUBLIC, since=3)
    assert (ids(public.entries), public.removed, public.content_version) == (["fees"], ("leak", "old"), 3)
    assert (ids(internal.entries), internal.removed) == (["fees", "leak"], ("old",))
    assert (nothing.entries, nothing.removed, nothing.content_version) == ((), (), 3)


async def test_a_load_asks_for_the_version_first(database: Database) -> None:
    """So that a change which falls between two statements is loaded twice, and not never."""
    with statements() as run:
        async with database.transaction() as tx:
            await load_entries(tx, audience=Audience.PUBLIC)

    assert "FROM meta" in next(one for one in run if one.startswith("SELECT"))


async def test_staff_notes_stay_in_the_database_for_a_public_reader(database: Database) -> None:
    await saved(database, FULL)
    with statements() as run:
        async with database.snapshot() as tx:
            await load_entries(tx, audience=Audience.PUBLIC)
            await list_entries(tx, audience=Audience.PUBLIC)
            await get_entry(tx, "fees", audience=Audience.PUBLIC)

    assert run
    assert [one for one in run if "staff_note" in one] == []


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield the list that every statement of the block is added to."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@dataclass
class Index:
    """What a process knows of the entries, kept up with the store."""

    audience: Audience
    version: int = 0
    entries: dict[str, StoredEntry] = field(default_factory=dict)

    async def refresh(self, tx: Transaction) -> None:
        """Load what changed since the last time."""
        changes = await load_entries(tx, audience=self.audience, since=self.version)
        for entry_id in changes.removed:
            self.entries.pop(entry_id, None)
        self.entries |= {stored.entry.id: stored for stored in changes.entries}
        self.version = changes.content_version


@st.composite
def versions(draw: st.DrawFn) -> Entry:
    """Draw a version of one of three entries, of which everything that is internal says so."""
    entry_id, audience = draw(st.sampled_from("abc")), draw(st.sampled_from(Audience))
    mark = "secret" if audience is Audience.INTERNAL else "plain"
    aliases = draw(st.lists(st.sampled_from(["one", "two", "three"]), unique=True))
    return Entry(
        id=entry_id,
        question=f"{mark} {entry_id}",
        answer=mark,
        aliases=tuple(f"{mark} {entry_id} {alias}" for alias in aliases),
        staff_note=draw(st.sampled_from([None, "secret"])),
        audience=audience,
        status=draw(st.sampled_from(Status)),
    )


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(steps=st.lists(st.tuples(versions(), st.booleans()), max_size=8))
async def test_indexes_keep_up_and_the_public_one_stays_public(
    database: Database, steps: list[tuple[Entry, bool]]
) -> None:
    public, internal = Index(Audience.PUBLIC), Index(Audience.INTERNAL)
    async with database.transaction() as tx:
        for version, refresh in [*steps, (entry("last"), True)]:
            await save(tx, version)
            if refresh:
                await public.refresh(tx)
                await internal.refresh(tx)
                assert "secret" not in repr(public)
        assert "secret" not in repr(await list_entries(tx, audience=Audience.PUBLIC))
        for index in (public, internal):
            full = await load_entries(tx, audience=index.audience)
            assert index.entries == {stored.entry.id: stored for stored in full.entries}
            assert index.version == full.content_version
        await tx.rollback()

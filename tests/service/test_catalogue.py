"""Show how entries are listed, shown and changed."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.models import Audience, Entry, Origin, Source, Status
from bot.errors import EntryExistsError, EntryFieldError, EntryNotFoundError, PhraseTakenError
from bot.service.app import App
from bot.store import audit
from bot.store.records import EntryFilter
from tests.service.samples import FEES, NOW, WEB, ask, dump

BREAD = Entry(
    id="bread",
    question="Is there bread?",
    answer="Yes.\n\nDark and white.",
    aliases=("any bread left", "do you bake"),
    staff_note="From the oven next door.",
    audience=Audience.INTERNAL,
    category="Food",
    region="EU",
    locale="pt-BR",
    status=Status.DRAFT,
    source=Source(title="Bread", url="https://bread.example", published=date(2025, 1, 2), updated=NOW.date(), views=0),
    owner="kitchen",
    review_by=date(2027, 1, 2),
)


async def test_a_list_follows_the_filter_and_the_audience(app: App) -> None:
    everything = await app.catalogue.list()
    about = await app.catalogue.list(EntryFilter(text="FREEZE my"))
    public = await app.catalogue.list(audience=Audience.PUBLIC)

    assert [stored.entry.id for stored in everything] == ["fees", "freeze-app", "freeze-web", "limits"]
    assert [stored.entry.id for stored in about] == ["freeze-app", "freeze-web"]
    assert [stored.entry.id for stored in public] == ["fees", "freeze-app", "freeze-web"]


async def test_an_entry_is_shown_to_whom_it_is_for(app: App) -> None:
    assert (await app.catalogue.show("fees")).entry == FEES
    assert (await app.catalogue.show("fees", audience=Audience.PUBLIC)).entry.staff_note is None
    for entry_id, audience in (("limits", Audience.PUBLIC), ("nothing", Audience.INTERNAL)):
        with pytest.raises(EntryNotFoundError):
            await app.catalogue.show(entry_id, audience=audience)


async def test_an_added_entry_has_all_its_fields(app: App) -> None:
    stored = await app.catalogue.add(BREAD, actor="mod")

    assert stored.entry == BREAD
    assert (await app.catalogue.show("bread")) == stored
    assert {(phrase.origin, phrase.approved_by) for phrase in stored.phrases} == {(Origin.MODERATOR, "mod")}
    assert stored.updated_at == NOW


async def test_an_added_entry_is_live_at_once(app: App) -> None:
    await ask(app, FEES.question, "m1")
    await app.catalogue.add(replace(BREAD, audience=Audience.PUBLIC, status=Status.PUBLISHED), actor="mod")
    asked = await ask(app, "any bread left", "m2")

    assert asked.reply is not None
    assert asked.reply.entry_id == "bread"


async def test_an_id_that_is_taken_is_refused(app: App) -> None:
    with pytest.raises(EntryExistsError) as refused:
        await app.catalogue.add(replace(BREAD, id="limits"), actor="mod")

    assert refused.value.entry_id == "limits"


async def test_an_added_entry_is_tidied_as_in_a_file(app: App) -> None:
    untidy = replace(BREAD, question="  Is\nthere  bread? ", answer=" Yes.\n", aliases=("any\tbread", "ANY bread!"))
    stored = await app.catalogue.add(untidy, actor="mod")

    assert (stored.entry.question, stored.entry.answer) == ("Is there bread?", "Yes.")
    assert stored.entry.aliases == ("any bread",)


WRONG = {
    "id": "Bread!",
    "question": "x" * 301,
    "answer": "x" * 20_001,
    "staff_note": "\x07",
    "category": "x" * 101,
    "locale": "english",
    "owner": "\ud800",
}


@pytest.mark.parametrize(("field", "value"), WRONG.items())
async def test_an_added_entry_with_a_wrong_value_is_refused(app: App, field: str, value: str) -> None:
    with pytest.raises(EntryFieldError) as refused:
        await app.catalogue.add(replace(BREAD, **{field: value}), actor="mod")  # type: ignore[arg-type]  # all are texts

    assert (refused.value.field, refused.value.value) == (field, value)
    assert refused.value.expected


@pytest.mark.parametrize("alias", ["", "x" * 301, "\x07", "?!"])
async def test_a_wrong_alias_is_refused(app: App, alias: str) -> None:
    for attempt in (app.catalogue.add(replace(BREAD, aliases=(alias,)), actor="m"), _alias(app, alias)):
        with pytest.raises(EntryFieldError) as refused:
            await attempt
        assert refused.value.field == "aliases"


async def _alias(app: App, alias: str) -> None:
    await app.catalogue.add_alias("fees", alias, actor="mod")


CHANGES = {
    "question": "Is there any bread?",
    "answer": "No.",
    "staff_note": "None.",
    "audience": "public",
    "category": "Bakery",
    "region": "US",
    "locale": "en",
    "status": "published",
    "owner": "bakery",
    "review_by": "2028-02-29",
    "source.title": "Loaf",
    "source.url": "https://loaf.example/a",
    "source.published": "2025-02-03",
    "source.updated": "2025-03-04",
    "source.views": "0017",
}


async def test_every_field_can_be_changed(app: App) -> None:
    await app.catalogue.add(BREAD, actor="mod")
    stored = await app.catalogue.edit("bread", CHANGES, actor="ann", reason="new baker")

    assert stored.entry == Entry(
        id="bread",
        question="Is there any bread?",
        answer="No.",
        aliases=BREAD.aliases,
        staff_note="None.",
        audience=Audience.PUBLIC,
        category="Bakery",
        region="US",
        locale="en",
        status=Status.PUBLISHED,
        source=Source(
            title="Loaf",
            url="https://loaf.example/a",
            published=date(2025, 2, 3),
            updated=date(2025, 3, 4),
            views=17,
        ),
        owner="bakery",
        review_by=date(2028, 2, 29),
    )
    async with app.database.snapshot() as tx:
        _, changed = await audit.read(tx, "entry:bread")
    assert (changed.actor, changed.reason, changed.at) == ("ann", "new baker", NOW)


async def test_fields_that_may_be_empty_can_be_emptied(app: App) -> None:
    await app.catalogue.add(BREAD, actor="mod")
    names = ("staff_note", "category", "region", "owner", "review_by", "source.title", "source.url", "source.published")
    stored = await app.catalogue.edit("bread", dict.fromkeys((*names, "source.updated", "source.views")), actor="mod")

    bare = replace(BREAD, staff_note=None, category=None, region=None, owner=None, review_by=None, source=Source())
    assert stored.entry == bare


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("question", None),
        ("answer", None),
        ("audience", None),
        ("locale", None),
        ("status", None),
        ("question", " "),
        ("audience", "guests"),
        ("status", "gone"),
        ("review_by", "2027-02-29"),
        ("source.url", "bread.example"),
        ("source.views", "-1"),
        ("source.views", "2147483648"),
        ("source.views", "99999999999999999999"),
        ("id", "loaf"),
        ("aliases", "loaf"),
        ("source", "loaf"),
        ("sauce", "tomato"),
        ("sauce", None),
    ],
)
async def test_a_change_that_cannot_be_is_refused(app: App, database_url: str, field: str, written: str | None) -> None:
    before = await dump(database_url)
    with pytest.raises(EntryFieldError) as refused:
        await app.catalogue.edit("fees", {"answer": "No.", field: written}, actor="mod")

    assert (refused.value.field, refused.value.value) == (field, written or "")
    assert refused.value.expected
    assert await dump(database_url) == before


async def test_what_changes_nothing_leaves_no_trace(app: App, database_url: str) -> None:
    before = await dump(database_url)
    await app.catalogue.edit("fees", {"answer": " One coin. ", "category": None}, actor="mod")
    await app.catalogue.edit("fees", {}, actor="mod")
    await app.catalogue.add_alias("fees", "how much does a WITHDRAWAL cost", actor="mod")

    assert await dump(database_url) == before


async def test_an_alias_is_added_behind_the_others_and_live_at_once(app: App) -> None:
    await app.catalogue.add_alias("fees", " what do\nyou charge ", actor="mod")
    stored = await app.catalogue.add_alias("fees", "price list", actor="ann")

    assert stored.entry.aliases == ("what do you charge", "price list")
    assert [phrase.approved_by for phrase in stored.phrases] == [None, "mod", "ann"]
    asked = await ask(app, "what do you charge")
    assert asked.reply is not None
    assert asked.reply.entry_id == "fees"


async def test_an_alias_of_another_entry_is_refused_naming_it(app: App, database_url: str) -> None:
    before = await dump(database_url)
    with pytest.raises(PhraseTakenError) as refused:
        await app.catalogue.add_alias("fees", WEB.question, actor="mod")

    assert (refused.value.phrase, refused.value.entry_id, refused.value.retired) == (WEB.question, "freeze-web", False)
    assert await dump(database_url) == before


async def test_an_alias_of_a_retired_entry_is_refused_as_such(app: App) -> None:
    await app.catalogue.edit("freeze-web", {"status": "retired"}, actor="mod")
    with pytest.raises(PhraseTakenError) as refused:
        await app.catalogue.add_alias("fees", WEB.question, actor="mod")

    assert (refused.value.entry_id, refused.value.retired) == ("freeze-web", True)


async def test_a_retired_entry_is_gone_at_once_and_can_come_back(app: App) -> None:
    retired = await app.catalogue.edit("fees", {"status": "retired"}, actor="mod", reason="too dear")
    known = (await app.knowledge.index(Audience.PUBLIC)).entries
    assert (retired.entry.status, "fees" in known) == (Status.RETIRED, False)

    await app.catalogue.edit("fees", {"status": "published"}, actor="mod")
    asked = await ask(app, FEES.question)
    assert asked.reply is not None
    assert asked.reply.entry_id == "fees"


async def test_an_unknown_entry_cannot_be_changed(app: App) -> None:
    for attempt in (
        app.catalogue.edit("nothing", {"answer": "x"}, actor="mod"),
        app.catalogue.add_alias("nothing", "any words", actor="mod"),
    ):
        with pytest.raises(EntryNotFoundError) as refused:
            await attempt
        assert refused.value.entry_id == "nothing"


async def test_a_dry_run_returns_what_would_be_and_keeps_nothing(app: App, database_url: str) -> None:
    before = await dump(database_url)
    added = await app.catalogue.add(BREAD, actor="mod", dry_run=True)
    edited = await app.catalogue.edit("fees", {"answer": "Two."}, actor="mod", correct=True, dry_run=True)
    aliased = await app.catalogue.add_alias("fees", "  wd   fee ", actor="mod", dry_run=True)
    retired = await app.catalogue.edit("fees", {"status": "retired"}, actor="mod", dry_run=True)

    assert added.entry == BREAD
    assert edited.entry == replace(FEES, answer="Two.")
    assert aliased.entry == replace(FEES, aliases=("wd fee",))
    assert retired.entry == replace(FEES, status=Status.RETIRED)
    assert await dump(database_url) == before


async def test_a_dry_run_refuses_what_the_change_would(app: App) -> None:
    with pytest.raises(PhraseTakenError):
        await app.catalogue.add_alias("fees", WEB.question, actor="mod", dry_run=True)
    with pytest.raises(EntryExistsError):
        await app.catalogue.add(FEES, actor="mod", dry_run=True)

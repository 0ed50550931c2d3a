"""Show what an import writes, what it leaves alone, and what it tells."""

from dataclasses import replace

import pytest

from bot.core.models import Audience, Origin, Status
from bot.errors import InvalidInputError
from bot.formats import Document, collect
from bot.formats.reading import read
from bot.resources import resource
from bot.service.app import App
from bot.service.imports import ImportReport, KeptFields
from bot.service.resolutions import NewAnswer
from bot.store import Database, audit
from bot.store.records import StoredEntry
from tests.service.samples import NOW, ask, dump, faq, services
from tests.shared import shared

MENU = faq("""
    - id: soup
      question: What soup is there?
      aliases: [soup of the day]
      answer: Leek.
      category: Food
    - id: wine
      question: Which wines are there?
      answer: Red and white.
""")


def menu(**changes: str) -> Document:
    """Return the menu with another text in places."""
    soup, wine = MENU.records
    aliases = (changes.pop("alias", soup.aliases[0]),)
    passages = (changes.pop("answer", soup.passages[0]),)
    return Document(records=(replace(soup, aliases=aliases, passages=passages, **changes), wine))  # type: ignore[arg-type]  # all are texts


async def bring(app: App, *documents: Document, source: str | None = None, dry_run: bool = False) -> ImportReport:
    """Import documents."""
    return await app.imports.import_documents(documents, source=source, actor="ann", dry_run=dry_run)


async def show(app: App, entry_id: str) -> StoredEntry:
    """Return an entry."""
    return await app.catalogue.show(entry_id)


def ids(report: ImportReport) -> dict[str, list[str]]:
    """Return the ids under each heading of a report, those that have one."""
    found = {name: [each.id for each in getattr(report, name)] for name in report.__slots__ if name != "told"}
    return {name: each for name, each in found.items() if each}


async def test_what_reads_as_it_is_stored_is_not_held_twice(app: App) -> None:
    collected = collect([MENU])
    await app.imports.import_collected(collected, actor="ann")
    await app.catalogue.edit("wine", {"answer": "Red only."}, actor="ben")
    soup, wine = (await app.imports.import_collected(collected, actor="ann")).unchanged

    assert soup.before is soup.after is collected.entries[0].entry
    assert wine.after == wine.before == (await show(app, "wine")).entry


async def test_new_entries_are_written_and_answered_from(app: App) -> None:
    report = await bring(app, MENU)

    assert ids(report) == {"new": ["soup", "wine"]}
    assert [each.place for each in report.new] == ["faq.yaml:2", "faq.yaml:7"]
    stored = await show(app, "soup")
    assert (stored.entry.answer, stored.entry.category, stored.updated_at) == ("Leek.", "Food", NOW)
    assert [(phrase.text, phrase.origin, phrase.approved_by) for phrase in stored.phrases] == [
        ("What soup is there?", Origin.IMPORT, None),
        ("soup of the day", Origin.IMPORT, None),
    ]
    asked = await ask(app, "soup of the day")
    assert asked.reply is not None
    assert asked.reply.text == "Leek."


async def test_the_same_files_again_write_nothing(app: App, database_url: str) -> None:
    await bring(app, MENU)
    before = await dump(database_url)

    assert ids(await bring(app, MENU)) == {"unchanged": ["soup", "wine"]}
    assert await dump(database_url) == before


async def test_a_changed_record_changes_its_entry_alone(app: App) -> None:
    await bring(app, MENU)
    report = await bring(app, menu(answer="Tomato.", alias="todays soup"))

    assert ids(report) == {"changed": ["soup"], "unchanged": ["wine"]}
    soup, wine = await show(app, "soup"), await show(app, "wine")
    assert (soup.entry.answer, soup.entry.aliases, soup.version) == ("Tomato.", ("todays soup",), 2)
    assert wine.version == 1
    async with app.database.snapshot() as tx:
        added, changed = await audit.read(tx, "entry:soup")
    assert (added.actor, added.action, changed.action, changed.reason) == ("ann", "add", "change", "import")


async def test_a_dry_run_tells_the_same_and_writes_nothing(app: App, database_url: str) -> None:
    await bring(app, MENU)
    before = await dump(database_url)
    other = faq("- {id: bread, question: Is there bread?, answer: Yes.}", "bread.yaml")
    told = await bring(app, menu(answer="Tomato."), other, dry_run=True)

    assert await dump(database_url) == before
    assert told == await bring(app, menu(answer="Tomato."), other)
    assert ids(told) == {"new": ["bread"], "changed": ["soup"], "unchanged": ["wine"]}


async def test_a_dry_run_finds_the_same_faults(app: App) -> None:
    with pytest.raises(InvalidInputError):
        await bring(app, faq("- {id: x, question: How much does a withdrawal cost?, answer: Much.}"), dry_run=True)


async def test_phrasings_of_moderators_stay(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.add_alias("soup", "anything hot", actor="mod")
    await bring(app, menu(answer="Tomato.", alias="todays soup"))

    stored = await show(app, "soup")
    assert stored.entry.aliases == ("todays soup", "anything hot")
    assert [(phrase.origin, phrase.approved_by) for phrase in stored.phrases] == [
        (Origin.IMPORT, None),
        (Origin.IMPORT, None),
        (Origin.MODERATOR, "mod"),
    ]


async def test_a_phrasing_that_moderators_and_file_share_stays_that_of_the_moderators(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.add_alias("soup", "anything hot", actor="mod")
    await bring(app, menu(alias="Anything HOT"))
    await bring(app, menu(alias="todays soup"))

    assert (await show(app, "soup")).entry.aliases == ("todays soup", "Anything HOT")


async def test_what_moderators_edited_stays_however_often_the_file_changes(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"answer": "Ask the cook.", "source.url": "https://cook.example"}, actor="mod")
    second = await bring(app, menu(answer="Tomato.", category="Starters"))
    third = await bring(app, menu(answer="Potato.", category="Starters"))

    assert ids(second) == {"changed": ["soup"], "unchanged": ["wine"], "kept": ["soup"]}
    assert second.kept == third.kept == (KeptFields(id="soup", place="faq.yaml:2", fields=("answer",)),)
    entry = (await show(app, "soup")).entry
    assert (entry.answer, entry.category, entry.source.url) == ("Ask the cook.", "Starters", "https://cook.example")


async def test_a_file_that_says_what_the_moderators_said_keeps_nothing_back(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"answer": "Tomato."}, actor="mod")

    assert ids(await bring(app, menu(answer="Tomato."))) == {"unchanged": ["soup", "wine"]}


async def test_a_retired_entry_stays_retired(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"status": "retired"}, actor="mod")
    report = await bring(app, menu(answer="Tomato."))

    assert [each.fields for each in report.kept] == [("status",)]
    entry = (await show(app, "soup")).entry
    assert (entry.status, entry.answer) == (Status.RETIRED, "Tomato.")


async def test_a_question_that_a_moderator_reworded_is_still_the_entry_of_its_title(app: App) -> None:
    page = faq("What soup is there?\n\nLeek.\n", "menu.txt")
    await bring(app, page)
    await app.catalogue.edit("what-soup-is-there", {"question": "Which soup do you have today?"}, actor="mod")
    report = await bring(app, faq("What soup is there?\n\nTomato.\n", "menu.txt"))

    assert ids(report) == {"changed": ["what-soup-is-there"], "kept": ["what-soup-is-there"]}
    entry = (await show(app, "what-soup-is-there")).entry
    assert (entry.question, entry.answer) == ("Which soup do you have today?", "Tomato.")


async def test_an_entry_that_a_moderator_wrote_stays_as_it_is(app: App, database_url: str) -> None:
    asked = await ask(app, "what soup is there")
    await app.review.answer(asked.question_id, NewAnswer(answer="Ask the cook."), actor="mod")
    before = await dump(database_url)
    report = await bring(app, faq("What soup is there?\n\nLeek.\n", "menu.txt"))

    assert ids(report) == {"unchanged": ["what-soup-is-there"], "kept": ["what-soup-is-there"]}
    assert await dump(database_url) == before


async def test_phrasings_may_move_between_entries(app: App) -> None:
    await bring(app, MENU)
    soup, wine = MENU.records
    moved = Document(records=(replace(soup, aliases=()), replace(wine, aliases=soup.aliases)))

    assert ids(await bring(app, moved)) == {"changed": ["soup", "wine"]}
    assert (await show(app, "wine")).entry.aliases == soup.aliases


async def test_records_that_name_no_audience_get_that_of_the_import(app: App) -> None:
    await app.imports.import_documents([MENU], audience=Audience.INTERNAL, actor="ann")

    assert (await show(app, "soup")).entry.audience is Audience.INTERNAL
    assert "soup" not in (await app.knowledge.index(Audience.PUBLIC)).entries


async def test_the_real_pages(database: Database, database_url: str) -> None:
    app = services(database)
    pages = [read(path.name, path.read_bytes()) for path in sorted(shared("seeds").glob("*.txt"))]
    report = await bring(app, *pages, source="help centre")
    before = await dump(database_url)

    assert (len(report.new), len(report.merged)) == (70, 3)
    assert ids(await bring(app, *pages, source="help centre")).keys() == {"unchanged", "merged"}
    for page in pages:
        assert "changed" not in ids(await bring(app, page, source="help centre"))
    assert await dump(database_url) == before


async def test_the_pack_comes_in_and_changes_nothing_the_second_time(app: App) -> None:
    files = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]

    assert len((await bring(app, *files, source="pack")).new) >= 40
    assert ids(await bring(app, *files, source="pack")).keys() == {"unchanged"}

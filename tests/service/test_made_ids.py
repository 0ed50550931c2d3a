"""Show which ids entries get whose files name none, also beside entries that have those ids."""

from bot.core.models import Entry
from bot.formats import Document
from bot.service.app import App
from tests.service.samples import faq
from tests.service.test_import_faults import problems
from tests.service.test_imports import bring, ids, show

FRIDAY, MONDAY = (
    f"What must I bring along when I come to the bar in the evening on a {day}?" for day in ("Fri", "Mon")
)


def without_id(question: str, answer: str = "Yes.", name: str = "faq.yaml") -> Document:
    """Return a file with an entry that has no id."""
    return faq(f"- question: '{question}'\n  answer: '{answer}'", name)


async def test_an_entry_of_a_file_without_ids_is_known_by_its_title(app: App) -> None:
    assert ids(await bring(app, without_id("Wo ist die Bar?"))) == {"new": ["wo-ist-die-bar"]}
    assert ids(await bring(app, without_id("Wo ist die Bar?"))) == {"unchanged": ["wo-ist-die-bar"]}
    assert ids(await bring(app, without_id("wo ist die bar", "Links."))) == {"changed": ["wo-ist-die-bar"]}


async def test_an_id_that_another_entry_has_gets_a_number_for_good(app: App) -> None:
    await app.catalogue.add(Entry(id="where-is-it", question="Where is my money?", answer="?"), actor="mod")
    assert ids(await bring(app, without_id("Where is it?"))) == {"new": ["where-is-it-2"]}
    assert ids(await bring(app, without_id("Where is it?"))) == {"unchanged": ["where-is-it-2"]}
    await app.catalogue.edit("where-is-it-2", {"question": "Where is the bar?"}, actor="mod")
    assert ids(await bring(app, without_id("Where is it?", "Left.")))["changed"] == ["where-is-it-2"]
    assert (await show(app, "where-is-it")).entry.answer == "?"


async def test_an_id_that_another_record_of_the_import_names_gets_a_number(app: App) -> None:
    named = faq("- id: is-there-rye\n  question: Is there bread of rye?\n  answer: No.", "named.yaml")
    assert ids(await bring(app, named, without_id("Is there rye?"))) == {"new": ["is-there-rye-2", "is-there-rye"]}
    assert ids(await bring(app, without_id("Is there rye?"))) == {"unchanged": ["is-there-rye-2"]}


async def test_titles_that_begin_alike_keep_their_ids_in_whatever_company(app: App) -> None:
    (first,) = ids(await bring(app, without_id(MONDAY)))["new"]
    both = (without_id(FRIDAY, name="a.yaml"), without_id(MONDAY, name="b.yaml"))
    assert ids(await bring(app, *both)) == {"new": [f"{first}-2"], "unchanged": [first]}
    assert ids(await bring(app, *both)) == {"unchanged": [f"{first}-2", first]}
    assert ids(await bring(app, without_id(FRIDAY, "Money."))) == {"changed": [f"{first}-2"]}
    third = without_id(f"{FRIDAY[:-4]}Sun?", name="c.yaml")
    assert ids(await bring(app, third)) == {"new": [f"{first}-3"]}


async def test_of_titles_that_begin_alike_only_the_one_whose_number_is_taken_gets_another(app: App) -> None:
    files = (without_id(FRIDAY, name="a.yaml"), without_id("Where is it?", name="b.yaml"))
    (first, _) = ids(await bring(app, *files))["new"]
    await app.catalogue.add(Entry(id=f"{first}-2", question="Where is my money?", answer="?"), actor="mod")
    told = ids(await bring(app, *files, without_id(MONDAY, name="c.yaml")))
    assert told == {"new": [f"{first}-3"], "unchanged": [first, "where-is-it"]}


async def test_an_entry_of_another_source_with_the_same_title_is_not_replaced(app: App) -> None:
    await bring(app, without_id("Where is it?"), source="menu")
    assert await problems(app, without_id("Where is it?", "Left."), source="other") == [
        "faq.yaml:1: id: the id 'where-is-it' is that of an entry that was imported from the source 'menu'"
    ]

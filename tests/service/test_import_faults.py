"""Show that an import that cannot be made changes nothing, and tells everything that speaks against it."""

import pytest
from sqlalchemy import text

from bot.core.fields import ANSWER_LIMIT
from bot.core.models import Audience
from bot.errors import DatabaseFullError, InvalidInputError, Problem
from bot.formats import Document
from bot.service.app import App
from bot.store import Database
from tests.processes import child
from tests.service import children
from tests.service.children import ENTRIES, many
from tests.service.samples import FEES, LIMITS, dump, faq, services
from tests.service.test_imports import MENU, bring, ids, menu


async def problems(app: App, *documents: Document, source: str | None = None) -> list[str]:
    """Return the problems of an import as people see them, the remedies aside."""
    with pytest.raises(InvalidInputError) as refused:
        await bring(app, *documents, source=source)
    return [_shown(problem) for problem in refused.value.problems]


def _shown(problem: Problem) -> str:
    assert problem.remedy
    return f"{problem.where}:{problem.line}: {problem.field}: {problem.what}"


async def test_all_problems_are_told_together_and_nothing_is_written(app: App, database_url: str) -> None:
    await bring(app, MENU, source="menu")
    before = await dump(database_url)
    found = await problems(
        app,
        faq("- {id: bread, question: Is there bread?, answer: Yes., audience: guests}", "reader.yaml"),
        faq("- {id: one, question: How late is it?, answer: Ten.}", "one.yaml"),
        faq("- {id: two, question: how late is it, answer: Nine.}", "two.yaml"),
        faq("- {id: x, question: How dear is it?, aliases: [how much does a WITHDRAWAL cost], answer: Ten.}", "x.yaml"),
        menu(answer="Tomato."),
    )

    assert found == [
        "reader.yaml:1: audience: 'guests' is not known here",
        "two.yaml:1: question: 'how late is it' is already a phrasing of 'one' (one.yaml:1)",
        "faq.yaml:2: id: the id 'soup' is that of an entry that was imported from the source 'menu'",
        "faq.yaml:7: id: the id 'wine' is that of an entry that was imported from the source 'menu'",
        "x.yaml:1: aliases: 'how much does a WITHDRAWAL cost' is already a phrasing of 'fees'",
    ]
    assert await dump(database_url) == before


async def test_a_phrasing_of_a_moderator_on_another_entry_is_a_problem(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.add_alias("wine", "anything hot", actor="mod")

    assert await problems(app, menu(alias="Anything hot?")) == [
        "faq.yaml:2: aliases: 'Anything hot?' is already a phrasing of 'wine'"
    ]


async def test_phrasings_that_only_matching_holds_for_the_same(app: App) -> None:
    """The reader compares letters; what is asked for is found by cleaner words."""
    document = faq("- {id: one, question: 'Helppp me', answer: One.}\n- {id: two, question: 'helpp me', answer: Two.}")

    assert await problems(app, document) == [
        "faq.yaml:2: question: 'helpp me' is already a phrasing of 'one' (faq.yaml:1)"
    ]


async def test_a_phrasing_of_a_retired_entry_is_told_as_such(app: App) -> None:
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")

    assert await problems(app, faq(f"- {{id: costs, question: '{FEES.question}', answer: Much.}}")) == [
        f"faq.yaml:1: question: '{FEES.question}' is already a phrasing of 'fees', which is retired"
    ]


async def test_a_phrasing_for_other_readers_is_no_problem(app: App) -> None:
    document = faq(f"- {{id: public-limits, question: '{LIMITS.question}', answer: Ask us.}}")

    assert ids(await bring(app, document)) == {"new": ["public-limits"]}


@pytest.mark.parametrize("phrase", ["@everyone", "https://example.org/x", ":tada:"])
async def test_a_phrasing_without_words_is_a_problem(app: App, phrase: str) -> None:
    assert await problems(app, menu(alias=phrase)) == [f"faq.yaml:2: aliases: '{phrase}' has no words to match"]


async def test_a_phrasing_without_letters_is_told_once(app: App) -> None:
    assert await problems(app, menu(alias="?!")) == ["faq.yaml:2: aliases: '?!' has no letters or digits"]


async def test_a_wording_that_a_moderator_took_off_an_entry_is_free_for_others(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"question": "Is there soup?"}, actor="mod")
    await app.catalogue.add_alias("fees", "What soup is there?", actor="mod")

    assert ids(await bring(app, menu(answer="Tomato.")))["changed"] == ["soup"]


async def test_a_phrasing_that_is_long_when_written_out_is_a_problem(app: App) -> None:
    (found,) = await problems(app, menu(alias="\ufdfa " * 100))

    assert found == "faq.yaml:2: aliases: its words have 1,899 characters, more than 500"


async def test_an_entry_that_a_moderator_wrote_is_not_replaced_by_one_with_its_id(app: App) -> None:
    (found,) = await problems(app, faq("- {id: fees, question: What are the fees?, answer: None.}"))

    assert found.startswith(f"faq.yaml:1: id: the id 'fees' is that of another entry, '{FEES.question}'")


async def test_an_entry_of_another_source_is_not_replaced(app: App) -> None:
    await bring(app, MENU)

    assert await problems(app, menu(answer="Tomato."), source="kitchen") == [
        f"faq.yaml:{line}: id: the id '{each}' is that of an entry that was imported without a source"
        for line, each in ((2, "soup"), (7, "wine"))
    ]


async def test_an_answer_that_grew_too_long_over_several_imports(app: App) -> None:
    half = ANSWER_LIMIT // 2 - 1
    page = "What soup is there?\n{}.Published on 5 Sept 2023Updated on 24 Apr 2026"
    await bring(app, faq(page.format("a" * half), "one.txt"))

    assert await problems(app, faq(page.format("b" * half), "two.txt")) == [
        "two.txt:1: answer: with what is stored, the answer has 20,002 characters, more than 20,000"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["stop_before_phrases", "stop_before_commit"])
async def test_a_killed_process_leaves_nothing_changed(app: App, database_url: str, moment: str) -> None:
    await bring(app, MENU)
    before = await dump(database_url)
    with child(children, moment, database_url) as process:
        process.kill()

    assert await dump(database_url) == before
    report = await bring(app, many())
    assert (len(report.new), [each.id for each in report.changed]) == (ENTRIES, ["soup"])


@pytest.mark.slow
async def test_a_full_disk_leaves_nothing_changed(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    app = services(database)
    await bring(app, MENU)
    before = await dump(sqlite_url)
    await _leave_room(database, pages=20)
    with pytest.raises(DatabaseFullError) as refused:
        await bring(app, many())

    assert refused.value.place == database.place
    assert await dump(sqlite_url) == before
    await _leave_room(database, pages=100_000)
    assert len((await bring(app, many())).new) == ENTRIES
    await database.aclose()


async def _leave_room(database: Database, *, pages: int) -> None:
    """Limit the growth of the file to a few pages; the limit is one of the connection, which is used again."""
    async with database.transaction() as tx:
        used = (await tx.execute(text("PRAGMA page_count"))).scalar_one()
        await tx.execute(text(f"PRAGMA max_page_count = {used + pages}"))


async def test_what_the_audience_of_an_import_may_not_change(app: App) -> None:
    """A file that leaves the audience out cannot make an internal entry of a moderator public."""
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"audience": "internal"}, actor="mod")
    report = await bring(app, menu(answer="Tomato."))

    assert [each.fields for each in report.kept] == [("audience",)]
    assert (await app.catalogue.show("soup")).entry.audience is Audience.INTERNAL

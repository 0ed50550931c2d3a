"""Show what an import does to entries that a source has no longer, and to what people edited."""

from dataclasses import replace

import pytest

from bot.core.models import Status
from bot.errors import InvalidInputError
from bot.formats import Document
from bot.service.app import App
from bot.service.import_plan import Edits
from bot.service.imports import ImportReport
from tests.service.samples import faq

MENU = faq("""
    - id: soup
      question: What soup is there?
      answer: Leek.
    - id: wine
      question: Which wines are there?
      answer: Red and white.
""")
SOUP_ONLY = Document(records=MENU.records[:1])
OTHER_SOUP = Document(records=(replace(MENU.records[0], passages=("Pea.",)), MENU.records[1]))


async def bring(app: App, document: Document, source: str | None = "wiki", **ways: object) -> ImportReport:
    """Import a document."""
    return await app.imports.import_documents([document], source=source, actor="ann", **ways)  # type: ignore[arg-type]  # all are ways of an import


async def status(app: App, entry_id: str) -> Status:
    """Return the status of an entry."""
    return (await app.catalogue.show(entry_id)).entry.status


async def test_what_a_source_has_no_longer_is_named_and_stays(app: App) -> None:
    await bring(app, MENU)
    (gone,) = (await bring(app, SOUP_ONLY)).gone
    assert (gone.id, gone.edited, gone.retired) == ("wine", False, False)
    assert await status(app, "wine") is Status.PUBLISHED


async def test_pruning_retires_it_once_and_it_comes_back_with_the_source(app: App) -> None:
    await bring(app, MENU)
    dry = await bring(app, SOUP_ONLY, prune=True, dry_run=True)
    assert [each.retired for each in dry.gone] == [True]
    assert await status(app, "wine") is Status.PUBLISHED

    await bring(app, SOUP_ONLY, prune=True)
    assert await status(app, "wine") is Status.RETIRED
    assert (await bring(app, SOUP_ONLY, prune=True)).gone == ()

    assert [each.id for each in (await bring(app, MENU)).changed] == ["wine"]
    assert await status(app, "wine") is Status.PUBLISHED


async def test_pruning_touches_no_other_source_and_nothing_of_a_person(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("wine", {"answer": "Ours."}, actor="bob")
    await bring(app, faq("- {id: tea, question: 'Is there tea?', answer: Yes.}"), source="blog")
    await bring(app, faq("- {id: ale, question: 'Is there ale?', answer: Yes.}"), source=None)

    (gone,) = (await bring(app, SOUP_ONLY, prune=True)).gone
    assert (gone.id, gone.edited, gone.retired) == ("wine", True, False)
    assert [await status(app, each) for each in ("wine", "tea", "ale")] == [Status.PUBLISHED] * 3


async def test_files_without_a_source_name_nothing_as_gone(app: App) -> None:
    await bring(app, MENU, source=None)
    assert (await bring(app, SOUP_ONLY, source=None)).gone == ()


async def test_an_edit_is_kept_and_told_until_it_is_settled(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"answer": "Ours."}, actor="bob")
    for edits, told in ((Edits.KEPT, 1), (Edits.KEPT, 1), (Edits.OURS, 1), (Edits.KEPT, 0)):
        assert len((await bring(app, OTHER_SOUP, edits=edits)).kept) == told
        assert (await app.catalogue.show("soup")).entry.answer == "Ours."
    # Another word in the file is another conflict.
    assert len((await bring(app, MENU)).kept) == 1


async def test_the_words_of_the_file_can_replace_an_edit(app: App) -> None:
    await bring(app, MENU)
    await app.catalogue.edit("soup", {"answer": "Ours."}, actor="bob")
    report = await bring(app, OTHER_SOUP, edits=Edits.THEIRS)
    assert (report.kept, [each.id for each in report.changed]) == ((), ["soup"])
    assert (await app.catalogue.show("soup")).entry.answer == "Pea."
    # From now on the file speaks again.
    await bring(app, MENU)
    assert (await app.catalogue.show("soup")).entry.answer == "Leek."


async def test_a_report_has_what_was_and_what_will_be(app: App) -> None:
    await bring(app, MENU)
    (changed,) = (await bring(app, OTHER_SOUP, dry_run=True)).changed
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before.answer, changed.after.answer) == ("Leek.", "Pea.")


async def test_what_is_pruned_gives_its_wordings_to_what_has_another_id(app: App) -> None:
    await bring(app, MENU)
    renamed = Document(records=(replace(MENU.records[0], id="broth"), MENU.records[1]))
    with pytest.raises(InvalidInputError):
        await bring(app, renamed)
    report = await bring(app, renamed, prune=True)
    assert ([each.id for each in report.new], [each.id for each in report.gone]) == (["broth"], ["soup"])
    assert (await app.catalogue.show("soup")).phrases == ()
    assert (await bring(app, renamed, prune=True)).changed == ()


async def test_what_is_pruned_keeps_wordings_that_nobody_else_brings(app: App) -> None:
    await bring(app, MENU)
    await bring(app, SOUP_ONLY, prune=True)
    assert (await app.catalogue.show("wine")).phrases

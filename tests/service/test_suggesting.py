"""Show that people suggest and moderators accept, and that one of several rivals wins."""

import pytest

from bot.core.models import DismissReason, ItemStatus
from bot.errors import EntryUnfitError, ItemClosedError, SuggestionNotFoundError
from bot.service.app import App
from tests.service.reviews import THERE, opened
from tests.service.samples import UNKNOWN, ask, dump


async def suggested(app: App, item: str) -> list[str]:
    """Return the ids of what is suggested for an item."""
    return [one.id for one in (await app.review.show(item)).suggestions]


async def test_an_accepted_answer_closes_its_rivals(app: App) -> None:
    item = await opened(app, UNKNOWN)
    ours = await app.review.suggest(item, answer="In its cage.", question="Where is the bird?", actor="ann")
    theirs = await app.review.suggest(item, entry_id="fees", actor="bob")
    assert await suggested(app, item) == [ours.id, theirs.id]
    done = await app.review.accept(ours.id.lower(), actor="mod")

    assert done.entry is not None
    assert (done.entry.entry.question, done.entry.entry.aliases) == ("Where is the bird?", (UNKNOWN,))
    assert done.item.status is ItemStatus.ANSWERED
    assert await suggested(app, item) == []
    for one in (ours, theirs):
        with pytest.raises(SuggestionNotFoundError) as refused:
            await app.review.accept(one.id, actor="mod")
        assert refused.value.suggestion_id == one.id


async def test_an_accepted_link_is_a_link(app: App) -> None:
    item = await opened(app, UNKNOWN)
    made = await app.review.suggest(item, entry_id="fees", actor="bob")
    done = await app.review.accept(made.id, actor="mod")

    assert done.entry is not None
    assert (done.entry.entry.id, done.entry.entry.aliases) == ("fees", (UNKNOWN,))


@pytest.mark.parametrize("way", ["answer", "link", "dismiss"])
async def test_whatever_closes_an_item_closes_what_was_suggested_until_taken_back(app: App, way: str) -> None:
    item = await opened(app, UNKNOWN)
    made = await app.review.suggest(item, answer="In its cage.", actor="ann")
    if way == "answer":
        await app.review.answer(item, THERE, actor="mod")
    elif way == "link":
        await app.review.link(item, "fees", actor="mod")
    else:
        await app.review.dismiss(item, reason=DismissReason.SPAM, actor="mod")

    assert await suggested(app, item) == []
    await app.review.revert(item, actor="mod")
    assert await suggested(app, item) == [made.id]


async def test_what_cannot_be_suggested(app: App, database_url: str) -> None:
    item = await opened(app, UNKNOWN)
    before = await dump(database_url)
    with pytest.raises(EntryUnfitError):
        await app.review.suggest(item, entry_id="limits", actor="ann")
    assert await dump(database_url) == before
    await app.review.dismiss(item, reason=DismissReason.SPAM, actor="mod")
    with pytest.raises(ItemClosedError):
        await app.review.suggest(item, answer="x", actor="ann")
    for unknown in ("S9", "R1", ""):
        with pytest.raises(SuggestionNotFoundError):
            await app.review.accept(unknown, actor="mod")
    await ask(app, UNKNOWN, "m2")

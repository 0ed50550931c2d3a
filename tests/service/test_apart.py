"""Show that an answer or a link takes no wording that differs from its entry, and that nothing of it is lost."""

import pytest

from bot.core.models import Answered, Entry, ItemStatus
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.service.reviews import asked_in, item_of
from tests.service.samples import ask, question

ENABLE, DISABLE = "how do I enable dark mode", "how do I disable dark mode"
DARK = Entry(id="dark", question="Where is dark mode?", answer="In the settings.")


@pytest.fixture
async def mixed(app: App) -> App:
    """Return services with one item, R1, in which two people ask to enable and one to disable."""
    for number, text in enumerate((ENABLE, ENABLE, DISABLE)):
        await app.ask.ask(question(text, f"m{number}", author=f"U{number}"))
    if len(await app.review.list()) > 1:
        await app.review.merge("R2", "R1", actor="mod")
    return app


async def test_an_answer_leaves_the_opposite_open(mixed: App) -> None:
    done = await mixed.review.answer("R1", NewAnswer(answer="Press on."), actor="mod")

    assert done.entry is not None
    assert (done.entry.entry.phrasings, done.told) == ((ENABLE,), 2)
    assert done.item.status is ItemStatus.ANSWERED
    assert done.apart is not None
    left = await item_of(mixed, done.apart)
    assert (left.text, left.is_open, left.count) == (DISABLE, True, 1)
    assert [item.id for item in await mixed.review.list()] == [done.apart]


async def test_a_link_leaves_the_opposite_open(mixed: App) -> None:
    await mixed.catalogue.add(DARK, actor="mod")
    done = await mixed.review.link("R1", "dark", actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (ENABLE,)
    assert done.apart is not None
    assert await asked_in(mixed, done.apart) == ["Q3"]
    assert not isinstance((await ask(mixed, DISABLE, "again")).decision, Answered)


async def test_the_drafts_tell_it_before(mixed: App) -> None:
    await mixed.catalogue.add(DARK, actor="mod")
    for proposal in (
        await mixed.review.draft_answer("R1", NewAnswer(answer="Press on.")),
        await mixed.review.draft_link("R1", "dark"),
    ):
        assert [one.text for one in proposal.wordings.apart] == [DISABLE]
    assert len(await mixed.review.list()) == 1


async def test_wordings_that_are_chosen_are_taken_as_they_are(mixed: App) -> None:
    await mixed.catalogue.add(DARK, actor="mod")
    done = await mixed.review.link("R1", "dark", aliases=[ENABLE, DISABLE], actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (ENABLE, DISABLE)
    assert done.apart is None


async def test_what_was_left_open_is_answered_by_itself(mixed: App) -> None:
    first = await mixed.review.answer("R1", NewAnswer(answer="Press on."), actor="mod")
    assert first.apart is not None
    second = await mixed.review.answer(first.apart, NewAnswer(answer="Press off."), actor="mod")

    assert (second.told, second.apart) == (1, None)
    assert await mixed.review.list() == ()


async def test_an_answer_taken_back_leaves_both_items_open(mixed: App) -> None:
    done = await mixed.review.answer("R1", NewAnswer(answer="Press on."), actor="mod")
    await mixed.review.revert("R1", actor="mod")

    assert {item.id for item in await mixed.review.list()} == {"R1", done.apart}
    await mixed.review.revert("R1", actor="mod")
    assert (await item_of(mixed, "R1")).count == 3

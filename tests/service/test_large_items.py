"""Show that what is read of a large review does not grow with it, and is the same all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from bot.core.models import Match
from bot.core.review import LAST_ASKED
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from bot.service.review import OPEN_ITEMS
from bot.store.questions import unpacked
from bot.store.queue import members
from tests.service.graded import log
from tests.service.reviews import CAT, DOG, item_of, opened
from tests.service.samples import question

MANY = LAST_ASKED + 10


@pytest.fixture
async def large(app: App) -> App:
    """Return a bot whose review has an item with many questions, in two wordings, and one with one."""
    await opened(app, DOG)
    for number in range(MANY):
        asked = f"{CAT}?" if number else f"please {CAT}"
        await app.ask.ask(replace(question(asked, f"m{number}"), author_id=f"U{number % 7}"))
    return app


@contextmanager
def counted(app: App) -> Iterator[list[int]]:
    """Yield how many statements are run in the block."""
    ran: list[int] = []
    pool = app.database._pool.sync_engine  # noqa: SLF001  # what is asked of the driver shows nowhere else

    def note(*_: Any) -> None:  # noqa: ANN401  # of the library
        ran.append(len(ran) + 1)

    event.listen(pool, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(pool, "before_cursor_execute", note)


async def test_an_item_counts_all_and_holds_the_last(large: App) -> None:
    item, other = await large.review.list()
    assert (item.count, item.askers, item.platforms, other.count) == (MANY, 7, ("slack",), 1)
    assert [question.ref.message_id for question in item.questions] == [f"m{n}" for n in range(10, MANY)]
    assert item.first_asked is not None
    assert item.last_asked == item.questions[-1].asked_at
    assert item.first_asked <= item.questions[0].asked_at
    assert item.text == (await item_of(large, item.id)).text == f"{CAT}?"


@pytest.mark.slow
async def test_one_item_has_all_its_wordings(large: App) -> None:
    (item, _) = await large.review.list()
    assert (await item_of(large, item.id)).wordings == (f"{CAT}?", f"please {CAT}")


@pytest.mark.slow
async def test_a_page_takes_as_many_statements_as_a_short_one(large: App) -> None:
    with counted(large) as one:
        await large.review.page(replace(OPEN_ITEMS, limit=1))
    with counted(large) as two:
        await large.review.page(replace(OPEN_ITEMS, limit=10))
    assert len(one) == len(two)


@pytest.mark.slow
async def test_pages_follow_each_other(large: App) -> None:
    whole = await large.review.page()
    pages = [await large.review.page(replace(OPEN_ITEMS, first=first, limit=1)) for first in range(3)]
    assert [[item.id for item in page.items] for page in pages] == [[item.id] for item in whole.items] + [[]]
    assert {page.total for page in pages} == {whole.total} == {2}


@pytest.mark.slow
async def test_everybody_who_asked_is_told_once(large: App) -> None:
    (item, _) = await large.review.list()
    assert (await large.review.answer(item.id, NewAnswer(answer="The night shift."), actor="ann")).told == 7


@pytest.mark.slow
async def test_a_large_item_is_merged_and_split_as_a_whole(large: App) -> None:
    item, other = await large.review.list()
    merged = (await large.review.merge(item.id, other.id, actor="ann")).item
    assert merged.count == MANY + 1
    first = "Q2"
    part = (await large.review.split(other.id, [first], actor="ann")).item
    assert ([one.id for one in part.questions], (await item_of(large, other.id)).count) == ([first], MANY)


@pytest.mark.slow
async def test_what_the_queue_learns_comes_some_at_a_time(large: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.queue._AT_ONCE", 20)
    async with large.database.snapshot() as tx:
        some = [len(each) async for each in members(tx, since=0)]
    assert some == [20, 20, 20, 1]


async def test_to_find_what_waits_for_a_grade_reads_only_what_is_shown(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    for confidence in (0.5, 0.6, 0.7, 0.8, 0.9):
        await log(app, confidence)
    read: list[object] = []

    def counted_too(content: list[Any] | None) -> tuple[Match, ...]:
        read.append(content)
        return unpacked(content)

    monkeypatch.setattr("bot.store.grades.unpacked", counted_too)
    assert len(await app.grades.waiting(limit=2)) == len(read) == 2

"""Show that items can be put together and apart, and that what comes later goes where they are."""

import pytest

from bot.core.models import Audience, DismissReason, ItemStatus
from bot.errors import ItemClosedError, ItemNotFoundError, ItemPartError, ItemsUnlikeError
from bot.service.app import App
from tests.service.reviews import CAT, DOG, asked_in, item_of, opened
from tests.service.samples import UNKNOWN, ask, dump


async def test_a_merged_item_leaves_its_questions_to_the_other(app: App, other: App) -> None:
    bird, cat = await opened(app, UNKNOWN), await opened(app, CAT)
    done = await app.review.merge(bird, cat, actor="mod")

    assert done.item.id == cat
    assert await asked_in(app, cat) == ["Q1", "Q2"]
    merged = await item_of(app, bird)
    assert (merged.status, merged.questions) == (ItemStatus.MERGED, ())
    assert merged.resolution is not None
    assert merged.resolution.merged_into == cat
    assert (await ask(other, UNKNOWN, "later")).item_id == cat
    told = await app.review.link(cat, "fees", actor="mod")
    assert told.entry is not None
    assert set(told.entry.entry.aliases) == {UNKNOWN, CAT}


async def test_a_suggestion_goes_along(app: App) -> None:
    bird, cat = await opened(app, UNKNOWN), await opened(app, CAT)
    made = await app.review.suggest(bird, answer="In its cage.", actor="ann")
    await app.review.merge(bird, cat, actor="mod")

    assert [one.id for one in (await app.review.show(cat)).suggestions] == [made.id]


async def test_what_cannot_be_merged(app: App, database_url: str) -> None:
    bird, cat, dog = await opened(app, UNKNOWN), await opened(app, CAT), await opened(app, DOG)
    staff = await opened(app, UNKNOWN, "staff", audience=Audience.INTERNAL)
    await app.review.dismiss(dog, reason=DismissReason.SPAM, actor="mod")
    before = await dump(database_url)
    unlike, closed, unknown = ItemsUnlikeError, ItemClosedError, ItemNotFoundError
    for into, kind in ((staff, unlike), (bird, unlike), (dog, closed), ("R99", unknown)):
        with pytest.raises(kind):
            await app.review.merge(bird, into, actor="mod")
    with pytest.raises(ItemClosedError):
        await app.review.merge(dog, cat, actor="mod")
    assert await dump(database_url) == before


async def test_a_part_becomes_an_item_of_its_own(app: App, other: App) -> None:
    bird, cat = await opened(app, UNKNOWN), await opened(app, CAT)
    await app.review.merge(cat, bird, actor="mod")
    done = await app.review.split(bird, ["q2"], actor="mod")

    assert done.item.id not in {bird, cat}
    assert [question.id for question in done.item.questions] == ["Q2"]
    assert await asked_in(app, bird) == ["Q1"]
    assert (await ask(other, CAT, "later")).item_id == done.item.id
    assert (await ask(other, UNKNOWN, "later too")).item_id == bird


@pytest.mark.parametrize("part", [["Q1", "Q2"], ["Q1", "Q1", "Q2"], [], ["Q3"], ["Q99"], ["fees"]])
async def test_what_cannot_be_split(app: App, database_url: str, part: list[str]) -> None:
    bird = await opened(app, UNKNOWN)
    await ask(app, UNKNOWN, "m2")
    await opened(app, CAT)
    before = await dump(database_url)
    with pytest.raises(ItemPartError):
        await app.review.split(bird, part, actor="mod")
    assert await dump(database_url) == before

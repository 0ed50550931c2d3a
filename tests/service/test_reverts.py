"""Show that whatever a moderator does to an item can be taken back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.core.models import Answered, DismissReason, ItemStatus, Status
from bot.errors import ItemOpenError, NothingToRevertError, Unrevertable
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from bot.service.review_queue import Reviewed
from bot.store.records import DeliveryKind
from tests.service.reviews import CAT, THERE, asked_in, item_of, opened
from tests.service.samples import NOW, UNKNOWN, ask

Act = Callable[[App, str], Awaitable[Reviewed]]
ACTS: dict[str, Act] = {
    "answer": lambda app, item: app.review.answer(item, THERE, actor="mod"),
    "link": lambda app, item: app.review.link(item, "fees", actor="mod"),
    "dismiss": lambda app, item: app.review.dismiss(item, reason=DismissReason.SPAM, actor="mod"),
    "assign": lambda app, item: app.review.assign(item, "ann", actor="mod"),
    "snooze": lambda app, item: app.review.snooze(item, NOW + timedelta(days=1), actor="mod"),
    "merge": lambda app, item: app.review.merge(item, "R2", actor="mod"),
    "split": lambda app, item: app.review.split(item, ["Q3"], actor="mod"),
}


async def stands(app: App) -> list[object]:
    """Return how the items stand, but for their versions, which only rise, and items that are empty."""
    items = [(await app.review.show(f"R{number}")).item for number in (1, 2)]
    return [
        (item.id, item.status, item.assignee, item.snoozed_until, item.resolution, [one.id for one in item.questions])
        for item in items
    ]


@pytest.mark.slow
@pytest.mark.parametrize("act", ACTS)
async def test_everything_can_be_taken_back(app: App, act: str) -> None:
    item = await opened(app, UNKNOWN)
    await opened(app, CAT)
    await ask(app, UNKNOWN, "again")
    before = await stands(app)
    seen = (await item_of(app, item)).version
    await ACTS[act](app, item)
    assert await stands(app) != before

    done = await app.review.revert(item, actor="eve")
    assert await stands(app) == before
    assert done.item.version > seen
    assert not isinstance((await ask(app, UNKNOWN, f"after {act}")).decision, Answered)
    assert await app.deliveries.claim("slack") is None
    history = (await app.review.show(item)).history
    assert [(line.actor, line.action) for line in history][-1] == ("eve", "reverted")


async def test_the_wordings_of_an_answer_taken_back_are_free_for_a_better_one(app: App) -> None:
    item = await opened(app, UNKNOWN)
    first = await app.review.answer(item, THERE, actor="mod")
    await app.review.revert(item, actor="mod")
    second = await app.review.answer(item, NewAnswer(answer="In its cage."), actor="mod")

    assert first.entry is not None
    assert second.entry is not None
    assert (await app.catalogue.show(first.entry.entry.id)).entry.status is Status.RETIRED
    assert second.entry.entry.question == UNKNOWN
    again = await ask(app, UNKNOWN, "m2")
    assert again.reply is not None
    assert again.reply.text == "In its cage."
    outgoing = await app.deliveries.claim("slack")
    assert outgoing is not None
    assert outgoing.follow_up.reply is not None
    assert outgoing.follow_up.reply.text == "In its cage."


async def test_a_link_taken_back_leaves_other_aliases(app: App) -> None:
    await app.catalogue.add_alias("fees", "what does it cost me", actor="ann")
    item = await opened(app, UNKNOWN)
    await app.review.link(item, "fees", actor="mod")
    await app.catalogue.add_alias("fees", "price of a withdrawal", actor="ann")
    await app.review.revert(item, actor="mod")

    assert (await app.catalogue.show("fees")).entry.aliases == ("what does it cost me", "price of a withdrawal")


async def test_an_answer_that_has_changed_since_stays(app: App) -> None:
    item = await opened(app, UNKNOWN)
    done = await app.review.answer(item, THERE, actor="mod")
    assert done.entry is not None
    await app.catalogue.edit(done.entry.entry.id, {"answer": "Here."}, actor="ann")
    with pytest.raises(NothingToRevertError):
        await app.review.revert(item, actor="mod")

    assert (await item_of(app, item)).status is ItemStatus.ANSWERED


async def test_whoever_was_told_is_told_that_it_no_longer_holds_if_the_moderator_says_so(app: App) -> None:
    item = await opened(app, UNKNOWN)
    await app.review.answer(item, THERE, actor="mod")
    outgoing = await app.deliveries.claim("slack")
    assert outgoing is not None
    await app.deliveries.confirm(outgoing, "sent")
    await app.review.revert(item, actor="mod", correct=True)

    correction = await app.deliveries.claim("slack")
    assert correction is not None
    assert correction.delivery.kind is DeliveryKind.CORRECTION


async def test_several_things_are_taken_back_one_by_one(app: App) -> None:
    item = await opened(app, UNKNOWN)
    await app.review.assign(item, "ann", actor="mod")
    await app.review.dismiss(item, reason=DismissReason.SPAM, actor="mod")
    await app.review.revert(item, actor="mod")
    assert ((await item_of(app, item)).status, (await item_of(app, item)).assignee) == (ItemStatus.OPEN, "ann")
    await app.review.revert(item, actor="mod")
    assert (await item_of(app, item)).assignee is None
    with pytest.raises(NothingToRevertError) as refused:
        await app.review.revert(item, actor="mod")
    assert refused.value.item_id == item


async def test_a_merger_is_not_taken_back_from_an_item_that_is_closed(app: App) -> None:
    bird, cat = await opened(app, UNKNOWN), await opened(app, CAT)
    await app.review.merge(bird, cat, actor="mod")
    await app.review.link(cat, "fees", actor="mod")
    with pytest.raises(NothingToRevertError) as refused:
        await app.review.revert(bird, actor="mod")

    assert (refused.value.reason, refused.value.other_id) == (Unrevertable.MOVED_ON, cat)
    assert await asked_in(app, cat) == ["Q1", "Q2"]


async def test_an_item_that_is_opened_again_leaves_the_entry_as_it_is(app: App) -> None:
    item = await opened(app, UNKNOWN)
    await app.review.link(item, "fees", actor="mod")
    done = await app.review.reopen(item, actor="eve")

    assert (done.item.status, done.item.resolution) == (ItemStatus.OPEN, None)
    assert (await app.catalogue.show("fees")).entry.aliases == (UNKNOWN,)
    assert await app.deliveries.claim("slack") is None
    with pytest.raises(ItemOpenError):
        await app.review.reopen(item, actor="eve")
    with pytest.raises(NothingToRevertError):
        await app.review.revert(item, actor="eve")
    await app.review.link(item, "fees", actor="mod")
    assert await app.deliveries.claim("slack") is not None


async def test_what_joins_after_an_item_was_opened_again(app: App, other: App) -> None:
    item = await opened(app, UNKNOWN)
    await app.review.dismiss(item, reason=DismissReason.OTHER, actor="mod")
    await app.review.reopen(item, actor="mod")

    assert (await ask(other, UNKNOWN, "m2")).item_id == item

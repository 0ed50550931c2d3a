"""A moderator takes back what was done to an item, or opens it again."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import DismissReason, ItemStatus, Status
from tests.adapters.slack.moderators.desks import Desk, texts
from tests.service.reviews import THERE


async def test_an_answer_is_taken_back_and_the_item_waits_again(desk: Desk) -> None:
    await desk.asks()
    await desk.card()
    done = await desk.app.review.answer("R1", THERE, actor="cli:root")
    assert done.entry is not None

    await desk.presses(desk.ann, await desk.card(), SlackAction.REVERT)

    assert (await desk.app.review.show("R1")).item.status is ItemStatus.OPEN
    assert (await desk.app.catalogue.show(done.entry.entry.id)).entry.status is Status.RETIRED
    assert "Answer" in texts(await desk.card())


async def test_a_closed_item_is_opened_again(desk: Desk) -> None:
    await desk.asks()
    await desk.card()
    await desk.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="cli:root")

    await desk.presses(desk.ann, await desk.card(), SlackAction.REOPEN)

    assert (await desk.app.review.show("R1")).item.status is ItemStatus.OPEN


async def test_what_cannot_be_taken_back_is_said_in_private(desk: Desk) -> None:
    await desk.asks()
    await desk.card()
    done = await desk.app.review.answer("R1", THERE, actor="cli:root")
    assert done.entry is not None
    await desk.app.catalogue.edit(done.entry.entry.id, {"answer": "Elsewhere."}, actor="cli:root")

    await desk.presses(desk.ann, await desk.card(), SlackAction.REVERT)

    (told,) = await desk.slack.told(desk.ann)
    assert told.text.startswith("R1 stays as it is:")
    assert "faqbot" not in told.text

"""Of two moderators at one item the second is told what the first one did, and changes nothing."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from tests.adapters.slack.moderators.desks import Desk, choice
from tests.service.reviews import THERE

TAKEN = "R1 was assigned by Ann meanwhile, and I changed nothing. Please look at it again."


async def test_a_card_that_is_not_up_to_date_does_nothing(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    await desk.presses(desk.ann, card, SlackAction.ASSIGN)

    for action in (SlackAction.ASSIGN, SlackAction.DISMISS):
        await desk.presses(desk.bea, card, action)

    assert [message.text for message in await desk.slack.told(desk.bea, 2)] == [TAKEN, TAKEN]
    assert desk.slack.calls_of("views.open") == []
    assert (await desk.app.review.show("R1")).item.assignee == f"slack:{desk.ann.id}"


async def test_a_dialog_over_an_item_that_changed_says_so_and_stays_open(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    dialog = await desk.opens(desk.bea, card, SlackAction.DISMISS)
    await desk.presses(desk.ann, card, SlackAction.ASSIGN)

    answer = await desk.sends(desk.bea, dialog, reason=choice(dialog, "reason", "spam"))

    assert answer == {"response_action": "errors", "errors": {"reason": TAKEN}}
    assert desk.bea.modal() is dialog
    assert (await desk.app.review.show("R1")).item.is_open


async def test_an_answer_that_comes_second_is_not_saved(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.bea, await desk.card(), SlackAction.ANSWER)
    await desk.sends(desk.bea, dialog, answer="Behind the door.")
    await desk.app.review.answer("R1", THERE, actor="discord:5")

    answer = await desk.sends(desk.bea, dialog)

    assert answer["errors"]["question"].startswith("R1 was answered by discord:5 meanwhile")
    item = (await desk.app.review.show("R1")).item
    assert item.status is ItemStatus.ANSWERED
    assert item.resolution is not None
    assert item.resolution.actor == "discord:5"


async def test_questions_that_join_do_not_get_in_the_way(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.bea, await desk.card(), SlackAction.DISMISS)
    await desk.asks(by=desk.ann)

    assert await desk.sends(desk.bea, dialog, reason=choice(dialog, "reason", "spam")) == {}
    assert not (await desk.app.review.show("R1")).item.is_open

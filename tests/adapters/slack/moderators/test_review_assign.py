"""A moderator takes an item with one press."""

from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.moderators.desks import Desk, texts


async def test_whoever_takes_an_item_stands_on_its_card(desk: Desk) -> None:
    await desk.asks()
    await desk.presses(desk.ann, await desk.card(), SlackAction.ASSIGN)

    assert (await desk.app.review.show("R1")).item.assignee == f"slack:{desk.ann.id}"
    assert "Assigned to Ann" in texts(await desk.card())


async def test_another_moderator_may_take_it_over(desk: Desk) -> None:
    await desk.asks()
    for who, name in ((desk.ann, "Ann"), (desk.bea, "Bea")):
        await desk.presses(who, await desk.card(), SlackAction.ASSIGN)
        assert f"Assigned to {name}" in texts(await desk.card())


async def test_the_card_is_shown_anew_at_once(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    asked: list[bool] = []
    desk.office.bot.rounds.ask = lambda: asked.append(True)  # type: ignore[method-assign]  # to see that it is asked

    await desk.presses(desk.ann, card, SlackAction.ASSIGN)

    assert asked == [True]

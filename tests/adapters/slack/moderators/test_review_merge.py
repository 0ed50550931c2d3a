"""A moderator puts an item into another one that is about the same."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from bot.core.wording.labels import Label
from tests.adapters.slack.moderators.desks import CAT, Desk, choice, texts


async def test_the_questions_of_one_item_go_into_another(desk: Desk) -> None:
    await desk.asks()
    await desk.asks(CAT)
    parrot, cat = await desk.cards()
    dialog = await desk.opens(desk.ann, cat, SlackAction.MERGE)

    assert await desk.sends(desk.ann, dialog, item=choice(dialog, "item", "R1")) == {}

    assert (await desk.app.review.show("R2")).item.status is ItemStatus.MERGED
    await desk.cards()
    assert "Asked 2 times" in texts(parrot)
    assert "Merged by Ann" in texts(cat)


async def test_there_may_be_nothing_to_merge_with(desk: Desk) -> None:
    await desk.asks()
    staff = await desk.office.channel(desk.ann, audience="internal")
    await desk.asks(CAT, by=desk.ann, channel=staff)
    parrot, _ = await desk.cards()

    dialog = await desk.opens(desk.ann, parrot, SlackAction.MERGE)

    assert str(Label.NOTHING_ELSE) in texts(dialog)
    assert "submit" not in dialog.arguments


async def test_an_item_that_was_closed_meanwhile_takes_nothing_more(desk: Desk) -> None:
    await desk.asks()
    await desk.asks(CAT)
    _, cat = await desk.cards()
    dialog = await desk.opens(desk.ann, cat, SlackAction.MERGE)
    await desk.app.review.link("R1", "fees", actor="cli:root")

    answer = await desk.sends(desk.ann, dialog, item=choice(dialog, "item", "R1"))

    assert answer["errors"] == {"item": "R1 was linked by cli:root already."}

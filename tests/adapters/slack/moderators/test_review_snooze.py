"""A moderator puts an item off; it comes back by itself."""

from datetime import UTC, datetime, timedelta

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from tests.adapters.slack.moderators.desks import Desk, choice, texts


async def test_an_item_sleeps_for_as_long_as_was_chosen(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.SNOOZE)
    before = datetime.now(UTC)

    assert await desk.sends(desk.ann, dialog, hours=choice(dialog, "hours", "72")) == {}

    item = (await desk.app.review.show("R1")).item
    assert item.status is ItemStatus.SNOOZED
    assert item.snoozed_until is not None
    assert timedelta(hours=72) <= item.snoozed_until - before < timedelta(hours=72, minutes=1)
    assert await desk.app.review.list() == ()
    assert "Snoozed" in texts(await desk.card())

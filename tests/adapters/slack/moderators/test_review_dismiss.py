"""A moderator dismisses an item, with a reason and a note if there is something to note."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import DismissReason
from tests.adapters.slack.moderators.desks import Desk, choice, texts


async def test_an_item_is_dismissed_with_reason_and_note(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.DISMISS)
    reason = choice(dialog, "reason", DismissReason.OFF_TOPIC)

    assert await desk.sends(desk.ann, dialog, reason=reason, note="No <!channel> here.") == {}

    done = (await desk.app.review.show("R1")).item.resolution
    assert done is not None
    assert (done.reason, done.note) == (DismissReason.OFF_TOPIC, "No <!channel> here.")
    card = await desk.card()
    assert "Dismissed by Ann" in texts(card)
    assert "<!channel>" not in texts(card)


async def test_the_note_may_be_left_out(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.DISMISS)

    await desk.sends(desk.ann, dialog, reason=choice(dialog, "reason", DismissReason.SPAM))

    done = (await desk.app.review.show("R1")).item.resolution
    assert done is not None
    assert (done.reason, done.note) == (DismissReason.SPAM, None)

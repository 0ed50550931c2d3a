"""A moderator links an item with an entry that is looked up by typing, and sees first what that changes."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from tests.adapters.slack.moderators.desks import PARROT, Desk, begun, entry, texts


async def test_an_entry_is_looked_up_looked_at_and_linked(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.LINK)
    offered = await desk.ann.types(dialog, SlackAction.ENTRY, "withdrawal")
    (fees,) = [line for line in offered if line["value"] == "fees"]

    await desk.sends(desk.ann, dialog, entry=fees)
    assert "1 would win one" in texts(dialog)
    assert begun(dialog) == {"entry": "fees"}
    assert await desk.sends(desk.ann, dialog) == {}

    review = await desk.app.review.show("R1")
    assert review.item.status is ItemStatus.LINKED
    assert PARROT in (await desk.app.catalogue.show("fees")).entry.aliases
    assert "Linked by Ann" in texts(await desk.card())


async def test_an_entry_that_the_askers_may_not_read_is_refused_at_its_field(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.LINK)

    answer = await desk.sends(desk.ann, dialog, entry=entry("limits"))

    assert answer["errors"] == {
        "entry": "limits cannot answer that: its audience is internal. Please choose another entry."
    }


async def test_an_entry_that_somebody_suggested_is_chosen_already(desk: Desk) -> None:
    await desk.asks()
    await desk.app.review.suggest("R1", entry_id="freeze-web", actor="cli:root")

    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.LINK)
    assert begun(dialog) == {"entry": "freeze-web"}
    assert "Suggested by cli:root" in texts(dialog)
    await desk.sends(desk.ann, dialog)
    await desk.sends(desk.ann, dialog)

    assert (await desk.app.review.show("R1")).suggestions == ()

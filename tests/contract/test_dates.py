"""Which entries are answered with after their last day, on both platforms."""

from bot.core.models import ItemKind
from bot.core.wording.replies import NOTHING_FITS
from tests.contract.moderating import Moderating
from tests.contract.sides import BOT, Side

FEES = "How much does a withdrawal cost?"
LONG_AGO = "2020-12-31"


async def test_what_has_ended_is_not_said_and_goes_to_the_review(side: Side) -> None:
    await side.app.catalogue.edit("fees", {"valid_until": LONG_AGO}, actor="mod")

    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert str(NOTHING_FITS) in reply
    assert "One coin" not in "".join(side.spoken())
    assert {item.kind for item in await side.app.review.list()} == {ItemKind.UNANSWERED, ItemKind.EXPIRED}


async def test_the_owner_is_called_by_the_card_of_an_entry_that_is_due(moderating: Moderating) -> None:
    await moderating.app.catalogue.edit("fees", {"review_by": LONG_AGO, "owner": moderating.moderator}, actor="ann")

    assert await moderating.calls("R1")
    (item,) = await moderating.app.review.list()
    assert (item.kind, item.assignee) == (ItemKind.DUE, moderating.moderator)


async def test_what_is_wrong_with_an_entry_is_shown_to_its_owner(moderating: Moderating) -> None:
    await moderating.app.catalogue.edit("fees", {"answer": "TODO", "owner": moderating.moderator}, actor="ann")

    assert await moderating.calls("R1")
    (item,) = await moderating.app.review.list()
    assert (item.kind, item.entry_id, item.assignee) == (ItemKind.FLAWED, "fees", moderating.moderator)

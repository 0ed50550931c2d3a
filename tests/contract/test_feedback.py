"""What a press under an answer counts for, on both platforms."""

from sqlalchemy import select

from bot.core.models import Rating
from bot.store.tables import FeedbackRow
from tests.contract.sides import BOT, MODERATOR, Side

FEES = "How much does a withdrawal cost?"


async def test_not_what_i_asked_counts_though_the_dialog_stays_open(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.presses("ana", asked, "not_this")
    await side.settle()

    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


async def test_what_a_moderator_finds_helpful_is_a_grade(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.presses(MODERATOR, asked, "helpful")
    await side.presses("ana", asked, "helpful")
    await side.settle()

    async with side.app.database.snapshot() as tx:
        given = (await tx.execute(select(FeedbackRow.rating, FeedbackRow.moderator))).all()
    assert sorted(map(tuple, given)) == [(Rating.HELPFUL, False), (Rating.HELPFUL, True)]

"""A channel may be about some categories alone, on both platforms."""

import pytest

from bot.core.wording.replies import NOTHING_FITS
from tests.contract.sides import BOT, Side

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."


@pytest.mark.parametrize(("topics", "is_answered"), [("Account, fees", True), ("Account", False)])
async def test_a_channel_answers_from_its_topics(side: Side, topics: str, *, is_answered: bool) -> None:
    await side.app.catalogue.edit("fees", {"category": "Fees"}, actor="mod")
    await side.set_channel(topics=topics)

    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert (ANSWER in reply) is is_answered
    assert (str(NOTHING_FITS) in reply) is not is_answered


async def test_an_edit_is_answered_from_them_too(side: Side) -> None:
    await side.app.catalogue.edit("fees", {"category": "Fees"}, actor="mod")
    await side.set_channel(topics="Account")
    asked = await side.says("ana", "where is the parrot", to=(BOT,))
    await side.settle()

    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()

    assert ANSWER not in "".join(side.spoken())


async def test_a_command_knows_all_topics(side: Side) -> None:
    await side.app.catalogue.edit("fees", {"category": "Fees"}, actor="mod")
    await side.set_channel(topics="Account")

    assert ANSWER in await side.asks_alone("ana", FEES)

"""Answers of some categories say that staff never write first, on both platforms."""

import pytest

from bot.core.manners import Manners
from bot.core.wording.replies import CAUTION
from tests.contract.conftest import SIDES
from tests.contract.sides import BOT, Side

FEES = "How much does a withdrawal cost?"


async def answer(side: Side, category: str) -> str:
    await side.app.catalogue.edit("fees", {"category": category}, actor="mod")
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    (reply,) = side.replies(asked)
    assert "One coin." in reply
    return reply


@pytest.mark.parametrize("platform", SIDES)
@pytest.mark.parametrize(("category", "is_cautioned"), [("Money", True), ("Games", False)])
async def test_answers_of_a_category_say_that_staff_never_write_first(
    sqlite_url: str, platform: str, category: str, *, is_cautioned: bool
) -> None:
    async with SIDES[platform](sqlite_url, Manners(cautioned=frozenset({"money"}))) as side:
        await side.set_mode("mention")
        assert (str(CAUTION) in await answer(side, category)) is is_cautioned


@pytest.mark.parametrize("platform", SIDES)
async def test_they_say_so_in_the_language_of_the_channel(sqlite_url: str, platform: str) -> None:
    async with SIDES[platform](sqlite_url, Manners(cautioned=frozenset({"money"}))) as side:
        await side.set_mode("mention")
        await side.set_locale("de")
        assert "Unser Team schreibt dir nie zuerst" in await answer(side, "Money")

"""A channel may have a pace of its own, on both platforms."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.wording.reasons import SPOKE_LATELY
from bot.store.tables import QuestionRow
from tests.contract.sides import BOT, Side, Written
from tests.contract.test_availability import why

FEES, WEB = "How much does a withdrawal cost?", "How do I freeze my account (web)?"
PARROT = "where is the parrot"


async def _overheard(side: Side, who: str, text: str) -> Written:
    written = await side.says(who, text)
    await side.settle()
    return written


async def _later(side: Side, by: timedelta) -> None:
    async with side.app.database.transaction() as tx:
        for asked in await tx.scalars(select(QuestionRow)):
            asked.asked_at -= by


async def test_between_two_answers_unasked_some_time_goes_by(side: Side) -> None:
    await side.set_mode("ambient")
    await side.set_channel(cooldown="5")
    first = await _overheard(side, "ana", FEES)
    second = await _overheard(side, "ben", WEB)
    asked = await side.says("cem", WEB, to=(BOT,))
    await side.settle()

    assert [len(side.replies(one)) for one in (first, second, asked)] == [1, 0, 1]
    assert await side.known(second) is not None
    assert str(SPOKE_LATELY) in await why(side, second)


async def test_then_it_answers_again(side: Side) -> None:
    await side.set_mode("ambient")
    await side.set_channel(cooldown="5")
    await _overheard(side, "ana", FEES)
    await _later(side, timedelta(minutes=5, seconds=1))

    assert len(side.replies(await _overheard(side, "ben", WEB))) == 1


@pytest.mark.parametrize(("minutes", "second"), [("0", 1), ("60", 0)])
async def test_an_entry_is_repeated_as_the_channel_has_it(side: Side, minutes: str, second: int) -> None:
    await side.set_mode("ambient")
    await side.set_channel(repeat_minutes=minutes)
    first, again = [await _overheard(side, who, FEES) for who in ("ana", "ben")]

    assert [len(side.replies(one)) for one in (first, again)] == [1, second]


async def test_the_replies_of_a_minute_are_as_the_channel_has_it(side: Side) -> None:
    await side.set_channel(replies_per_minute="2")
    asked = [await side.says(who, PARROT, to=(BOT,)) for who in ("ana", "ben", "cem")]
    await side.settle()

    assert sum(len(side.replies(one)) for one in asked) == 2


async def test_a_clock_that_jumps_back_ends_no_pause(side: Side) -> None:
    await side.set_mode("ambient")
    await side.set_channel(cooldown="5")
    first = await _overheard(side, "ana", FEES)
    side.watch.forward(timedelta(hours=-30))
    second = await _overheard(side, "ben", WEB)

    assert [len(side.replies(one)) for one in (first, second)] == [1, 0]

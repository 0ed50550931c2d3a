"""Whom a channel calls when somebody asks for a person, and at which hours, on both platforms."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.hours import DAYS
from bot.core.wording.replies import CALL, CALLED, LISTED
from tests.contract.sides import BOT, Side, Written

FEES = "How much does a withdrawal cost?"
ALWAYS = "Mon-Sun 00:00-24:00 UTC"


def the_day_after_tomorrow() -> str:
    """Return hours that do not include now."""
    return f"{DAYS[(datetime.now(UTC) + timedelta(days=2)).weekday()]} 10:00-11:00 Europe/Berlin"


async def asks(side: Side) -> Written:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    return asked


async def wants_a_person(side: Side, asked: Written, *, in_words: bool) -> str:
    """Ask for a person, and return what comes back."""
    if in_words:
        await side.says("ana", "I want a real person", under=asked)
    else:
        await side.presses("ana", asked, "human")
    await side.settle()
    return side.replies(asked)[-1] if in_words else side.told("ana")[-1]


@pytest.mark.parametrize("in_words", [False, True], ids=["pressed", "said"])
async def test_a_channel_calls_its_own_people_at_their_hours(side: Side, *, in_words: bool) -> None:
    await side.set_channel(on_call=side.on_call, on_call_hours=ALWAYS)
    asked = await asks(side)

    assert str(CALLED) in await wants_a_person(side, asked, in_words=in_words)
    (call,) = [said for said in side.spoken() if str(CALL) in said]
    assert side.on_call in call


@pytest.mark.parametrize("in_words", [False, True], ids=["pressed", "said"])
async def test_out_of_their_hours_nobody_is_called_and_the_member_is_told_when_they_are_back(
    side: Side, *, in_words: bool
) -> None:
    hours = the_day_after_tomorrow()
    await side.set_channel(on_call=side.on_call, on_call_hours=hours)
    asked = await asks(side)

    told = await wants_a_person(side, asked, in_words=in_words)
    day = f"{datetime.now(UTC) + timedelta(days=2):%A}"
    assert f"{day}, 10:00 (Europe/Berlin)" in told
    assert side.on_call not in "".join(side.spoken())
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


async def test_when_they_are_back_is_said_in_the_language_of_the_channel(side: Side) -> None:
    await side.set_channel(on_call_hours=the_day_after_tomorrow(), locale="de")
    asked = await asks(side)

    told = await wants_a_person(side, asked, in_words=False)
    assert "tag, 10:00 (Europe/Berlin)" in told or "woch, 10:00 (Europe/Berlin)" in told


async def test_a_channel_without_people_of_its_own_calls_those_of_the_settings(side: Side) -> None:
    asked = await asks(side)  # there are none

    assert str(LISTED) in await wants_a_person(side, asked, in_words=False)
    assert [said for said in side.spoken() if str(CALL) in said] == []

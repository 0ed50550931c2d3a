"""Whom a channel calls when somebody asks for a person, and at which hours, on both platforms."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.chat import posting
from bot.core.hours import DAYS
from bot.core.models import DismissReason
from bot.core.wording.replies import CALL, CALLED, LISTED
from bot.service.privacy import Person
from bot.store.tables import QuestionRow
from tests.contract.moderating import Moderating
from tests.contract.sides import BOT, Side, Written

FEES = "How much does a withdrawal cost?"
ALWAYS = "Mon-Sun 00:00-24:00 UTC"


def the_day_after_tomorrow(side: Side) -> str:
    """Return hours that do not include now."""
    return f"{DAYS[(side.watch.now + timedelta(days=2)).weekday()]} 10:00-11:00 Europe/Berlin"


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
    hours = the_day_after_tomorrow(side)
    await side.set_channel(on_call=side.on_call, on_call_hours=hours)
    asked = await asks(side)

    told = await wants_a_person(side, asked, in_words=in_words)
    day = f"{side.watch.now + timedelta(days=2):%A}"
    assert f"{day}, 10:00 (Europe/Berlin)" in told
    assert side.on_call not in "".join(side.spoken())
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


@pytest.mark.parametrize(
    ("hours", "moment", "is_called"),
    [
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T00:20", True),  # this hour is there twice
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T01:20", True),
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T00:50", False),
        ("Sun 02:30-03:30 Europe/Berlin", "2026-03-29T01:15", True),  # this one half
        ("Sun 02:00-03:00 Europe/Berlin", "2026-03-29T01:15", False),  # this one not at all
    ],
)
async def test_in_the_night_in_which_the_clocks_change_they_are_called_as_the_clock_on_the_wall_says(
    side: Side, hours: str, moment: str, *, is_called: bool
) -> None:
    side.watch.now = datetime.fromisoformat(f"{moment}+00:00")
    await side.set_channel(on_call=side.on_call, on_call_hours=hours)
    asked = await asks(side)

    told = await wants_a_person(side, asked, in_words=False)
    assert (str(CALLED) in told) is is_called
    assert ("02:00 (Europe/Berlin)" in told) is ("02:00" in hours)


async def test_when_they_are_back_is_said_in_the_language_of_the_channel(side: Side) -> None:
    await side.set_channel(on_call_hours=the_day_after_tomorrow(side), locale="de")
    asked = await asks(side)

    told = await wants_a_person(side, asked, in_words=False)
    assert "tag, 10:00 (Europe/Berlin)" in told or "woch, 10:00 (Europe/Berlin)" in told


async def test_a_channel_without_people_of_its_own_calls_those_of_the_settings(side: Side) -> None:
    asked = await asks(side)  # there are none

    assert str(LISTED) in await wants_a_person(side, asked, in_words=False)
    assert [said for said in side.spoken() if str(CALL) in said] == []


@pytest.mark.parametrize("in_words", [False, True], ids=["pressed", "said"])
async def test_where_those_on_call_are_gone_nobody_is_said_to_be_told(side: Side, *, in_words: bool) -> None:
    await side.set_channel(on_call=side.on_call, on_call_hours=ALWAYS)
    side.leaves_nobody_on_call()
    asked = await asks(side)

    assert str(LISTED) in await wants_a_person(side, asked, in_words=in_words)
    assert [said for said in side.spoken() if str(CALL) in said] == []
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


async def has_waited(moderating: Moderating, hours: int) -> None:
    """Have somebody who asked for a person, so long ago, and show the item."""
    await moderating.asks("where is the parrot")
    await moderating.app.feedback.ask_human("Q1", Person("slack", "U1"))
    async with moderating.app.database.transaction() as tx:
        asked = (await tx.scalars(select(QuestionRow.human_asked_at))).one()
        assert asked is not None
        await tx.execute(update(QuestionRow).values(human_asked_at=asked - timedelta(hours=hours, minutes=5)))
    await moderating.card("R1")


async def test_who_waits_for_a_person_is_mentioned_once_more(moderating: Moderating) -> None:
    await has_waited(moderating, 30)

    (reminder,) = await moderating.reminders()
    assert "1 d 6 h ago, and still waits" in reminder
    assert await moderating.reminders() == [reminder]


async def test_who_waits_is_mentioned_once_also_where_the_platform_does_not_confirm_it(
    moderating: Moderating, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    await has_waited(moderating, 30)
    moderating.loses_the_next_answer()

    (reminder,) = await moderating.reminders()
    assert await moderating.reminders() == [reminder]


async def test_who_has_not_waited_long_is_not_mentioned_again(moderating: Moderating) -> None:
    await has_waited(moderating, 23)

    assert await moderating.reminders() == []


async def test_who_waits_no_more_is_not_mentioned_again(moderating: Moderating) -> None:
    await has_waited(moderating, 30)
    await moderating.app.review.dismiss("R1", reason=DismissReason.OTHER, actor="mod")

    assert await moderating.reminders() == []


async def test_two_processes_remind_once(moderating: Moderating) -> None:
    await has_waited(moderating, 30)
    await asyncio.gather(moderating.reminders(), moderating.reminders())

    assert len(await moderating.reminders()) == 1

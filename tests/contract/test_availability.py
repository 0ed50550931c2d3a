"""When and where single entries count, and how often they are said unasked, on both platforms."""

from datetime import datetime, timedelta

import pytest

from bot.chat.moderators import reasons
from bot.core.models import Audience, ItemKind
from bot.core.wording.replies import NOTHING_FITS
from tests.contract.sides import BOT, Side, Written

FEES = "How much does a withdrawal cost?"
ANSWER = "One coin"


async def said(side: Side, text: str = FEES) -> tuple[Written, str]:
    """Ask the bot, and return the question and the reply."""
    asked = await side.says("ana", text, to=(BOT,))
    await side.settle()
    (reply,) = side.replies(asked)
    return asked, reply


async def why(side: Side, asked: Written) -> str:
    """Return what moderators are told about a question."""
    where = {"platform": side.platform, "workspace_id": side.workspace_id, "message_id": asked.id}
    return "\n".join(await reasons(side.app, audience=Audience.PUBLIC, **where) or ())


def on(side: Side, days: int) -> str:
    """Return the hours of the day of the week that comes in so many days, by the clock of the bot."""
    return f"{side.watch.now + timedelta(days=days):%a} 00:00-24:00 UTC"


async def test_outside_of_its_hours_an_entry_is_not_said_and_the_question_is_reviewed(side: Side) -> None:
    await side.app.catalogue.edit("fees", {"hours": on(side, 3)}, actor="mod")
    asked, reply = await said(side)

    assert str(NOTHING_FITS) in reply
    assert ANSWER not in "".join(side.spoken())
    assert f"Withheld: fees, which counts at other hours ({on(side, 3)})" in await why(side, asked)
    assert {item.kind for item in await side.app.review.list()} == {ItemKind.UNANSWERED}


async def test_within_its_hours_it_is_said(side: Side) -> None:
    await side.app.catalogue.edit("fees", {"hours": f"{on(side, -1)[:3]}-{on(side, 1)}"}, actor="mod")
    assert ANSWER in (await said(side))[1]


@pytest.mark.parametrize(
    ("moment", "counts"),
    [("2026-10-25T00:20", True), ("2026-10-25T01:20", True), ("2026-10-25T00:50", False), ("2026-03-29T00:50", False)],
)
async def test_an_hour_that_is_there_twice_counts_twice(side: Side, moment: str, *, counts: bool) -> None:
    side.watch.now = datetime.fromisoformat(f"{moment}+00:00")
    await side.app.catalogue.edit("fees", {"hours": "Sun 02:15-02:45 Europe/Berlin"}, actor="mod")

    assert (ANSWER in (await said(side))[1]) is counts


async def test_an_entry_of_other_channels_is_neither_said_nor_offered_here(side: Side) -> None:
    elsewhere = f"{side.place}0, {side.platform}/{side.workspace_id}0"
    await side.app.catalogue.edit("fees", {"channels": elsewhere}, actor="mod")
    asked, reply = await said(side)

    assert str(NOTHING_FITS) in reply
    assert f"Withheld: fees, which counts in other channels ({elsewhere})" in await why(side, asked)
    assert ANSWER not in await side.asks_alone("ana", FEES)


@pytest.mark.parametrize("least", ["{0.platform}", "{0.platform}/{0.workspace_id}", "{0.place}"])
async def test_an_entry_of_this_channel_is_said_here_and_in_its_threads(side: Side, least: str) -> None:
    await side.app.catalogue.edit("fees", {"channels": least.format(side)}, actor="mod")
    asked, reply = await said(side)
    assert ANSWER in reply

    await side.app.catalogue.edit("fees", {"answer": "Two coins, as of today."}, actor="mod")
    await side.says("ana", "What does a withdrawal cost?", to=(BOT,), under=asked)
    await side.settle()
    assert "Two coins" in side.replies(asked)[-1]


@pytest.mark.parametrize(("cooldown", "second"), [("60", 0), ("0", 1)])
async def test_an_entry_is_said_again_unasked_after_a_time_of_its_own(side: Side, cooldown: str, second: int) -> None:
    await side.app.catalogue.edit("fees", {"cooldown": cooldown}, actor="mod")
    await side.set_mode("ambient")
    first, again = [await _overheard(side, who) for who in ("ana", "ben")]
    asked, reply = await said(side)

    assert [len(side.replies(one)) for one in (first, again)] == [1, second]
    assert ANSWER in reply  # who asks the bot gets it, whatever the time
    assert ("the channel had this answer shortly before" in await why(side, again)) is (second == 0)
    assert asked.id != again.id


async def _overheard(side: Side, who: str) -> Written:
    written = await side.says(who, FEES)
    await side.settle()
    return written

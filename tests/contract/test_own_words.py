"""Only what somebody writes in their own words is asked, on both platforms."""

import pytest

from bot.core.models import Ignored, IgnoreReason
from bot.core.wording.replies import TOO_LONG
from tests.contract.sides import BOT, Side

FEES, PARROT, ANSWER = "How much does a withdrawal cost?", "where is the parrot", "One coin."
LOG = "2026-03-01 12:00:00 worker 7 is done\n"


@pytest.mark.parametrize(
    "text",
    [
        f"\n> {PARROT}\n{FEES}",
        f"~~{PARROT}~~ {FEES}",
        f"\n```\n{PARROT}\n```\n{FEES}",
        f"Hi team,\n\n{FEES}\n\nBest regards,\nAna\nSent from my phone",
        f"\n> {FEES}",
        f"{LOG * 50}{FEES}",
    ],
)
async def test_the_question_is_found(side: Side, text: str) -> None:
    asked = await side.says("ana", text, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_what_is_quoted_is_not_asked(side: Side) -> None:
    await side.set_mode("ambient")
    said = await side.says("ana", f"> {FEES}\nthat was my question last week")
    await side.settle()

    logged = await side.known(said)
    assert logged is not None
    assert logged.outcome.decision == Ignored(IgnoreReason.STATEMENT)
    assert side.replies(said) == []


async def test_what_is_too_long_is_told(side: Side) -> None:
    asked = await side.says("ana", "and so on, " * 500, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert str(TOO_LONG) in reply
    assert await side.app.review.list() == ()

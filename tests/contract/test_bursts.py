"""What one person writes in a row, on both platforms."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.manners import Manners
from bot.core.models import Answered, Ignored, IgnoreReason
from tests.contract.conftest import SIDES
from tests.contract.sides import BOT, Side, Written

FEES, PARROT, LUNCH = "How much does a withdrawal cost?", "where is the parrot", "lunch at the harbour"
FREEZE, ANSWER = "how do I freeze my account", "One coin."


@pytest.fixture(params=SIDES)
async def rapid(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform where what is written within a minute is one question."""
    manners = Manners(in_a_row=timedelta(minutes=1), per_author=6)
    async with SIDES[request.param](sqlite_url, manners) as side:
        await side.set_mode("mention")
        yield side


async def is_part(side: Side, message: Written) -> bool:
    """Return whether the log has a message as a part of another one."""
    known = await side.known(message)
    return known is not None and known.outcome.decision == Ignored(IgnoreReason.PART)


async def test_what_follows_changes_the_reply_to_the_first_message(rapid: Side) -> None:
    first = await rapid.says("ana", PARROT, to=(BOT,))
    await rapid.settle()
    assert len(rapid.replies(first)) == 1
    second = await rapid.says("ana", FEES)
    await rapid.settle()

    (reply,) = rapid.replies(first)
    assert ANSWER in reply
    assert rapid.replies(second) == []
    assert await is_part(rapid, second)
    known = await rapid.known(first)
    assert known is not None
    assert isinstance(known.outcome.decision, Answered)
    assert known.outcome.text == f"{PARROT}\n{FEES}"


async def test_who_only_called_the_bot_asks_with_the_next_message(rapid: Side) -> None:
    first = await rapid.says("ana", "hello", to=(BOT,))
    await rapid.settle()
    await rapid.says("ana", FEES)
    await rapid.settle()

    (reply,) = rapid.replies(first)
    assert ANSWER in reply


async def test_chatter_takes_no_answer_back(rapid: Side) -> None:
    first = await rapid.says("ana", FEES, to=(BOT,))
    await rapid.settle()
    before = rapid.replies(first)
    await rapid.says("ana", LUNCH)
    await rapid.settle()

    assert rapid.replies(first) == before
    assert len(before) == 1


async def test_who_wants_a_person_is_heard(rapid: Side) -> None:
    first = await rapid.says("ana", FREEZE, to=(BOT,))
    await rapid.settle()
    before = rapid.replies(first)
    second = await rapid.says("ana", "I want a real person")
    await rapid.settle()

    assert rapid.replies(first) == before
    assert len(rapid.replies(second)) == 1
    assert not await is_part(rapid, second)
    assert [item.text for item in await rapid.app.review.list()] == ["I want a real person"]


async def test_what_somebody_else_writes_is_another_question(rapid: Side) -> None:
    first = await rapid.says("ana", PARROT, to=(BOT,))
    await rapid.settle()
    overheard = await rapid.says("ben", FEES)
    asked = await rapid.says("ben", FEES, to=(BOT,))
    await rapid.settle()

    assert [ANSWER in reply for one in (first, overheard, asked) for reply in rapid.replies(one)] == [False, True]


async def test_what_was_overheard_in_a_row_is_answered_once(rapid: Side) -> None:
    await rapid.set_mode("ambient")
    first = await rapid.says("ana", PARROT)
    await rapid.settle()
    second = await rapid.says("ana", FEES)
    await rapid.settle()

    assert [ANSWER in reply for reply in rapid.replies(first)] == [True]
    assert rapid.replies(second) == []


async def test_an_edited_or_deleted_part_changes_the_reply(rapid: Side) -> None:
    first = await rapid.says("ana", PARROT, to=(BOT,))
    await rapid.settle()
    second = await rapid.says("ana", LUNCH)
    await rapid.settle()
    await rapid.edits(second, FEES)
    await rapid.settle()
    (reply,) = rapid.replies(first)
    assert ANSWER in reply

    await rapid.deletes(second)
    await rapid.settle()
    (reply,) = rapid.replies(first)
    assert ANSWER not in reply
    known = await rapid.known(first)
    assert known is not None
    assert known.outcome.text == PARROT


@pytest.mark.slow
async def test_a_flood_is_logged_and_answered_a_few_times(rapid: Side) -> None:
    flood = [await rapid.says("ana", f"{PARROT} {number}", to=(BOT,)) for number in range(70)]
    await rapid.settle()

    known = [await rapid.known(one) for one in flood]
    assert all(one is not None for one in known)
    replies = [len(rapid.replies(one)) for one in flood]
    assert max(replies) == 1
    assert sum(replies) <= 6
    assert sum([await is_part(rapid, one) for one in flood]) == 63


@pytest.mark.parametrize("text", ["\u202e\u0645\u0631\u062d\u0628\u0627", "> " * 600])
async def test_whatever_follows_is_answered_once(rapid: Side, text: str) -> None:
    first = await rapid.says("ana", FEES, to=(BOT,))
    await rapid.settle()
    for _ in range(3):
        await rapid.says("ana", text)
    await rapid.settle()

    (reply,) = rapid.replies(first)
    assert ANSWER in reply

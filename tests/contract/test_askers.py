"""A channel may answer some people alone, on both platforms."""

import pytest

from bot.core.wording.refusals import NOT_FOR_ALL
from tests.contract.sides import BOT, HELPER, Side
from tests.contract.test_limits import WORDS

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."


@pytest.fixture
async def guarded(side: Side) -> Side:
    """Return a platform where only `eve` and helpers may ask."""
    await side.set_channel(askers=side.group_of("eve"))
    return side


@pytest.mark.parametrize("who", ["eve", HELPER])
async def test_who_has_the_role_and_a_helper_are_answered(guarded: Side, who: str) -> None:
    await guarded.says(who, FEES, to=(BOT,))
    await guarded.settle()

    (reply,) = guarded.spoken()
    assert ANSWER in reply


async def test_another_is_told_so_once_and_nothing_is_logged(guarded: Side) -> None:
    asked = [await guarded.says("ana", text, to=(BOT,)) for text in (FEES, "where is the parrot")]
    await guarded.settle()

    assert guarded.spoken() == []
    hints = [guarded.hints(one) for one in asked]
    assert (sum(hints) if guarded.platform == "discord" else max(hints)) == 1
    assert guarded.platform == "discord" or str(NOT_FOR_ALL) in guarded.told("ana")[0]
    assert [await guarded.known(one) for one in asked] == [None, None]
    assert await guarded.app.review.list() == ()


@pytest.mark.parametrize("mode", ["ambient", "shadow"])
async def test_what_nobody_asked_the_bot_gets_not_even_that(guarded: Side, mode: str) -> None:
    await guarded.set_mode(mode)
    asked = await guarded.says("ana", FEES, to=(BOT,) if mode == "shadow" else ())
    await guarded.settle()

    assert (guarded.spoken(), guarded.hints(asked)) == ([], 0)
    assert await guarded.known(asked) is None


async def test_of_a_secret_they_are_warned_all_the_same(guarded: Side) -> None:
    await guarded.says("ana", WORDS)
    await guarded.settle()

    assert len(guarded.spoken()) == 1


async def test_a_command_answers_in_private_who_may_ask_and_tells_others(guarded: Side) -> None:
    assert ANSWER in await guarded.asks_alone("eve", FEES)
    for _ in range(2):
        assert str(NOT_FOR_ALL) in await guarded.asks_alone("ana", FEES)


async def test_it_is_who_wants_a_message_answered_that_counts(guarded: Side) -> None:
    await guarded.set_mode("mention")
    said = await guarded.says("ana", FEES)
    await guarded.settle()

    assert str(NOT_FOR_ALL) in await guarded.has_answered("ben", said)
    assert guarded.spoken() == []
    await guarded.has_answered("eve", said)
    await guarded.settle()
    assert ANSWER in "".join(guarded.spoken())


async def test_a_group_that_is_gone_takes_nobody_else_out(side: Side) -> None:
    gone = {"slack": "S0AGONE", "discord": "4711"}[side.platform]
    await side.set_channel(askers=f"{gone}, {side.group_of('eve')}")
    for who in ("eve", HELPER):
        await side.says(who, FEES, to=(BOT,))
    await side.settle()

    assert [ANSWER in reply for reply in side.spoken()] == [True, True]


async def test_where_the_only_group_is_gone_helpers_alone_are_answered(side: Side) -> None:
    await side.set_channel(askers={"slack": "S0AGONE", "discord": "4711"}[side.platform])
    asked = [await side.says(who, FEES, to=(BOT,)) for who in ("ana", HELPER)]
    await side.settle()

    assert [len(side.replies(each)) for each in asked] == [0, 1]
    assert side.hints(asked[0]) == 1

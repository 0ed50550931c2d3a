"""How much the bot says, on both platforms."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.manners import Manners
from bot.store.records import ReplyState
from tests.contract.conftest import SIDES
from tests.contract.sides import BOT, Side

FEES, FREEZE, PARROT = "How much does a withdrawal cost?", "How do I freeze my account?", "where is the parrot"
ANSWER = "One coin."
WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident"


@pytest.fixture(params=SIDES)
async def limited(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform on which the bot says little."""
    manners = Manners(per_author=6, per_channel=9, unrepeated_for=timedelta(minutes=10))
    async with SIDES[request.param](sqlite_url, manners) as side:
        await side.set_mode("mention")
        yield side


async def test_of_twenty_mentions_six_are_answered_and_all_are_logged(limited: Side) -> None:
    asked = [await limited.says("ana", PARROT, to=(BOT,)) for _ in range(20)]
    await limited.settle()

    assert sum(len(limited.replies(one)) for one in asked) == 6
    known = [await limited.known(one) for one in asked]
    assert all(one is not None for one in known)
    assert sum(one is not None and one.reply_state is ReplyState.LIMITED for one in known) == 14
    (item,) = await limited.app.review.list()
    assert item.count == 20


async def test_who_asks_too_much_is_told_so_once(limited: Side) -> None:
    asked = [await limited.says("ana", f"{PARROT} {number}", to=(BOT,)) for number in range(20)]
    await limited.settle()

    by_message = [limited.hints(one) for one in asked]
    assert max(by_message) == 1
    assert limited.platform == "slack" or sum(by_message) == 1


async def test_a_channel_has_a_limit_of_its_own(limited: Side) -> None:
    asked = [
        await limited.says(who, f"{PARROT} {number}", to=(BOT,)) for who in ("ana", "ben", "cem") for number in range(4)
    ]
    await limited.settle()

    assert sum(len(limited.replies(one)) for one in asked) == 9


async def test_a_secret_is_warned_of_beyond_all_limits(limited: Side) -> None:
    for number in range(8):
        await limited.says("ana", f"{PARROT} {number}", to=(BOT,))
    await limited.settle()
    before = len(limited.spoken())
    await limited.says("ana", WORDS)
    await limited.settle()

    assert len(limited.spoken()) == before + 1


async def test_who_asks_again_is_led_to_the_answer_and_somebody_else_gets_it(limited: Side) -> None:
    first, again, other = [await limited.says(who, FEES, to=(BOT,)) for who in ("ana", "ana", "ben")]
    await limited.settle()

    shown = [ANSWER in limited.replies(one)[0] for one in (first, again, other)]
    assert sorted(shown[:2]) == [False, True]
    assert shown[2]


async def test_what_nobody_asked_for_is_not_repeated_in_a_channel(limited: Side) -> None:
    await limited.set_mode("ambient")
    first = await limited.says("ana", FEES)
    await limited.settle()
    second = await limited.says("ben", FEES)
    await limited.settle()
    asked = await limited.says("cem", FEES, to=(BOT,))
    await limited.settle()

    assert [len(limited.replies(one)) for one in (first, second, asked)] == [1, 0, 1]
    assert await limited.known(second) is not None


async def test_a_clock_that_jumps_back_opens_and_closes_nothing(limited: Side) -> None:
    asked = [await limited.says("ana", PARROT, to=(BOT,)) for _ in range(6)]
    await limited.settle()
    limited.watch.forward(timedelta(hours=-30))
    late = await limited.says("ana", PARROT, to=(BOT,))
    await limited.settle()
    other = await limited.says("ben", FEES, to=(BOT,))
    await limited.settle()

    assert [len(limited.replies(one)) for one in (*asked, late, other)] == [1] * 6 + [0, 1]


async def test_a_clock_that_jumps_ahead_opens_them_once(limited: Side) -> None:
    asked = [await limited.says("ana", PARROT, to=(BOT,)) for _ in range(7)]
    await limited.settle()
    limited.watch.forward(timedelta(minutes=2))
    asked += [await limited.says("ana", PARROT, to=(BOT,)) for _ in range(7)]
    await limited.settle()
    limited.watch.forward(timedelta(minutes=-2))
    asked.append(await limited.says("ana", PARROT, to=(BOT,)))
    await limited.settle()

    assert sum(len(limited.replies(one)) for one in asked) == 12

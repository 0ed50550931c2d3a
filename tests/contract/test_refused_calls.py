"""What a platform refuses for a while is done later, and what it refuses otherwise holds nobody up, on both of them."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat import posting
from bot.core.manners import Manners
from tests.contract.conftest import SIDES
from tests.contract.refusing import refuse, shows_at_once
from tests.contract.sides import BOT, Side, Written
from tests.service.leases import elapse

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."
PARROT = "where is the parrot"
A_WHILE = timedelta(minutes=1)


def no_errors(caplog: pytest.LogCaptureFixture) -> bool:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))


@pytest.mark.parametrize("refusals", [("to post for now",), ("to post, being cut off",), ("to post", "to read")])
async def test_a_reply_that_is_refused_for_now_is_sent_later(side: Side, refusals: tuple[str, ...]) -> None:
    for each in refusals:
        refuse(side, each)
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    assert side.replies(asked) == []

    await elapse(side.app.database, A_WHILE)
    await side.recovers()
    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def changed(side: Side) -> Written:
    """Have Ana ask something, and then edit it into what has another answer."""
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    assert len(side.replies(asked)) == 1
    return asked


async def test_a_reply_whose_change_is_refused_for_now_is_changed_later(side: Side) -> None:
    asked = await changed(side)
    refuse(side, "to change for now")
    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()
    assert ANSWER not in side.replies(asked)[0]

    await elapse(side.app.database, A_WHILE)
    await side.recovers()
    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_a_reply_that_may_not_be_changed_holds_nobody_up(side: Side, caplog: pytest.LogCaptureFixture) -> None:
    asked = await changed(side)
    refuse(side, "to change")
    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()
    other = await side.says("ben", FEES, to=(BOT,))
    await side.settle()

    assert len(side.replies(asked)) == 1
    assert ANSWER in side.replies(other)[0]
    assert no_errors(caplog)


async def test_a_reply_that_may_not_be_deleted_stays_and_its_question_goes(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await changed(side)
    refuse(side, "to delete")
    await side.deletes(asked)
    await side.settle()

    known = await side.known(asked)
    assert known is not None
    assert (known.outcome.text, known.deleted_at is None) == (None, False)
    assert await side.app.review.list() == ()
    assert no_errors(caplog)


@pytest.fixture(params=SIDES)
async def limited(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform on which one reply a minute is given to each member."""
    async with SIDES[request.param](sqlite_url, Manners(per_author=1)) as side:
        await side.set_mode("mention")
        yield side


async def test_a_word_to_one_alone_that_is_refused_is_left(limited: Side, caplog: pytest.LogCaptureFixture) -> None:
    refuse(limited, "a word to one alone")
    for number in range(3):
        await limited.says("ana", f"{PARROT} {number}", to=(BOT,))
    await limited.settle()
    asked = await limited.says("ben", FEES, to=(BOT,))
    await limited.settle()

    assert ANSWER in limited.replies(asked)[0]
    assert sum(item.count for item in await limited.app.review.list()) == 3
    assert no_errors(caplog)


@pytest.mark.parametrize("what", ["typing", "a reaction", "an emoji", "a reaction to what is gone"])
async def test_a_sign_of_work_that_is_refused_holds_no_reply_up(
    side: Side, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    shows_at_once(side)
    refuse(side, what)
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()

    assert ANSWER in side.replies(asked)[0]
    assert no_errors(caplog)

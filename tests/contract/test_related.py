"""Related entries under an answer, on both platforms."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot.core.manners import Manners
from bot.core.models import Entry
from bot.core.wording.replies import GONE
from bot.store.records import ReplyState
from bot.store.tables import ChoiceRow, FeedbackRow, QuestionRow
from tests.contract.conftest import SIDES
from tests.contract.sides import BOT, Side, Written

FEES, ANSWER = "what does a withdrawal cost", "One coin."
TITLE, LOWER = "What lowers the cost of withdrawing coins?", "Withdraw on Sundays."


@pytest.fixture
async def related(side: Side) -> Side:
    """Return a platform with an entry near to that about fees."""
    await side.app.catalogue.edit("fees", {"category": "Fees"}, actor="mod")
    await side.app.catalogue.add(Entry(id="lower", question=TITLE, answer=LOWER, category="Fees"), actor="mod")
    return side


async def _asked(side: Side, text: str = FEES) -> Written:
    asked = await side.says("ana", text, to=(BOT,))
    await side.settle()
    return asked


async def test_a_press_shows_it_in_private_and_leaves_the_answer(related: Side) -> None:
    asked = await _asked(related)
    (reply,) = related.replies(asked)
    assert ANSWER in reply
    assert TITLE in reply
    assert LOWER not in reply

    for who in ("ana", "ben"):
        await related.takes(who, asked, TITLE)
        await related.settle()
        assert LOWER in related.told(who)[-1]
    assert related.replies(asked) == [reply]


async def test_it_is_neither_a_choice_nor_a_rating(related: Side) -> None:
    asked = await _asked(related)
    await related.takes("ana", asked, TITLE)
    await related.settle()

    async with related.app.database.snapshot() as tx:
        for table in (ChoiceRow, FeedbackRow):
            assert (await tx.scalars(select(table))).all() == []
    assert await related.app.review.list() == ()


@pytest.mark.parametrize(
    "change", [{"audience": "internal"}, {"valid_until": "2020-01-01"}, {"channels": "slack/T9/C9"}, {"region": "EU"}]
)
async def test_what_is_not_for_this_reader_here_is_not_offered(related: Side, change: dict[str, str]) -> None:
    await related.app.catalogue.edit("lower", change, actor="mod")
    (reply,) = related.replies(await _asked(related))

    assert ANSWER in reply
    assert TITLE not in reply


async def test_a_topic_that_the_channel_has_not_is_not_offered(related: Side) -> None:
    await related.app.catalogue.edit("lower", {"category": "Tips"}, actor="mod")
    await related.set_channel(topics="Fees")
    (reply,) = related.replies(await _asked(related))

    assert TITLE not in reply


async def test_what_was_withdrawn_since_is_gone(related: Side) -> None:
    asked = await _asked(related)
    await related.app.catalogue.edit("lower", {"audience": "internal"}, actor="mod")
    await related.takes("ana", asked, TITLE)
    await related.settle()

    assert str(GONE) in related.told("ana")[-1]


async def test_an_entry_that_the_question_was_not_compared_with_is_not_shown(related: Side) -> None:
    asked = await _asked(related)
    reply = await related.app.related.show("Q1", "limits-of-others", related.person(asked))

    assert reply.text == str(GONE)


async def test_nothing_is_offered_where_nobody_asked(related: Side) -> None:
    await related.set_mode("ambient")
    await related.app.catalogue.edit("fees", {"threshold": "0.5"}, actor="mod")
    asked = await related.says("ana", FEES)
    await related.settle()

    (reply,) = related.replies(asked)
    assert TITLE not in reply


async def test_a_reply_that_another_process_takes_up_has_it_too(related: Side) -> None:
    asked = await _asked(related)
    async with related.app.database.transaction() as tx:
        unsent = {"reply_state": ReplyState.DUE, "reply_until": QuestionRow.heard_at}
        await tx.execute(update(QuestionRow).values(**unsent))

    await related.recovers()

    (reply,) = related.replies(asked)
    assert TITLE in reply


async def test_a_command_has_it_too(related: Side) -> None:
    assert TITLE in await related.asks_alone("ana", FEES)


@pytest.fixture(params=SIDES)
async def without(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform where nothing related is offered."""
    async with SIDES[request.param](sqlite_url, Manners(related=False)) as side:
        await side.set_mode("mention")
        yield side


async def test_it_can_be_switched_off(without: Side) -> None:
    await without.app.catalogue.edit("fees", {"category": "Fees"}, actor="mod")
    await without.app.catalogue.add(Entry(id="lower", question=TITLE, answer=LOWER, category="Fees"), actor="mod")
    (reply,) = without.replies(await _asked(without))

    assert TITLE not in reply

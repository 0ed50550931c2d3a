"""What is due when its channel was set otherwise meanwhile, on both platforms."""

import pytest
from sqlalchemy import select, update

from bot.core.wording.outcomes import LATER
from bot.service.resolutions import NewAnswer
from bot.store.records import ReplyState
from bot.store.tables import DeliveryRow, QuestionRow
from tests.contract.sides import BOT, Side, Written

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."


async def left_behind(side: Side, *, to: tuple[str, ...] = ()) -> Written:
    """Have somebody ask, and leave the reply as a process does that ends before it is sent."""
    await side.set_mode("shadow")
    asked = await side.says("ana", FEES, to=to)
    await side.settle()
    async with side.app.database.transaction() as tx:
        unsent = {"shadow": False, "reply_state": ReplyState.DUE, "reply_until": QuestionRow.heard_at}
        await tx.execute(update(QuestionRow).values(**unsent))
    assert side.replies(asked) == []
    return asked


@pytest.mark.parametrize("mode", ["off", "shadow", "draft", "mention"])
async def test_what_was_to_be_said_unasked_is_not_said_where_nothing_is_any_more(side: Side, mode: str) -> None:
    asked = await left_behind(side)
    await side.set_mode(mode)
    await side.recovers()
    await side.set_mode("ambient")
    await side.recovers()

    assert side.replies(asked) == []
    known = await side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.REFUSED


@pytest.mark.parametrize(("mode", "many"), [("off", 0), ("shadow", 0), ("mention", 1), ("ambient", 1)])
async def test_what_was_asked_for_is_said_where_the_bot_answers(side: Side, mode: str, many: int) -> None:
    asked = await left_behind(side, to=(BOT,))
    await side.set_mode(mode)
    await side.recovers()

    assert len([each for each in side.replies(asked) if ANSWER in each]) == many


async def later(side: Side, mode: str, *, to: tuple[str, ...] = ()) -> list[str]:
    """Return what Ana is told of what moderators answer when her channel is set otherwise."""
    await side.set_mode("ambient")
    asked = await side.says("ana", "where is the parrot?", to=to)
    await side.settle()
    before = len(side.replies(asked))
    await side.set_mode(mode)
    await side.app.review.answer("R1", NewAnswer(answer="On the mast."), actor="ann")
    await side.delivers()
    return side.replies(asked)[before:]


@pytest.mark.parametrize("mode", ["off", "shadow", "draft", "mention", "ambient"])
async def test_who_asked_the_bot_is_told_later_whatever_the_mode_is_by_then(side: Side, mode: str) -> None:
    (told,) = await later(side, mode, to=(BOT,))

    assert str(LATER) in told
    assert "On the mast." in told


@pytest.mark.parametrize(
    ("mode", "status"),
    [("off", "failed"), ("shadow", "failed"), ("mention", "failed"), ("draft", "sent"), ("ambient", "sent")],
)
async def test_who_did_not_ask_the_bot_is_told_later_where_it_listens(side: Side, mode: str, status: str) -> None:
    told = await later(side, mode)
    await side.set_mode("ambient")
    await side.delivers()

    assert len(told) == (status == "sent")
    async with side.app.database.snapshot() as tx:
        assert (await tx.scalars(select(DeliveryRow.status))).all() == [status]

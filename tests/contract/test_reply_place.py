"""Replies may stand in the channel itself, on both platforms."""

import pytest
from sqlalchemy import select, update

from bot.core.models import IgnoreReason
from bot.core.wording.outcomes import LATER
from bot.service.resolutions import NewAnswer
from bot.store.records import DeliveryStatus, ReplyState
from bot.store.tables import DeliveryRow, QuestionRow
from tests.contract.sides import BOT, Side

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."
WEB, CLICK = "How do I freeze my account (web)?", "Click freeze."
PARROT = "where is the parrot"
MAST = "On the mast."


@pytest.fixture
async def open_side(side: Side) -> Side:
    """Return a platform where replies stand in the channel."""
    await side.set_channel(reply="channel")
    return side


async def test_a_reply_stands_in_the_channel(open_side: Side) -> None:
    asked = await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()

    (reply,) = open_side.beside()
    assert ANSWER in reply
    assert len(open_side.spoken()) == 1
    known = await open_side.known(asked)
    assert known is not None
    assert known.question.ref.beside


async def test_a_question_in_a_thread_is_answered_there(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.set_channel(reply="channel")

    await side.says("ana", WEB, to=(BOT,), under=asked)
    await side.settle()

    assert [CLICK in reply for reply in side.replies(asked)] == [False, True]
    assert side.beside() == []


async def test_the_reply_follows_an_edit_also_after_the_setting_changed(open_side: Side) -> None:
    asked = await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()
    await open_side.set_channel(reply="thread")

    await open_side.edits(asked, WEB, to=(BOT,))
    await open_side.settle()

    (reply,) = open_side.beside()
    assert CLICK in reply


async def test_the_reply_goes_with_the_question(open_side: Side) -> None:
    asked = await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()
    await open_side.deletes(asked)
    await open_side.settle()

    assert open_side.spoken() == []


async def test_the_reply_is_removed_by_who_asked(open_side: Side) -> None:
    asked = await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()
    await open_side.presses("ana", asked, "remove")
    await open_side.settle()

    assert open_side.spoken() == []
    known = await open_side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.REMOVED


async def test_a_later_answer_stands_there_too(open_side: Side) -> None:
    await open_side.says("ana", PARROT, to=(BOT,))
    await open_side.settle()
    await open_side.app.review.answer("R1", NewAnswer(answer=MAST), actor="ann")
    await open_side.delivers()

    later = open_side.beside()[-1]
    assert str(LATER) in later
    assert MAST in later


async def test_a_later_answer_that_was_not_confirmed_is_found_there(open_side: Side) -> None:
    await open_side.says("ana", PARROT, to=(BOT,))
    await open_side.settle()
    await open_side.app.review.answer("R1", NewAnswer(answer=MAST), actor="ann")

    await open_side.delivers()
    async with open_side.app.database.transaction() as tx:
        unsent = {"sent_message_id": None, "sent_at": None, "status": DeliveryStatus.WAITING}
        await tx.execute(update(DeliveryRow).values(**unsent, next_try_at=DeliveryRow.created_at))
    await open_side.delivers()

    async with open_side.app.database.snapshot() as tx:
        assert (await tx.scalars(select(DeliveryRow.status))).all() == [DeliveryStatus.SENT]
    assert sum(MAST in one for one in open_side.beside()) == 1


async def test_a_reply_that_was_not_confirmed_is_found_there(open_side: Side) -> None:
    asked = await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()
    async with open_side.app.database.transaction() as tx:
        unsent = {"sent_message_id": None, "reply_state": ReplyState.DUE, "reply_until": QuestionRow.heard_at}
        await tx.execute(update(QuestionRow).values(**unsent))

    await open_side.recovers()

    assert len(open_side.spoken()) == 1
    known = await open_side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.SENT


async def test_what_is_said_back_to_it_is_understood(open_side: Side) -> None:
    await open_side.says("ana", FEES, to=(BOT,))
    await open_side.settle()
    thanks = await open_side.says("ana", "that solved it", to=(BOT,))
    await open_side.settle()

    known = await open_side.known(thanks)
    assert known is not None
    assert getattr(known.outcome.decision, "reason", None) is IgnoreReason.THANKS


@pytest.mark.parametrize("text", ["web", "none of these"])
async def test_a_choice_is_named_there(open_side: Side, text: str) -> None:
    asked = await open_side.says("ana", "how do I freeze my account", to=(BOT,))
    await open_side.settle()
    await open_side.says("ana", text, to=(BOT,))
    await open_side.settle()

    known = await open_side.known(asked)
    assert known is not None
    assert (CLICK in "".join(open_side.beside())) is (text == "web")
    assert [item.text for item in await open_side.app.review.list()] == ([] if text == "web" else [known.outcome.text])


async def test_who_asks_on_there_is_understood_by_what_they_asked_before(open_side: Side) -> None:
    await open_side.says("ana", "about a withdrawal", to=(BOT,))
    await open_side.settle()
    await open_side.says("ana", "and what does it cost?", to=(BOT,))
    await open_side.settle()

    assert [ANSWER in reply for reply in open_side.beside()] == [False, True]


async def test_where_threads_are_refused_the_reply_stands_beside_its_question_and_follows_it(side: Side) -> None:
    await side.denies_threads()
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    (nothing,) = side.spoken()
    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()
    (answer,) = side.spoken()
    await side.deletes(asked)
    await side.settle()

    assert ("One coin." in nothing, "One coin." in answer) == (False, True)
    assert side.spoken() == []

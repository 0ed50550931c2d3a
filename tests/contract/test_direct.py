"""What members write to the bot alone is understood as in a thread of their own, on both platforms."""

import asyncio

import pytest
from sqlalchemy import select

from bot.core.manners import OptOut
from bot.core.models import Rating
from bot.core.wording.replies import CALLED, LISTED, NOTHING_FITS, WELCOME
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer
from bot.store.tables import FeedbackRow, QuestionRow
from tests.contract.direct import presses, stranger, tells, writes
from tests.contract.sides import Side

FEES, FREEZE, PARROT = "How much does a withdrawal cost?", "how do I freeze my account", "where is the parrot"
ANSWER, TAP, INTERNAL = "One coin.", "freeze.", "When does compliance raise a deposit ceiling?"
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"


async def ratings(side: Side) -> list[Rating]:
    async with side.app.database.snapshot() as tx:
        return list(await tx.scalars(select(FeedbackRow.rating)))


def person(side: Side, who: str) -> Person:
    member = side.member(who)  # type: ignore[attr-defined]  # both have it
    return Person(side.platform, str(getattr(member, "id", member)))


async def test_who_asks_is_answered_once_without_a_mention_or_a_setting(side: Side) -> None:
    (answer,) = await tells(side, "ana", FEES)
    assert ANSWER in answer
    (nothing,) = await tells(side, "ana", PARROT)
    assert str(NOTHING_FITS) in nothing
    assert [item.text for item in await side.app.review.list()] == [PARROT]
    assert side.beside() == []


async def test_what_is_edited_or_deleted_changes_the_reply(side: Side) -> None:
    asked = await writes(side, "ana", PARROT)
    await side.settle()
    await side.edits(asked, FEES)
    await side.settle()
    (answer,) = side.asked_directly("ana")
    assert ANSWER in answer

    await side.deletes(asked)
    await side.settle()
    assert side.asked_directly("ana") == []
    assert FEES.casefold() not in await texts(side)


@pytest.mark.parametrize("choice", ["1", "the second one", "app"])
async def test_a_choice_is_named(side: Side, choice: str) -> None:
    (choices,) = await tells(side, "ana", FREEZE)
    assert TAP not in choices
    assert await tells(side, "ana", choice) == []

    (answer,) = side.asked_directly("ana")
    assert TAP in answer
    assert await side.app.review.list() == ()


async def test_a_choice_that_is_pressed_and_typed_at_once_is_answered_once(side: Side) -> None:
    await tells(side, "ana", FREEZE)
    await asyncio.gather(writes(side, "ana", "none of these"), presses(side, "ana", "human"))
    await side.settle()

    (item,) = await side.app.review.list()
    assert item.text == FREEZE


async def test_thanks_are_taken_as_helpful_and_answered(side: Side) -> None:
    await tells(side, "ana", FEES)
    (reply,) = await tells(side, "ana", "thanks, that solved it")

    assert str(WELCOME) in reply
    assert await ratings(side) == [Rating.HELPFUL]
    assert await side.app.review.list() == ()


async def test_feedback_is_pressed(side: Side) -> None:
    await tells(side, "ana", FEES)
    await presses(side, "ana", "helpful")
    assert await ratings(side) == [Rating.HELPFUL]
    await presses(side, "ana", "remove")

    assert side.asked_directly("ana") == []


async def test_who_wants_a_person_gets_on_the_list(side: Side) -> None:
    await tells(side, "ana", FEES)
    (reply,) = await tells(side, "ana", "I want a real person")

    assert str(LISTED) in reply or str(CALLED) in reply
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


async def test_who_asks_on_is_understood_by_what_they_asked_before(side: Side) -> None:
    await tells(side, "ana", "about a withdrawal")
    (reply,) = await tells(side, "ana", "and what does it cost?")

    assert ANSWER in reply


async def test_a_later_answer_comes_there(side: Side) -> None:
    await tells(side, "ana", PARROT)
    await side.app.review.answer("R1", NewAnswer(answer="On the mast."), actor="mod")
    await side.delivers()

    assert "On the mast." in side.asked_directly("ana")[-1]


@pytest.mark.parametrize("extent", OptOut)
async def test_who_opted_out_is_answered_and_told_nothing_later(side: Side, extent: OptOut) -> None:
    await side.app.privacy.opt_out(person(side, "ana"), actor="mod", extent=extent)
    (answer,) = await tells(side, "ana", FEES)
    assert ANSWER in answer
    await tells(side, "ana", PARROT)
    before = side.asked_directly("ana")
    await side.app.review.answer("R1", NewAnswer(answer="On the mast."), actor="mod")
    await side.delivers()

    assert side.asked_directly("ana") == before


async def test_who_is_forgotten_leaves_nothing_and_asks_again(side: Side) -> None:
    await tells(side, "ana", PARROT)
    await side.app.privacy.forget(person(side, "ana"), actor="mod")
    assert "parrot" not in await texts(side)
    (answer,) = await tells(side, "ana", FEES)

    assert ANSWER in answer


async def test_a_secret_is_warned_of_and_not_kept(side: Side) -> None:
    (reply,) = await tells(side, "ana", SEED)

    assert "seed" in reply
    assert "sausage" not in await texts(side)
    assert side.beside() == []


async def test_a_stranger_gets_what_is_public_and_no_more(side: Side) -> None:
    stranger(side, "eve")
    said = await tells(side, "eve", FEES)
    said += await tells(side, "eve", INTERNAL)

    assert not any("compliance" in each.replace(INTERNAL, "") for each in said)
    assert len([each for each in said if ANSWER in each]) <= 1
    assert side.beside() == []


async def texts(side: Side) -> str:
    """Return all that the log has of what was asked, in small letters."""
    async with side.app.database.snapshot() as tx:
        return str((await tx.execute(select(QuestionRow.text, QuestionRow.normalised))).all()).casefold()

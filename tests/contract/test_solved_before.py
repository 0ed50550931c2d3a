"""What was solved before is offered where a question has no answer, on both platforms."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.models import ItemStatus
from bot.core.searching.kept_vectors import RecentVectors
from bot.core.searching.vectors import Model, Vectors
from bot.core.wording.replies import NOTHING_FITS, SOLVED_BEFORE
from bot.service.resolutions import NewAnswer
from tests.contract.sides import BOT, HELPER, MODERATOR, Side, Written

PARROT, AGAIN, PLACE = "where is the green parrot?", "where is that green parrot now", "Behind the kitchen door."


async def asked(side: Side, text: str = PARROT, who: str = "ana") -> Written:
    """Have somebody ask what nothing fits."""
    question = await side.says(who, text, to=(BOT,))
    await side.settle()
    return question


async def solved(side: Side, text: str = PARROT, who: str = "ana") -> Written:
    """Have somebody ask it, and mark what Ben says to it as the solution."""
    question = await asked(side, text, who)
    said = await side.says("ben", PLACE, under=question)
    await side.settle()
    await side.marks(who, said)
    await side.settle()
    return question


async def offered(side: Side, text: str = AGAIN, who: str = "cho") -> str:
    """Have somebody else ask, and return what they are told."""
    (reply,) = side.replies(await asked(side, text, who))
    assert str(NOTHING_FITS) in reply
    return reply


async def test_what_was_solved_before_is_offered_as_a_link(side: Side) -> None:
    before = await solved(side)
    reply = await offered(side)

    assert str(SOLVED_BEFORE) in reply
    assert PARROT in reply
    assert side.address(before) in reply
    (item,) = await side.app.review.list()
    assert (item.status, item.count) == (ItemStatus.OPEN, 2)


async def test_what_nobody_solved_is_not_offered(side: Side) -> None:
    await asked(side)

    assert str(SOLVED_BEFORE) not in await offered(side)


async def test_a_mark_that_is_taken_back_solves_nothing(side: Side) -> None:
    question = await asked(side)
    said = await side.says("ben", PLACE, under=question)
    await side.settle()
    for added in (True, False):
        await side.signs("ana", said, added=added)
        await side.settle()

    assert str(SOLVED_BEFORE) not in await offered(side)


async def test_one_that_moderators_answered_is_offered_too(side: Side) -> None:
    before = await asked(side)
    (item,) = await side.app.review.list()
    kept = await side.app.review.answer(item.id, NewAnswer(question="Parrots", answer=PLACE, aliases=()), actor="mod")
    assert kept.entry is not None
    await side.app.catalogue.edit(kept.entry.entry.id, {"status": "retired"}, actor="mod")

    assert side.address(before) in await offered(side)


@pytest.mark.parametrize("other", ["how do I open the cage?", "where is the green parrot not allowed?"])
async def test_what_asks_something_else_or_the_opposite_is_not_offered(side: Side, other: str) -> None:
    await solved(side, other)

    assert str(SOLVED_BEFORE) not in await offered(side, "where is the green parrot allowed?")


async def test_two_are_offered_at_most(side: Side) -> None:
    first, *others = [await solved(side, who=who) for who in ("ana", "dan", "eve")]
    reply = await offered(side)

    assert side.address(first) not in reply
    assert all(side.address(one) in reply for one in others)


async def test_the_own_question_is_not_offered_in_its_thread(side: Side) -> None:
    before = await solved(side)
    again = await side.says("cho", AGAIN, to=(BOT,), under=before)
    await side.settle()

    assert str(NOTHING_FITS) in side.replies(again)[-1]
    assert str(SOLVED_BEFORE) not in side.replies(again)[-1]


async def test_a_question_that_was_deleted_is_not_offered(side: Side) -> None:
    await side.deletes(await solved(side))
    await side.settle()

    assert str(SOLVED_BEFORE) not in await offered(side)


async def test_questions_of_who_opted_out_are_not_offered(side: Side) -> None:
    before = await solved(side)
    await side.app.privacy.opt_out(side.person(before), actor="mod")

    assert str(SOLVED_BEFORE) not in await offered(side)


async def test_what_is_asked_inside_a_thread_is_not_offered(side: Side) -> None:
    root = await asked(side, "may a dog sleep on the sofa?")
    below = await side.says("dan", PARROT, to=(BOT,), under=root)
    await side.settle()
    said = await side.says(HELPER, PLACE, under=root)
    await side.settle()
    await side.marks("dan", said)
    await side.settle()
    assert await side.known(below) is not None

    assert str(SOLVED_BEFORE) not in await offered(side)


async def test_nobody_is_pinged_by_what_was_asked(side: Side) -> None:
    await solved(side, f"@everyone **{PARROT}** <@{side.on_call}>")
    reply = await offered(side)

    assert str(SOLVED_BEFORE) in reply
    assert [sign for sign in ("@everyone", f"<@{side.on_call}>") if sign in reply] == []


async def test_who_uses_the_command_is_offered_them_in_private(side: Side) -> None:
    before = await solved(side)

    assert side.address(before) in await side.asks_alone("cho", AGAIN)


async def test_a_reply_that_is_edited_is_decided_again_and_keeps_them(side: Side) -> None:
    before = await solved(side)
    question = await asked(side, "what is the colour of the moon?", MODERATOR)
    await side.edits(question, AGAIN, to=(BOT,))
    await side.settle()

    assert side.address(before) in side.replies(question)[-1]


async def test_with_an_encoder_one_that_means_the_same_is_offered(side: Side) -> None:
    before = await solved(side)
    other = "has anybody seen our bird lately"
    assert str(SOLVED_BEFORE) not in await offered(side, other, "dan")

    side.app.knowledge.encoders[Model.ENGLISH] = RecentVectors(about_birds)
    assert side.address(before) in await offered(side, other)


def about_birds(texts: Sequence[str]) -> Vectors:
    """Return one vector for all that is about birds, and another for all else."""
    return np.array([[1, 0] if {"bird", "parrot"} & set(text.split()) else [0, 1] for text in texts], np.float32)

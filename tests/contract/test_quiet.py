"""Threads that nobody writes in are asked about once, and then closed, on both platforms."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.models import DismissReason, ItemStatus
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import NOT_THEIRS_TO_SOLVE
from bot.core.wording.quiet import IS_CLOSED, IS_SOLVED, STAYS_OPEN, STILL_OPEN
from tests.contract.sides import BOT, HELPER, MODERATOR, Side, Written

FEES, PARROT, PLACE = "How much does a withdrawal cost?", "where is the parrot", "It sits behind the kitchen door."
# By the clock of the bot, which is a moment ahead of when the last word was written.
DAYS = timedelta(days=7, minutes=5)


@pytest.fixture
async def quiet(side: Side) -> Side:
    """Return a platform where threads are asked about after a week."""
    side.watch.now = datetime.now(UTC)
    await side.set_channel(quiet_days="7")
    return side


async def asked(side: Side, text: str = PARROT) -> Written:
    """Have Ana ask the bot."""
    question = await side.says("ana", text, to=(BOT,))
    await side.settle()
    return question


async def after(side: Side, time: timedelta = DAYS) -> None:
    """Have the bot look at threads after a time."""
    side.watch.forward(time)
    await side.looks()
    await side.settle()


async def asked_about(side: Side) -> Written:
    """Have Ana ask, and the bot ask about it when a week is over."""
    question = await asked(side)
    await after(side)
    assert str(STILL_OPEN) in side.replies(question)[-1]
    return question


async def test_a_quiet_thread_is_asked_about_once_and_then_closed(quiet: Side) -> None:
    question = await asked_about(quiet)
    said = quiet.replies(question)
    assert all(str(label) in said[-1] for label in (Label.SOLVED, Label.STILL_OPEN))
    await after(quiet, timedelta(days=6))
    assert quiet.replies(question) == said

    await after(quiet, timedelta(days=1))
    closed = quiet.replies(question)
    assert (closed[:-1], len(closed)) == (said[:-1], len(said))
    assert str(IS_CLOSED) in closed[-1]
    assert str(Label.STILL_OPEN) not in closed[-1]

    await after(quiet)
    assert quiet.replies(question) == closed


async def test_an_unanswered_question_stays_with_the_moderators(quiet: Side) -> None:
    await asked_about(quiet)
    await after(quiet)

    (item,) = await quiet.app.review.list()
    assert item.status is ItemStatus.OPEN


async def test_by_default_nobody_is_asked(side: Side) -> None:
    side.watch.now = datetime.now(UTC)
    question = await asked(side)
    await after(side)

    assert len(side.replies(question)) == 1


@pytest.mark.parametrize("mode", ["off", "shadow"])
async def test_where_the_bot_says_nothing_nobody_is_asked(quiet: Side, mode: str) -> None:
    question = await asked(quiet)
    await quiet.set_mode(mode)
    await after(quiet)

    assert len(quiet.replies(question)) == 1


async def test_a_word_before_that_begins_the_time_anew(quiet: Side) -> None:
    quiet.watch.forward(timedelta(days=-5))  # so that the platform has the last word five days later
    question = await asked(quiet)
    await after(quiet)
    assert len(quiet.replies(question)) == 1

    await after(quiet, timedelta(days=5))
    assert str(STILL_OPEN) in quiet.replies(question)[-1]


async def test_a_word_after_that_keeps_it_open_for_good(quiet: Side) -> None:
    question = await asked_about(quiet)
    await quiet.says("ana", "not yet, I am still waiting", under=question)
    await quiet.settle()
    before = quiet.replies(question)
    for _ in range(3):
        await after(quiet)

    assert quiet.replies(question) == before
    assert str(STILL_OPEN) in "".join(before)


@pytest.mark.parametrize("who", ["ana", MODERATOR, HELPER])
async def test_who_asked_and_who_helps_say_that_it_is_solved(quiet: Side, who: str) -> None:
    question = await asked_about(quiet)
    await quiet.presses(who, question, "solved")
    await quiet.settle()
    await after(quiet)

    assert str(IS_SOLVED) in quiet.replies(question)[-1]
    known = await quiet.known(question)
    assert known is not None
    assert await quiet.app.learning.is_solved(known.question.id)


async def test_others_do_not_say_that_it_is_solved(quiet: Side) -> None:
    question = await asked_about(quiet)
    await quiet.presses("eve", question, "solved")
    await quiet.settle()

    assert str(NOT_THEIRS_TO_SOLVE) in quiet.told("eve")[-1]
    assert str(STILL_OPEN) in quiet.replies(question)[-1]
    await after(quiet)
    assert str(IS_CLOSED) in quiet.replies(question)[-1]


async def test_anybody_says_that_it_is_still_open(quiet: Side) -> None:
    question = await asked_about(quiet)
    await quiet.presses("eve", question, "still_open")
    await quiet.settle()
    for _ in range(2):
        await after(quiet)

    assert str(STAYS_OPEN) in quiet.replies(question)[-1]


async def test_what_has_an_answer_or_is_solved_is_left_alone(quiet: Side) -> None:
    answered, solved = await asked(quiet, FEES), await asked(quiet)
    said = await quiet.says("ben", PLACE, under=solved)
    await quiet.settle()
    await quiet.marks("ana", said)
    await quiet.settle()
    await after(quiet)

    assert [len(quiet.replies(each)) for each in (answered, solved)] == [1, 1]


async def test_what_moderators_dismissed_or_who_opted_out_is_left_alone(quiet: Side) -> None:
    question = await asked(quiet)
    (item,) = await quiet.app.review.list()
    await quiet.app.review.dismiss(item.id, reason=DismissReason.OTHER, actor="mod")
    other = await quiet.says("ben", "may a dog sleep on the sofa", to=(BOT,))
    await quiet.settle()
    await quiet.app.privacy.opt_out(quiet.person(other), actor="mod")
    await after(quiet)

    assert [len(quiet.replies(each)) for each in (question, other)] == [1, 1]


async def test_two_processes_that_look_at_once_ask_and_close_once(quiet: Side) -> None:
    question = await asked(quiet)
    for count in (2, 2):
        quiet.watch.forward(DAYS)
        await asyncio.gather(*(quiet.looks() for _ in range(4)))
        await quiet.settle()
        assert len(quiet.replies(question)) == count

    assert str(IS_CLOSED) in quiet.replies(question)[-1]


async def test_a_process_that_dies_when_it_has_asked_leaves_it_to_the_next(quiet: Side) -> None:
    question = await asked(quiet)
    quiet.watch.forward(DAYS)
    known = await quiet.known(question)
    assert known is not None
    leased = await quiet.app.quiet.lease(known.question.id)
    assert leased is not None
    await quiet.keeper.ask(known.question)
    await quiet.looks()  # the lease holds
    assert await quiet.app.quiet.lease(known.question.id) is None
    await quiet.app.quiet.give_back(leased, may_be_asked=True)  # as when its time is over
    await quiet.looks()
    assert len(quiet.replies(question)) == 2

    await after(quiet)
    assert str(IS_CLOSED) in quiet.replies(question)[-1]


async def test_a_question_that_was_removed_by_a_moderator_is_not_asked_again(quiet: Side) -> None:
    question = await asked_about(quiet)
    await quiet.removes(question)
    for _ in range(2):
        await after(quiet)

    assert len(quiet.replies(question)) == 1


async def test_what_fits_a_thread_of_a_language_is_in_it(quiet: Side) -> None:
    await quiet.set_locale("de")
    question = await asked(quiet)
    await after(quiet)

    assert "Ist das noch offen?" in quiet.replies(question)[-1]

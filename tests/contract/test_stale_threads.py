"""Threads that nobody writes in are asked about once, and then closed, on both platforms."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.models import DismissReason, ItemStatus
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import NOT_THEIRS_TO_SOLVE
from bot.core.wording.stale_threads import IS_CLOSED, IS_SOLVED, STAYS_OPEN, STILL_OPEN
from bot.store.privacy import NOBODY
from tests.contract.sides import BOT, HELPER, MODERATOR, Side, Written

FEES, PARROT, PLACE = "How much does a withdrawal cost?", "where is the parrot", "It sits behind the kitchen door."
# By the clock of the bot, which is a moment ahead of when the last word was written.
DAYS = timedelta(days=7, minutes=5)


@pytest.fixture
async def stale(side: Side) -> Side:
    """Return a platform where threads are asked about after a week."""
    side.watch.now = datetime.now(UTC)
    await side.set_channel(stale_days="7")
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


async def test_a_stale_thread_is_asked_about_once_and_then_closed(stale: Side) -> None:
    question = await asked_about(stale)
    said = stale.replies(question)
    assert all(str(label) in said[-1] for label in (Label.SOLVED, Label.STILL_OPEN))
    await after(stale, timedelta(days=6))
    assert stale.replies(question) == said

    await after(stale, timedelta(days=1))
    closed = stale.replies(question)
    assert (closed[:-1], len(closed)) == (said[:-1], len(said))
    assert str(IS_CLOSED) in closed[-1]
    assert str(Label.STILL_OPEN) not in closed[-1]

    await after(stale)
    assert stale.replies(question) == closed


async def test_an_unanswered_question_stays_with_the_moderators(stale: Side) -> None:
    await asked_about(stale)
    await after(stale)

    (item,) = await stale.app.review.list()
    assert item.status is ItemStatus.OPEN


async def test_by_default_nobody_is_asked(side: Side) -> None:
    side.watch.now = datetime.now(UTC)
    question = await asked(side)
    await after(side)

    assert len(side.replies(question)) == 1


@pytest.mark.parametrize("mode", ["off", "shadow"])
async def test_where_the_bot_says_nothing_nobody_is_asked(stale: Side, mode: str) -> None:
    question = await asked(stale)
    await stale.set_mode(mode)
    await after(stale)

    assert len(stale.replies(question)) == 1


async def test_a_word_before_that_begins_the_time_anew(stale: Side) -> None:
    stale.watch.forward(timedelta(days=-5))  # so that the platform has the last word five days later
    question = await asked(stale)
    await after(stale)
    assert len(stale.replies(question)) == 1

    await after(stale, timedelta(days=5))
    assert str(STILL_OPEN) in stale.replies(question)[-1]


async def test_a_word_after_that_keeps_it_open_for_good(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.says("ana", "I saw it fly by yesterday", under=question)
    await stale.settle()
    before = stale.replies(question)
    for _ in range(3):
        await after(stale)

    assert stale.replies(question) == before
    assert str(STILL_OPEN) in "".join(before)


@pytest.mark.parametrize("who", ["ana", MODERATOR, HELPER])
async def test_who_asked_and_who_helps_say_that_it_is_solved(stale: Side, who: str) -> None:
    question = await asked_about(stale)
    await stale.presses(who, question, "solved")
    await stale.settle()
    await after(stale)

    assert str(IS_SOLVED) in stale.replies(question)[-1]
    known = await stale.known(question)
    assert known is not None
    assert await stale.app.learning.is_solved(known.question.id)


async def test_who_deletes_what_says_so_takes_nothing_back(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.presses("ana", question, "solved")
    await stale.settle()
    await stale.removes(question)
    await stale.settle()

    known = await stale.known(question)
    assert known is not None
    assert await stale.app.learning.is_solved(known.question.id)


async def test_others_do_not_say_that_it_is_solved(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.presses("eve", question, "solved")
    await stale.settle()

    assert str(NOT_THEIRS_TO_SOLVE) in stale.told("eve")[-1]
    assert str(STILL_OPEN) in stale.replies(question)[-1]
    await after(stale)
    assert str(IS_CLOSED) in stale.replies(question)[-1]


async def test_anybody_says_that_it_is_still_open(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.presses("eve", question, "still_open")
    await stale.settle()
    for _ in range(2):
        await after(stale)

    assert str(STAYS_OPEN) in stale.replies(question)[-1]


async def test_what_has_an_answer_or_is_solved_is_left_alone(stale: Side) -> None:
    answered, solved = await asked(stale, FEES), await asked(stale)
    said = await stale.says("ben", PLACE, under=solved)
    await stale.settle()
    await stale.marks("ana", said)
    await stale.settle()
    await after(stale)

    assert [len(stale.replies(each)) for each in (answered, solved)] == [1, 1]


async def test_what_moderators_dismissed_or_who_opted_out_is_left_alone(stale: Side) -> None:
    question = await asked(stale)
    (item,) = await stale.app.review.list()
    await stale.app.review.dismiss(item.id, reason=DismissReason.OTHER, actor="mod")
    other = await stale.says("ben", "may a dog sleep on the sofa", to=(BOT,))
    await stale.settle()
    await stale.app.privacy.opt_out(stale.person(other), actor="mod")
    await after(stale)

    assert [len(stale.replies(each)) for each in (question, other)] == [1, 1]


async def test_two_processes_that_look_at_once_ask_and_close_once(stale: Side) -> None:
    question = await asked(stale)
    for count in (2, 2):
        stale.watch.forward(DAYS)
        await asyncio.gather(*(stale.looks() for _ in range(4)))
        await stale.settle()
        assert len(stale.replies(question)) == count

    assert str(IS_CLOSED) in stale.replies(question)[-1]


async def test_a_process_that_dies_when_it_has_asked_leaves_it_to_the_next(stale: Side) -> None:
    question = await asked(stale)
    stale.watch.forward(DAYS)
    known = await stale.known(question)
    assert known is not None
    leased = await stale.app.stale_threads.lease(known.question.id)
    assert leased is not None
    await stale.keeper.ask(known.question)
    await stale.looks()  # the lease holds
    assert await stale.app.stale_threads.lease(known.question.id) is None
    await stale.app.stale_threads.give_back(leased, may_be_asked=True)  # as when its time is over
    await stale.looks()
    assert len(stale.replies(question)) == 2

    await after(stale)
    assert str(IS_CLOSED) in stale.replies(question)[-1]


async def test_a_question_that_was_removed_by_a_moderator_is_not_asked_again(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.removes(question)
    for _ in range(2):
        await after(stale)

    assert len(stale.replies(question)) == 1


async def test_what_fits_a_thread_of_a_language_is_in_it(stale: Side) -> None:
    await stale.set_locale("de")
    question = await asked(stale)
    await after(stale)

    assert "Ist das noch offen?" in stale.replies(question)[-1]


async def says_under(side: Side, who: str, text: str) -> Written:
    """Have somebody answer in words when Ana's thread was asked about."""
    question = await asked_about(side)
    await side.says(who, text, under=question)
    await side.settle()
    return question


@pytest.mark.parametrize("mode", ["mention", "ambient", "draft"])
@pytest.mark.parametrize(("who", "text"), [("ana", "yes, still open"), ("eve", "not solved yet")])
async def test_who_answers_in_words_that_it_is_open_gets_no_other_answer(
    stale: Side, who: str, text: str, mode: str
) -> None:
    question = await asked_about(stale)
    await stale.set_mode(mode)
    many = len(stale.replies(question))
    said = await stale.says(who, text, under=question)
    await stale.settle()
    for _ in range(2):
        await after(stale)

    assert str(STAYS_OPEN) in stale.replies(question)[-1]
    assert len(stale.replies(question)) == many
    assert [item.text for item in await stale.app.review.list()] == [PARROT]
    known = await stale.known(said)
    assert known is not None
    assert (known.outcome.text, known.question.author) == (None, NOBODY)


@pytest.mark.parametrize("who", ["ana", MODERATOR, HELPER])
@pytest.mark.parametrize("text", ["no, solved", "hat sich erledigt, danke"])
async def test_who_asked_and_who_helps_say_in_words_that_it_is_solved(stale: Side, who: str, text: str) -> None:
    question = await says_under(stale, who, text)
    many = len(stale.replies(question))
    await after(stale)

    assert str(IS_SOLVED) in stale.replies(question)[-1]
    assert len(stale.replies(question)) == many
    known = await stale.known(question)
    assert known is not None
    assert await stale.app.learning.is_solved(known.question.id)


@pytest.mark.parametrize(
    ("who", "text"), [("eve", "solved"), ("ana", "is it still open?"), ("ana", "the parrot likes the wind")]
)
async def test_what_says_nothing_of_it_changes_nothing(stale: Side, who: str, text: str) -> None:
    question = await says_under(stale, who, text)

    assert str(STILL_OPEN) in "".join(stale.replies(question))
    known = await stale.known(question)
    assert known is not None
    assert not await stale.app.learning.is_solved(known.question.id)


async def test_what_was_said_once_is_not_said_again_by_other_words(stale: Side) -> None:
    question = await says_under(stale, "ana", "yes")
    await stale.says("ana", "no, solved", under=question)
    await stale.settle()

    assert str(STAYS_OPEN) in "".join(stale.replies(question))


async def test_in_other_places_the_same_words_are_for_others(stale: Side) -> None:
    await asked_about(stale)
    elsewhere = await stale.says("ben", "no, solved")
    await stale.settle()

    assert await stale.known(elsewhere) is None


async def test_words_count_where_the_question_of_the_bot_is_gone(stale: Side) -> None:
    question = await asked_about(stale)
    await stale.removes(question)
    await stale.settle()
    await stale.says("ana", "no, solved", under=question)
    await stale.settle()

    assert len(stale.replies(question)) == 1
    known = await stale.known(question)
    assert known is not None
    assert await stale.app.learning.is_solved(known.question.id)

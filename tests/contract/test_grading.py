"""Moderators grade past decisions in chat, ten at a time, on both platforms."""

from collections.abc import AsyncIterator

import pytest

from bot.core.models import Grade
from tests.contract.drafting import ANN, MEL, Drafting, discord_drafting, slack_drafting
from tests.service.graded import log
from tests.service.samples import FEES, WEB
from tests.service.test_grades import grade_of

SIDES = {"slack": slack_drafting, "discord": discord_drafting}


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Drafting]:
    """Return a platform with moderators."""
    async with SIDES[request.param](sqlite_url) as side:
        yield side


async def logged(side: Drafting, count: int) -> list[str]:
    """Log decisions, and return the questions in the order in which they are graded."""
    asked = [await log(side.app, 0.9 + number / 1_000) for number in range(count)]
    waiting = [one.question_id for one in await side.app.grades.waiting()]
    assert sorted(waiting) == sorted(asked)
    return waiting


async def test_ten_are_shown_one_after_the_other(side: Drafting) -> None:
    asked = await logged(side, 12)
    shown = await side.opens_grading(ANN)
    for place, question_id in enumerate(asked[:10], start=1):
        assert f"{place}/10 · {question_id} " in shown
        assert "fees" in shown
        shown = await side.grades(ANN, "right" if place % 2 else "wrong")

    assert "10 decisions are graded in all" in shown
    assert (await grade_of(side.app, asked[0]) or ())[:2] == (Grade.RIGHT, FEES.id)
    assert (await grade_of(side.app, asked[1]) or ())[:2] == (Grade.WRONG, None)
    assert await grade_of(side.app, asked[10]) is None


async def test_what_is_skipped_waits_for_the_next_time(side: Drafting) -> None:
    first, second = await logged(side, 2)
    await side.opens_grading(ANN)
    assert f"2/10 · {second} " in await side.grades(ANN, "skip")
    shown = await side.grades(ANN, "right")

    assert "No decision waits to be graded. One decision is graded in all." in shown
    assert f"1/10 · {first} " in await side.opens_grading(ANN)


async def test_a_grade_is_stored_at_once(side: Drafting) -> None:
    first, second = await logged(side, 2)
    await side.opens_grading(ANN)
    await side.grades(ANN, "right")
    await side.restarts()

    assert (await grade_of(side.app, first) or ())[:2] == (Grade.RIGHT, FEES.id)
    assert f"1/10 · {second} " in await side.opens_grading(ANN)


async def test_a_decision_that_is_gone_is_passed_over(side: Drafting) -> None:
    first, second = await logged(side, 2)
    await side.opens_grading(ANN)
    gone = await side.app.conversations.question(first)
    await side.app.privacy.delete_message(gone.ref, actor="test")

    assert f"1/10 · {second} " in await side.grades(ANN, "right")
    assert await grade_of(side.app, first) is None


async def test_what_another_moderator_graded_meanwhile_stays_as_they_said(side: Drafting) -> None:
    first, second = await logged(side, 2)
    await side.opens_grading(ANN)
    await side.app.grades.reject(first, entry_id=WEB.id, actor="ben")

    assert f"1/10 · {second} " in await side.grades(ANN, "right")
    assert await grade_of(side.app, first) == (Grade.WRONG, WEB.id, "ben")


async def test_an_entry_that_went_meanwhile_is_not_named_as_the_right_one(side: Drafting) -> None:
    (first,) = await logged(side, 1)
    await side.opens_grading(ANN)
    await side.app.catalogue.edit(WEB.id, {"status": "retired"}, reason="gone", actor="ben")
    await side.names(ANN, WEB.id)

    assert await grade_of(side.app, first) is None
    assert f"1/10 · {first} " in await side.opens_grading(ANN)


async def test_nothing_waits(side: Drafting) -> None:
    assert "No decision waits to be graded. 0 decisions are graded in all." in await side.opens_grading(ANN)


async def test_nobody_but_moderators_grades(side: Drafting) -> None:
    await logged(side, 1)
    assert "for moderators only" in await side.opens_grading(MEL)


async def test_another_entry_is_named_as_the_right_one(side: Drafting) -> None:
    first, second = await logged(side, 2)
    await side.opens_grading(ANN)
    assert f"2/10 · {second} " in await side.names(ANN, WEB.id)

    assert (await grade_of(side.app, first) or ())[:2] == (Grade.WRONG, WEB.id)
    (item,) = await side.app.review.list()
    assert [question.id for question in item.questions] == [first]
    (suggested,) = (await side.app.review.show(item.id)).suggestions
    assert (suggested.entry_id, suggested.answer) == (WEB.id, None)
    await side.app.review.accept(suggested.id, actor="ann")
    assert item.text in (await side.app.catalogue.show(WEB.id)).entry.aliases


async def test_who_names_the_entry_that_came_first_calls_it_right(side: Drafting) -> None:
    (asked,) = await logged(side, 1)
    await side.opens_grading(ANN)
    assert "One decision is graded" in await side.names(ANN, FEES.id)

    assert (await grade_of(side.app, asked) or ())[:2] == (Grade.RIGHT, FEES.id)
    assert await side.app.review.list() == ()

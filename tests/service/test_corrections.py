"""A moderator calls an answer wrong where it was given, and names the right entry or none."""

import asyncio

import pytest

from bot.core.models import Grade, ItemKind, ItemStatus
from bot.errors import EntryChangedError, EntryUnfitError, NothingToGradeError, PhraseTakenError, QuestionNotFoundError
from bot.service.app import App
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer
from tests.service.samples import FEES, LIMITS, UNKNOWN, WEB, ask, dump
from tests.service.test_grades import grade_of

ANN, BOB = Person("slack", "ann"), Person("slack", "bob")
ASKED = "how much does one withdrawal cost me"


async def test_the_right_entry_is_linked_and_the_wrong_one_is_graded(app: App) -> None:
    asked = (await ask(app, ASKED)).question_id
    done = await app.corrections.correct(asked, wrong=FEES.id, right=WEB.id, moderator=ANN, reason="So.")

    assert done.done is not None
    assert (done.done.item.kind, done.done.item.status, done.done.told) == (ItemKind.RATED, ItemStatus.LINKED, 1)
    assert await grade_of(app, asked) == (Grade.WRONG, WEB.id, "slack:ann")
    assert (await app.catalogue.show(WEB.id)).entry.aliases == (ASKED,)


async def test_without_a_right_entry_it_waits(app: App) -> None:
    asked = (await ask(app, ASKED)).question_id
    done = await app.corrections.correct(asked, wrong=FEES.id, right=None, moderator=ANN)

    assert [item.id for item in await app.review.list()] == [done.item_id]
    assert await grade_of(app, asked) == (Grade.WRONG, None, "slack:ann")

    await app.corrections.correct(asked, wrong=FEES.id, right=WEB.id, moderator=BOB)
    assert await app.review.list() == ()
    assert await grade_of(app, asked) == (Grade.WRONG, WEB.id, "slack:bob")


@pytest.mark.parametrize("right", [WEB.id, None])
async def test_a_dry_run_keeps_nothing(app: App, database_url: str, right: str | None) -> None:
    asked = (await ask(app, ASKED)).question_id
    before = await dump(database_url)
    tried = await app.corrections.correct(asked, wrong=FEES.id, right=right, moderator=ANN, dry_run=True)

    assert await dump(database_url) == before
    done = await app.corrections.correct(asked, wrong=FEES.id, right=right, moderator=ANN)
    assert tried.proposal == done.proposal


async def test_what_cannot_be_is_refused_and_nothing_is_kept(app: App, database_url: str) -> None:
    asked = (await ask(app, ASKED)).question_id
    as_it_stands = (await ask(app, FEES.question, "m2")).question_id
    greeting = (await ask(app, "hello", "m3")).question_id
    before = await dump(database_url)
    with pytest.raises(EntryUnfitError):
        await app.corrections.correct(asked, wrong=FEES.id, right=FEES.id, moderator=ANN)
    with pytest.raises(EntryUnfitError):
        await app.corrections.correct(asked, wrong=FEES.id, right=LIMITS.id, moderator=ANN)
    with pytest.raises(EntryChangedError):
        await app.corrections.correct(asked, wrong=FEES.id, right=None, moderator=ANN, seen=99)
    with pytest.raises(PhraseTakenError):
        await app.corrections.correct(as_it_stands, wrong=FEES.id, right=WEB.id, moderator=ANN)
    with pytest.raises(NothingToGradeError):
        await app.corrections.correct(greeting, wrong=FEES.id, right=None, moderator=ANN)
    with pytest.raises(QuestionNotFoundError):
        await app.corrections.correct("Q99", wrong=FEES.id, right=None, moderator=ANN)

    assert await dump(database_url) == before


async def test_an_answer_that_came_later_is_corrected_too(app: App) -> None:
    asked = (await ask(app, UNKNOWN)).question_id
    first = await app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    assert first.entry is not None
    wrong = first.entry.entry.id
    done = await app.corrections.correct(asked, wrong=wrong, right=None, moderator=ANN)

    assert done.item_id == "R2"
    assert [item.text for item in await app.review.list()] == [UNKNOWN]


async def test_two_moderators_at_once_are_heard_one_after_the_other(app: App, other: App) -> None:
    asked = (await ask(app, ASKED)).question_id
    await asyncio.gather(
        app.corrections.correct(asked, wrong=FEES.id, right=None, moderator=ANN),
        other.corrections.correct(asked, wrong=FEES.id, right=WEB.id, moderator=BOB),
    )

    grade = await grade_of(app, asked)
    assert grade is not None
    assert grade[0] is Grade.WRONG
    assert (await app.catalogue.show(WEB.id)).entry.aliases == (ASKED,)

"""Show how decisions are graded, which ones first, and that a grade can be taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.deciding.ranking import LEXICAL, SEMANTIC
from bot.core.models import Audience, DecisionKind, DismissReason, Grade, ItemStatus, MessageRef, Surface
from bot.errors import EntryNotFoundError, EntryUnfitError, NothingToGradeError, QuestionNotFoundError
from bot.service.app import App
from bot.store import audit
from bot.store.grades import get_grade
from bot.store.tables import QuestionRow
from tests.service.graded import close, log
from tests.service.samples import FEES, LIMITS, NOW, WEB, ask
from tests.service.test_thresholds import LAX, put


async def grade_of(app: App, question_id: str) -> tuple[Grade, str | None, str] | None:
    """Return what is kept of a grade."""
    async with app.database.snapshot() as tx:
        found = await get_grade(tx, question_id)
    return None if found is None else (found.grade, found.entry_id, found.actor)


async def test_a_grade_names_the_entry_that_was_right(app: App, other: App) -> None:
    asked = await log(app, 0.9)
    await app.grades.accept(asked, actor="ann")
    assert await grade_of(other, asked) == (Grade.RIGHT, FEES.id, "ann")
    await app.grades.reject(asked, actor="bob")
    assert await grade_of(other, asked) == (Grade.WRONG, None, "bob")
    await other.grades.reject(asked, entry_id=WEB.id, actor="cleo")
    assert await grade_of(app, asked) == (Grade.WRONG, WEB.id, "cleo")


async def test_a_grade_is_taken_back_step_by_step(app: App) -> None:
    asked = await log(app, 0.9)
    first = await app.grades.accept(asked, actor="ann")
    second = await app.grades.reject(asked, actor="ann")
    await app.grades.undo(second, actor="ann")
    assert await grade_of(app, asked) == (Grade.RIGHT, FEES.id, "ann")
    await app.grades.undo(first, actor="ann")
    assert await grade_of(app, asked) is None
    async with app.database.snapshot() as tx:
        lines = await audit.read(tx, f"question:{asked}")
    assert [line.action for line in lines] == ["grade"] * 4
    assert (lines[0].before, lines[0].after) == (
        None,
        {"grade": "right", "entry_id": FEES.id, "actor": "ann", "at": str(NOW)},
    )
    assert lines[3].after is None


async def test_what_cannot_be_graded_is_refused(app: App) -> None:
    with pytest.raises(QuestionNotFoundError):
        await app.grades.accept("Q99", actor="ann")
    greeting = (await ask(app, "hello", "hi")).question_id
    with pytest.raises(NothingToGradeError):
        await app.grades.accept(greeting, actor="ann")
    asked = await log(app, 0.9)
    with pytest.raises(EntryNotFoundError):
        await app.grades.reject(asked, entry_id="nothing", actor="ann")
    with pytest.raises(EntryUnfitError):
        await app.grades.reject(asked, entry_id=FEES.id, actor="ann")
    with pytest.raises(EntryUnfitError):
        await app.grades.reject(asked, entry_id=LIMITS.id, actor="ann")
    assert await grade_of(app, asked) is None
    internal = await log(app, 0.9, audience=Audience.INTERNAL)
    await app.grades.reject(internal, entry_id=LIMITS.id, actor="ann")


async def test_a_question_whose_text_is_gone_is_not_graded(app: App) -> None:
    asked = await ask(app, FEES.question, "m-gone")
    assert [one.question_id for one in await app.grades.waiting()] == [asked.question_id]
    await app.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m-gone"), actor="ann")
    assert await app.grades.waiting() == ()
    with pytest.raises(NothingToGradeError):
        await app.grades.accept(asked.question_id, actor="ann")


async def test_those_near_the_threshold_come_first(app: App) -> None:
    """The thresholds are lower for mentions than for what is overheard."""
    confident = await log(app, 0.99)
    near = await log(app, 0.8)
    doubtful = await log(app, 0.1, kind=DecisionKind.UNANSWERED)
    overheard = await log(app, 0.949, surface=Surface.AMBIENT)
    found = await app.grades.waiting()
    assert [one.question_id for one in found] == [overheard, near, confident, doubtful]
    assert [one.question_id for one in await app.grades.waiting(limit=1)] == [overheard]
    await put(app, (Surface.MENTION, LEXICAL, LAX))
    assert [one.question_id for one in await app.grades.waiting()] == [doubtful, overheard, near, confident]


async def test_a_decision_is_shown_with_what_came_near(app: App) -> None:
    asked = await log(app, 0.8, "what does it cost", kind=DecisionKind.SUGGESTED)
    (found,) = await app.grades.waiting()
    assert (found.question_id, found.text, found.decision) == (asked, "what does it cost", DecisionKind.SUGGESTED)
    assert [(one.entry_id, one.phrase) for one in found.candidates] == [
        (FEES.id, FEES.question),
        (WEB.id, WEB.question),
    ]
    assert found.candidates[0].confidence == 0.8


async def test_what_moderators_judged_waits_no_more_and_the_same_words_wait_once(app: App) -> None:
    graded = await log(app, 0.9)
    await app.grades.accept(graded, actor="ann")
    for status in (ItemStatus.LINKED, ItemStatus.ANSWERED):
        await close(app, await log(app, 0.9), status=status, resolved_entry_id=FEES.id)
    await close(app, await log(app, 0.9), status=ItemStatus.DISMISSED, reason=DismissReason.OFF_TOPIC)
    await log(app, 0.4, "what does it cost")
    nearer = await log(app, 0.65, "What does it cost?")
    still = await log(app, 0.1)
    await close(app, still, status=ItemStatus.OPEN)
    assert [one.question_id for one in await app.grades.waiting()] == [nearer, still]


async def test_only_decisions_of_the_scorer_in_use_wait(app: App) -> None:
    assert await app.grades.waiting() == ()
    await log(app, 0.9, scorer="0.1 lexical")
    assert await app.grades.waiting() == ()
    mine = [await log(app, 0.9, scorer=SEMANTIC) for _ in range(2)]
    await log(app, 0.9, scorer=LEXICAL)
    assert {one.question_id for one in await app.grades.waiting()} == set(mine)


async def test_a_grade_does_not_outlive_an_edit_of_the_question(app: App) -> None:
    asked = await log(app, 0.9)
    await app.grades.accept(asked, actor="ann")
    async with app.database.transaction() as tx:
        await tx.execute(update(QuestionRow).values(edited_at=NOW))
    assert await app.grades.waiting() == ()
    async with app.database.transaction() as tx:
        await tx.execute(update(QuestionRow).values(edited_at=NOW + timedelta(seconds=1)))
    assert [one.question_id for one in await app.grades.waiting()] == [asked]
    assert (await app.tuning.propose())[0].tuning.graded == 0


async def test_the_public_grades_nothing_of_what_is_for_staff_since(app: App) -> None:
    asked = await log(app, 0.9)
    internal = await log(app, 0.9, audience=Audience.INTERNAL)
    await app.catalogue.edit(WEB.id, {"question": "Quagga?", "audience": "internal"}, actor="ann")
    (shown,) = await app.grades.waiting(audience=Audience.PUBLIC)
    assert (shown.question_id, [match.entry_id for match in shown.candidates]) == (asked, [FEES.id])

    await app.catalogue.edit(FEES.id, {"audience": "internal"}, actor="ann")
    assert await app.grades.waiting(audience=Audience.PUBLIC) == ()
    assert {one.question_id for one in await app.grades.waiting()} == {asked, internal}


async def test_an_entry_that_is_named_twice_is_suggested_once(app: App) -> None:
    asked = await log(app, 0.9)
    await app.grades.name(asked, WEB.id, actor="ann")
    await app.grades.name(asked, WEB.id, actor="bob")
    (item,) = await app.review.list()
    (suggested,) = (await app.review.show(item.id)).suggestions
    assert (suggested.entry_id, suggested.suggested_by) == (WEB.id, "ann")
    assert await grade_of(app, asked) == (Grade.WRONG, WEB.id, "bob")


async def test_an_entry_that_the_asker_may_not_read_is_not_named(app: App) -> None:
    asked = await log(app, 0.9)
    with pytest.raises(EntryUnfitError):
        await app.grades.name(asked, LIMITS.id, actor="ann")
    assert await app.review.list() == ()
    assert await grade_of(app, asked) is None

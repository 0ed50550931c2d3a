"""Show which past questions are found, and with which right entry."""

from typing import Any

from sqlalchemy import insert, update

from bot.core.deciding.replays import Past
from bot.core.models import (
    Audience,
    Decision,
    Grade,
    Ignored,
    IgnoreReason,
    ItemKind,
    ItemStatus,
    Match,
    Suggested,
    Surface,
    Unanswered,
)
from bot.store import Database, Transaction
from bot.store.grades import last_labelled, last_questions
from bot.store.questions import claim, record_decision
from bot.store.records import from_question_id
from bot.store.tables import GradeRow, QuestionRow, ReviewItemRow
from tests.store.samples import NOW, entry, outcome, question, save

SUGGESTED = Suggested((Match(entry_id="a", phrase="x", confidence=0.5),))


class Log:
    """Log questions one by one."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._count = 0

    async def ask(self, text: str | None, decision: Decision = SUGGESTED, **fields: Any) -> str:  # noqa: ANN401  # the fields of a question
        """Log a question and return its id."""
        self._count += 1
        found = await claim(self._tx, question(f"m{self._count}", **fields), author="a1", at=NOW)
        matches = tuple(Match(entry_id=name, phrase="x", confidence=0.5) for name in "abc")
        await record_decision(self._tx, found.question_id, outcome(decision, text=text, candidates=matches))
        return found.question_id

    async def grade(self, question_id: str, grade: Grade, entry_id: str | None) -> None:
        """Grade a decision with the entry that is right."""
        number = from_question_id(question_id)
        row = {"question_id": number, "grade": grade, "entry_id": entry_id, "graded_by": "mod", "graded_at": NOW}
        await self._tx.execute(insert(GradeRow).values(row))

    async def close(self, question_id: str, status: ItemStatus, entry_id: str | None) -> None:
        """Close the review item of a question."""
        row = {
            "kind": ItemKind.UNANSWERED,
            "audience": Audience.PUBLIC,
            "status": status,
            "resolved_entry_id": entry_id,
            "version": 1,
            "created_at": NOW,
        }
        item = (await self._tx.scalars(insert(ReviewItemRow).values(row).returning(ReviewItemRow.id))).one()
        mine = QuestionRow.id == from_question_id(question_id)
        await self._tx.execute(update(QuestionRow).where(mine).values(review_item_id=item))


def texts(found: tuple[Past, ...]) -> list[str]:
    return [past.text for past in found]


async def test_the_last_questions_come_newest_first(database: Database) -> None:
    async with database.transaction() as tx:
        log = Log(tx)
        for text in ("one", "two", "three"):
            await log.ask(text)
        assert texts(await last_questions(tx, limit=2)) == ["three", "two"]
        assert await last_questions(tx, limit=0) == ()
        assert await last_labelled(tx, limit=9) == ()


async def test_a_question_has_what_is_needed_to_decide_it_again(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await Log(tx).ask("one", surface=Surface.AMBIENT, audience=Audience.INTERNAL)
        (found,) = await last_questions(tx, limit=9)
    logged = tuple(Match(entry_id=name, phrase="x", confidence=0.5) for name in "ab")
    assert found == Past(
        text="one",
        surface=Surface.AMBIENT,
        audience=Audience.INTERNAL,
        question_id=asked,
        logged=logged,
        scorer="1",
    )


async def test_a_text_counts_once_and_its_repetitions_take_no_place(database: Database) -> None:
    async with database.transaction() as tx:
        log = Log(tx)
        await log.ask("old")
        newest = [await log.ask("again") for _ in range(5)][-1]
        await log.ask("again", surface=Surface.AMBIENT)
        await log.ask("again", audience=Audience.INTERNAL)
        found = await last_questions(tx, limit=4)
    assert texts(found) == ["again", "again", "again", "old"]
    assert found[2].question_id == newest


async def test_what_was_not_kept_or_no_question_is_left_out(database: Database) -> None:
    async with database.transaction() as tx:
        log = Log(tx)
        await log.ask(None, Ignored(IgnoreReason.SECRET))
        await log.ask("hello", Ignored(IgnoreReason.GREETING))
        await log.ask(None, Unanswered())
        await claim(tx, question("undecided"), author="a1", at=NOW)
        assert await last_questions(tx, limit=9) == ()


async def test_grades_and_links_say_which_entry_is_right(database: Database) -> None:
    async with database.transaction() as tx:
        await save(tx, entry("a"), entry("b"))
        log = Log(tx)
        await log.grade(await log.ask("graded right"), Grade.RIGHT, "a")
        await log.grade(await log.ask("graded wrong"), Grade.WRONG, "b")
        await log.grade(await log.ask("graded none"), Grade.WRONG, None)
        await log.close(await log.ask("linked"), ItemStatus.LINKED, "a")
        await log.close(await log.ask("answered"), ItemStatus.ANSWERED, "b")
        await log.close(await log.ask("dismissed"), ItemStatus.DISMISSED, None)
        await log.close(await log.ask("open again"), ItemStatus.OPEN, "a")
        both = await log.ask("both")
        await log.close(both, ItemStatus.LINKED, "a")
        await log.grade(both, Grade.WRONG, "b")
        await log.ask("newest")
        found = await last_labelled(tx, limit=9)
        everything = await last_questions(tx, limit=99)

    assert {past.text: set(past.expect or ()) for past in found} == {
        "graded right": {"a"},
        "graded wrong": {"b"},
        "graded none": set(),
        "linked": {"a"},
        "answered": {"b"},
        "both": {"b"},
    }
    assert tuple(past for past in everything if past.expect is not None) == found
    assert len(everything) == 9

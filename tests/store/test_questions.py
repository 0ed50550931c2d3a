"""Show that a message is claimed once, and what the log keeps of it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core.models import (
    Answered,
    Audience,
    Decision,
    Ignored,
    IgnoreReason,
    Match,
    MessageRef,
    Question,
    Suggested,
    Surface,
    Unanswered,
)
from bot.errors import QuestionNotFoundError
from bot.store import Database
from bot.store.questions import claim, get_question, record_decision
from bot.store.records import ClaimedQuestion
from tests.store.samples import NOW, entry, outcome, question, saved

FEES = Match(entry_id="fees", phrase="what do I pay", confidence=0.9, features={"cover": 0.5, "margin": 1 / 3})
COSTS = Match(entry_id="costs", phrase="costs", confidence=0.3)


async def test_a_first_claim_is_ours_and_a_second_gets_the_decision(database: Database) -> None:
    decided = outcome(Unanswered(), text="how?", candidates=(COSTS,))
    async with database.transaction() as tx:
        first = await claim(tx, question("m1"), author="a1", at=NOW)
        await record_decision(tx, first.question_id, decided)
    async with database.transaction() as tx:
        second = await claim(tx, question("m1", text="edited"), author="a2", at=NOW + timedelta(hours=1))
        other = await claim(tx, question("m2"), author="a1", at=NOW)

    assert first == ClaimedQuestion(question_id="Q1")
    assert second.question_id == "Q1"
    assert second.earlier is not None
    assert (second.earlier.outcome, second.earlier.author, second.earlier.asked_at) == (decided, "a1", NOW)
    assert other.earlier is None


@pytest.mark.parametrize(
    "other", [question("m1", platform="discord"), question("m1", workspace_id="T2"), question("m2")]
)
async def test_another_place_is_another_message(database: Database, other: Question) -> None:
    async with database.transaction() as tx:
        await claim(tx, question("m1"), author="a1", at=NOW)
        assert (await claim(tx, other, author="a1", at=NOW)).earlier is None


async def test_a_claim_taken_back_is_free_again(database: Database) -> None:
    async with database.transaction() as tx:
        await claim(tx, question("m1"), author="a1", at=NOW)
        await tx.rollback()

    async with database.transaction() as tx:
        assert (await claim(tx, question("m1"), author="a1", at=NOW)).earlier is None


async def test_neither_the_text_nor_the_author_is_written_by_a_claim(database: Database) -> None:
    async with database.transaction() as tx:
        await claim(tx, question("m1", text="my password is hunter2", author_id="U-hunter2"), author="a1", at=NOW)
        (row,) = (await tx.execute(text("SELECT * FROM questions"))).all()

    assert "hunter2" not in repr(row)


async def test_the_log_keeps_the_place(database: Database) -> None:
    asked = Question(
        text="how?",
        ref=MessageRef(platform="discord", workspace_id="G1", channel_id="C1", thread_id="H1", message_id="m1"),
        author_id="U1",
        surface=Surface.AMBIENT,
        audience=Audience.INTERNAL,
    )
    async with database.transaction() as tx:
        found = await claim(tx, asked, author="a1", at=NOW)
        logged = await get_question(tx, found.question_id)

    assert (logged.ref, logged.surface, logged.audience) == (asked.ref, asked.surface, asked.audience)
    assert (logged.id, logged.author, logged.asked_at, logged.outcome) == ("Q1", "a1", NOW, None)


@pytest.mark.parametrize(
    ("decision", "columns"),
    [
        (Answered(FEES), ("answered", None, "fees", 0.9)),
        (Suggested((COSTS, FEES)), ("suggested", None, None, 0.3)),
        (Unanswered(), ("unanswered", None, None, 0.9)),
        (Ignored(IgnoreReason.THANKS), ("ignored", "thanks", None, 0.9)),
    ],
)
async def test_every_decision_is_kept(
    database: Database, decision: Decision, columns: tuple[str, str | None, str | None, float]
) -> None:
    await saved(database, entry("fees"), entry("costs"))
    decided = outcome(decision, candidates=(FEES, COSTS))
    async with database.transaction() as tx:
        found = await claim(tx, question("m1"), author="a1", at=NOW)
        await record_decision(tx, found.question_id, decided)
        row = (await tx.execute(text("SELECT decision, ignore_reason, entry_id, confidence FROM questions"))).one()
        assert (await get_question(tx, "Q1")).outcome == decided

    assert tuple(row) == columns


async def test_of_a_secret_nothing_is_kept(database: Database) -> None:
    decided = outcome(Ignored(IgnoreReason.SECRET), text=None)
    async with database.transaction() as tx:
        found = await claim(tx, question("m1"), author="a1", at=NOW)
        await record_decision(tx, found.question_id, decided)
        logged = await get_question(tx, found.question_id)

    assert logged.outcome == decided


@pytest.mark.parametrize("unknown", ["Q2", "Q999999999", "nonsense", ""])
async def test_an_unknown_question(database: Database, unknown: str) -> None:
    async with database.transaction() as tx:
        await claim(tx, question("m1"), author="a1", at=NOW)
        with pytest.raises(QuestionNotFoundError) as missing:
            await get_question(tx, unknown)
        with pytest.raises(QuestionNotFoundError):
            await record_decision(tx, unknown, outcome(Unanswered()))

    assert missing.value.question_id == unknown


async def test_a_claim_waits_for_the_one_before_it(postgres_url: str) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    async with first.transaction() as tx:
        mine = await claim(tx, question("m1"), author="a1", at=NOW)
        waiting = asyncio.create_task(claimed(second))
        await somebody_waits(first)
        await record_decision(tx, mine.question_id, outcome(Unanswered()))

    theirs = await waiting
    assert theirs.earlier is not None
    assert theirs.earlier.outcome == outcome(Unanswered())
    await first.aclose()
    await second.aclose()


async def test_a_claim_gets_the_message_when_the_one_before_it_fails(postgres_url: str) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    async with first.transaction() as tx:
        await claim(tx, question("m1"), author="a1", at=NOW)
        waiting = asyncio.create_task(claimed(second))
        await somebody_waits(first)
        await tx.rollback()

    assert (await waiting).earlier is None
    await first.aclose()
    await second.aclose()


async def claimed(database: Database) -> ClaimedQuestion:
    """Claim the message in a transaction of its own."""
    async with database.transaction() as tx:
        return await claim(tx, question("m1"), author="a2", at=NOW)


async def somebody_waits(database: Database) -> None:
    """Return as soon as a transaction waits for another one."""
    blocked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while True:
        async with database.snapshot() as tx:
            if (await tx.execute(blocked)).scalar_one():
                return

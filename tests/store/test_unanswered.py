"""Show how unanswered questions are grouped, and that each is closed once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.core.models import Answered, Audience, Decision, Ignored, IgnoreReason, Match, Unanswered
from bot.errors import QuestionClosedError, QuestionNotFoundError
from bot.store import Database
from bot.store.questions import claim, get_question, record_decision
from bot.store.records import Resolution, ResolutionKind
from bot.store.tables import OPEN_QUESTION, QuestionRow
from bot.store.unanswered import group_of, resolve, unanswered
from tests.store.samples import NOW, ask, entry, outcome, question, saved

LINKED = Resolution(kind=ResolutionKind.LINKED, actor="mod", at=NOW, entry_id="fees")
DISMISSED = Resolution(kind=ResolutionKind.DISMISSED, actor="mod", at=NOW, reason="spam")


async def test_what_says_the_same_is_one_group(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "How much?", author="a1")
        await ask(tx, question("m2"), "what else", author="a1")
        nearest = (Match(entry_id="fees", phrase="costs", confidence=0.25),)
        found = await claim(tx, question("m3"), author="a2", at=later)
        await record_decision(tx, found.question_id, outcome(Unanswered(), text="HOW MUCH", candidates=nearest))
        group, other = await unanswered(tx)

    assert (group.id, group.text, group.normalised, group.audience) == ("Q1", "HOW MUCH", "how much", Audience.PUBLIC)
    assert (group.count, group.askers, group.first_asked, group.last_asked) == (2, 2, NOW, later)
    assert (group.nearest, group.question_ids) == (nearest, ("Q1", "Q3"))
    assert (other.id, other.question_ids, other.nearest) == ("Q2", ("Q2",), ())


async def test_most_distinct_askers_come_first_then_most_questions_then_the_latest(database: Database) -> None:
    asked = [
        ("often", "a1"),
        ("often", "a1"),
        ("often", "a1"),
        ("many", "a1"),
        ("many", "a2"),
        ("old", "a1"),
        ("new", "a1"),
    ]
    async with database.transaction() as tx:
        for number, (words, author) in enumerate(asked):
            await ask(tx, question(f"m{number}"), words, author=author, at=NOW + timedelta(minutes=number))

        assert [group.text for group in await unanswered(tx)] == ["many", "often", "new", "old"]
        assert [group.text for group in await unanswered(tx, limit=2)] == ["many", "often"]


async def test_ids_of_a_group_sort_as_numbers(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(11):
            await ask(tx, question(f"m{number}"), "how much", author=f"a{number}")
        (group,) = await unanswered(tx)

    assert group.question_ids == tuple(f"Q{number}" for number in range(1, 12))


async def test_audiences_are_groups_of_their_own(database: Database) -> None:
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await ask(tx, question("m2", audience=Audience.INTERNAL), "how much")

        assert {group.audience for group in await unanswered(tx)} == set(Audience)
        assert (await group_of(tx, "Q2")).question_ids == ("Q2",)


async def test_only_open_unanswered_questions_count(database: Database) -> None:
    await saved(database, entry("fees"))
    decisions: list[Decision] = [
        Answered(Match(entry_id="fees", phrase="costs", confidence=1)),
        Ignored(IgnoreReason.GREETING),
    ]
    async with database.transaction() as tx:
        for number, decision in enumerate(decisions):
            found = await claim(tx, question(f"m{number}"), author="a1", at=NOW)
            await record_decision(tx, found.question_id, outcome(decision))
        await claim(tx, question("undecided"), author="a1", at=NOW)
        await resolve(tx, [await ask(tx, question("done"), "how?")], DISMISSED)
        await ask(tx, question("open"), "how?")

        assert [group.question_ids for group in await unanswered(tx)] == [("Q5",)]


async def test_any_question_leads_to_its_group(database: Database) -> None:
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await ask(tx, question("m2"), "How much?")
        (group,) = await unanswered(tx)

        assert await group_of(tx, "Q1") == group
        assert await group_of(tx, "q2") == group
        with pytest.raises(QuestionNotFoundError):
            await group_of(tx, "Q3")


@pytest.mark.parametrize("resolution", [LINKED, DISMISSED])
async def test_a_resolution_is_kept(database: Database, resolution: Resolution) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await ask(tx, question("m2"), "how much")
        await ask(tx, question("m3"), "how much")
        await resolve(tx, ["q1", "Q3"], resolution)

        logged = [(await get_question(tx, shown)).resolution for shown in ("Q1", "Q2", "Q3")]
    assert logged == [resolution, None, resolution]


async def test_a_closed_question_stays_closed_as_it_is(database: Database) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await resolve(tx, ["Q1"], LINKED)

    for attempt in (lambda tx: resolve(tx, ["Q1"], DISMISSED), lambda tx: group_of(tx, "Q1")):
        with pytest.raises(QuestionClosedError) as refused:
            async with database.transaction() as tx:
                await attempt(tx)
        assert (refused.value.question_id, refused.value.resolution) == ("Q1", "linked")
    async with database.snapshot() as tx:
        assert (await get_question(tx, "Q1")).resolution == LINKED


async def test_an_answered_question_cannot_be_reviewed(database: Database) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        found = await claim(tx, question("m1"), author="a1", at=NOW)
        answered = Answered(Match(entry_id="fees", phrase="costs", confidence=1))
        await record_decision(tx, found.question_id, outcome(answered))
        with pytest.raises(QuestionClosedError) as refused:
            await group_of(tx, "Q1")

    assert refused.value.resolution == "answered"


async def test_of_an_unknown_question_nothing_is_closed(database: Database) -> None:
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
    with pytest.raises(QuestionNotFoundError):
        async with database.transaction() as tx:
            await resolve(tx, ["Q1", "Q2"], DISMISSED)

    async with database.snapshot() as tx:
        assert (await get_question(tx, "Q1")).resolution is None


async def test_of_two_moderators_at_once_one_is_told(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(5):
            await ask(tx, question(f"m{number}"), "how much")

    async def close() -> str:
        try:
            async with database.transaction() as tx:
                await resolve(tx, (await group_of(tx, "Q1")).question_ids, DISMISSED)
        except QuestionClosedError as error:
            return error.resolution
        return "mine"

    assert sorted(await asyncio.gather(close(), close())) == ["dismissed", "mine"]


async def test_the_open_questions_have_an_index(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.snapshot() as tx:
        query = select(QuestionRow.id).where(OPEN_QUESTION)
        (step,) = (await tx.execute(text(f"EXPLAIN QUERY PLAN {query}"))).all()
    await database.aclose()

    assert "ix_questions_open" in step.detail

"""Show what happens when the same is done twice at the same time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import pytest
from sqlalchemy import text

from bot.core.models import Audience, DismissReason
from bot.errors import EntryExistsError, ItemClosedError, PhraseTakenError
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from bot.store import Database
from bot.store.entries import lock_content
from tests.processes import at_once
from tests.service import children
from tests.service.samples import ENTRIES, FEES, UNKNOWN, ask, question, services
from tests.service.test_imports import MENU, bring, ids
from tests.store.samples import entry, saved

T = TypeVar("T")


@pytest.mark.slow
async def test_two_processes_with_the_same_message_answer_once(app: App, database_url: str) -> None:
    first, second = at_once(children, "ask_all", database_url)

    assert len(first) == children.MESSAGES
    for (mine, repeated, replied), (theirs, repeated_there, replied_there) in zip(first, second, strict=True):
        assert mine == theirs
        assert repeated is not repeated_there
        assert (replied, replied_there) == (not repeated, not repeated_there)


async def test_two_tasks_with_the_same_message_answer_once(app: App, other: App) -> None:
    asked = await asyncio.gather(*[ask(each, FEES.question) for each in (app, other, app, other, app)])

    assert Counter(each.repeated for each in asked) == {False: 1, True: 4}
    assert len({each.question_id for each in asked}) == 1
    assert len({each.decision.match.entry_id for each in asked if hasattr(each.decision, "match")}) == 1


async def test_many_questions_at_once_are_all_answered(app: App, other: App) -> None:
    questions = [question(FEES.question, f"m{at}", thread=f"t{at}") for at in range(30)]
    asked = await asyncio.gather(*[(app, other)[at % 2].ask.ask(each) for at, each in enumerate(questions)])

    assert len({each.question_id for each in asked}) == 30
    assert all(each.reply is not None and each.reply.text == FEES.answer for each in asked)


async def test_of_two_moderators_with_one_question_the_second_is_told(app: App, other: App) -> None:
    question_id = (await ask(app, UNKNOWN)).question_id

    async def answer(app: App, entry_id: str) -> str:
        try:
            wanted = NewAnswer(answer="In its cage.", entry_id=entry_id)
            await app.review.answer(question_id, wanted, actor=entry_id)
        except ItemClosedError as error:
            return error.status
        return "mine"

    assert sorted(await asyncio.gather(answer(app, "one"), answer(other, "two"))) == ["answered", "mine"]
    entries = {stored.entry.id for stored in await app.catalogue.list()}
    assert len(entries & {"one", "two"}) == 1


async def test_of_an_answer_and_a_dismissal_at_once_one_counts(app: App, other: App) -> None:
    question_id = (await ask(app, UNKNOWN)).question_id
    results = await asyncio.gather(
        app.review.answer(question_id, NewAnswer(answer="In its cage.", entry_id="parrot"), actor="ann"),
        other.review.dismiss(question_id, reason=DismissReason.SPAM, actor="bob"),
        return_exceptions=True,
    )

    (refused,) = (result for result in results if isinstance(result, BaseException))
    assert isinstance(refused, ItemClosedError)
    assert (await app.review.show(question_id)).item.status == refused.status
    entries = {stored.entry.id for stored in await app.catalogue.list()}
    assert ("parrot" in entries) == (refused.status == "answered")


async def test_one_phrasing_goes_to_one_of_two_entries(app: App, other: App) -> None:
    results = await asyncio.gather(
        app.catalogue.add_alias("fees", UNKNOWN, actor="ann"),
        other.catalogue.add_alias("freeze-web", UNKNOWN, actor="bob"),
        return_exceptions=True,
    )

    (refused,) = (result for result in results if isinstance(result, BaseException))
    assert isinstance(refused, PhraseTakenError)
    owner = await app.catalogue.show(refused.entry_id, audience=Audience.PUBLIC)
    assert UNKNOWN in owner.entry.aliases


async def test_one_id_goes_to_one_of_two_entries(app: App, other: App) -> None:
    results = await asyncio.gather(
        app.catalogue.add(entry("parrot", question="one"), actor="ann"),
        other.catalogue.add(entry("parrot", question="two"), actor="bob"),
        return_exceptions=True,
    )

    assert [type(result) for result in results if isinstance(result, BaseException)] == [EntryExistsError]


async def both_after_waiting(url: str, one: Coroutine[Any, Any, T], two: Coroutine[Any, Any, T]) -> list[Any]:
    """Return what comes of two changes that both wait for a third one: each has looked at all it looks at before."""
    database = Database(url)
    async with database.transaction() as tx, asyncio.timeout(30):
        await lock_content(tx)
        tasks = [asyncio.create_task(one), asyncio.create_task(two)]
        query = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while (await tx.execute(query)).scalar_one() < 2:
            await tx.execute(text("SELECT pg_stat_clear_snapshot()"))
    await database.aclose()
    return await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def server(postgres_url: str) -> AsyncIterator[App]:
    """Return the services over a server: SQLite lets writers in one by one anyway."""
    database = Database(postgres_url)
    await saved(database, *ENTRIES)
    yield services(database)
    await database.aclose()


@pytest.mark.slow
async def test_an_id_that_is_taken_while_one_waits_is_refused(server: App, postgres_url: str) -> None:
    one, two = (server.catalogue.add(entry("parrot", question=words), actor="m") for words in ("one", "two"))
    results = await both_after_waiting(postgres_url, one, two)

    assert [type(result) for result in results if isinstance(result, BaseException)] == [EntryExistsError]


async def test_no_edit_is_lost(server: App, postgres_url: str) -> None:
    edits = ({"answer": "Two coins."}, {"category": "Money"})
    one, two = (server.catalogue.edit("fees", each, actor="m") for each in edits)
    await both_after_waiting(postgres_url, one, two)

    stored = await server.catalogue.show("fees")
    assert (stored.entry.answer, stored.entry.category, stored.version) == ("Two coins.", "Money", 3)


async def test_what_is_imported_twice_at_once_is_new_once(server: App, postgres_url: str) -> None:
    one, two = (bring(server, MENU) for _ in range(2))
    results = await both_after_waiting(postgres_url, one, two)

    assert sorted(map(repr, map(ids, results))) == ["{'new': ['soup', 'wine']}", "{'unchanged': ['soup', 'wine']}"]


async def two_questions(app: App) -> list[str]:
    """Return the ids of two questions without an answer."""
    return [(await ask(app, words, words)).question_id for words in (UNKNOWN, "who feeds the cat")]


async def test_two_answers_under_one_id(server: App, postgres_url: str) -> None:
    ids = await two_questions(server)
    one, two = (server.review.answer(each, NewAnswer(answer="Yes.", entry_id="pets"), actor="m") for each in ids)
    results = await both_after_waiting(postgres_url, one, two)

    assert [type(result) for result in results if isinstance(result, BaseException)] == [EntryExistsError]
    assert len(await server.review.list()) == 1


async def test_two_links_to_one_entry(server: App, postgres_url: str) -> None:
    ids = await two_questions(server)
    one, two = (server.review.link(each, "fees", actor="m") for each in ids)
    await both_after_waiting(postgres_url, one, two)

    assert set((await server.catalogue.show("fees")).entry.aliases) == {UNKNOWN, "who feeds the cat"}

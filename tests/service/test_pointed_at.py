"""Show that words which somebody asked by pointing at them are kept as those of their author."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.manners import Manners
from bot.core.models import DecisionKind, MessageRef, Question
from bot.core.searching.lexicon import Lexicon
from bot.service.app import App, assemble
from bot.service.privacy import Person
from bot.store import Database
from bot.store.privacy import Removed
from bot.store.records import DeliveryStatus
from bot.store.tables import QuestionRow
from tests.service.deliveries import make_item, plan, statuses
from tests.service.samples import NOW, UNKNOWN, dump, question

KEY = "5KJvsngHeMpm884wtkJNzQGaCErckhHJBGFsvd3VyK5qMZXj3hS"
SOURCE = question(UNKNOWN, "source", author="ann")
REF = SOURCE.ref
ANN, BEN = Person(REF.platform, "ann"), Person(REF.platform, "ben")


async def point(app: App, message_id: str = "m1", *, source: Question = SOURCE) -> str:
    """Have Ben point at a message; return the id of the question that makes."""
    bare = question(source.text, message_id, author="ben")
    return (await app.ask.ask(replace(bare, source=source))).question_id


async def row(app: App, number: int = 1) -> QuestionRow:
    """Return a row of the log."""
    async with app.database.snapshot() as tx:
        return (await tx.scalars(select(QuestionRow).where(QuestionRow.id == number))).one()


async def test_the_log_has_whose_words_they_are(app: App) -> None:
    await point(app)
    kept = await row(app)
    own = await app.ask.ask(SOURCE)

    assert (kept.source_message_id, kept.text) == ("source", UNKNOWN)
    assert kept.source_author == (await row(app, int(own.question_id[1:]))).author != kept.author


async def test_they_go_with_their_message_and_nothing_is_sent(app: App, database_url: str) -> None:
    asked = [await point(app), await point(app, "m2")]
    item = await make_item(app.database, *asked)
    await plan(app.database, item)
    assert not await app.privacy.delete_message(replace(REF, workspace_id="other"), actor="slack")
    assert UNKNOWN in await dump(database_url)
    assert not await app.privacy.delete_message(REF, actor="slack")

    assert UNKNOWN not in await dump(database_url)
    kept = await row(app)
    assert (kept.message_id, kept.decision, kept.source_author) == ("m1", DecisionKind.UNANSWERED, None)
    assert set(await statuses(app.database)) == {DeliveryStatus.CANCELLED}
    assert f"R{item}" not in {listed.id for listed in await app.review.list()}


async def test_they_go_when_their_author_is_forgotten(app: App, database_url: str) -> None:
    await point(app)
    await app.ask.ask(SOURCE)
    pseudonym = (await row(app)).source_author
    assert await app.privacy.forget(ANN, actor="mod") == Removed(questions=2, items=1)

    written = await dump(database_url)
    assert UNKNOWN not in written
    assert str(pseudonym) not in written
    kept = await row(app)
    assert (kept.message_id, kept.source_message_id) == ("m1", None)


async def test_who_pointed_at_them_is_forgotten_with_them(app: App, database_url: str) -> None:
    await point(app)
    assert (await app.privacy.forget(BEN, actor="mod")).questions == 1

    assert UNKNOWN not in await dump(database_url)
    assert (await app.privacy.export(ANN, actor="mod")).pointed_at == ()


async def test_an_export_has_them_for_their_author(app: App) -> None:
    await point(app)
    theirs, others = await app.privacy.export(ANN, actor="mod"), await app.privacy.export(BEN, actor="mod")

    (kept,) = theirs.pointed_at
    place = {"platform": REF.platform, "workspace_id": REF.workspace_id, "channel_id": REF.channel_id}
    assert kept == {"message_id": "source", **place, "asked_at": NOW.isoformat(), "text": UNKNOWN}
    assert [each["text"] for each in others.questions] == [None]


async def test_they_change_with_their_message(app: App, database_url: str) -> None:
    await point(app)
    await app.pointed_at.edited(REF, "other words")
    await app.pointed_at.edited(replace(REF, message_id="another"), "words of another")

    written = await dump(database_url)
    assert (UNKNOWN in written, "other words" in written, "words of another" in written) == (False, True, False)
    assert [item.text for item in await app.review.list()] == ["other words"]
    await app.privacy.delete_message(REF, actor="slack")
    assert "other words" not in await dump(database_url)


async def test_a_secret_that_they_become_is_not_kept(app: App, database_url: str) -> None:
    await point(app)
    await app.pointed_at.edited(REF, f"my key is {KEY}")

    written = await dump(database_url)
    assert (UNKNOWN in written, KEY in written) == (False, False)


@pytest.mark.parametrize("text", [UNKNOWN, "words of my own"])
async def test_words_of_ones_own_are_nobody_elses(app: App, text: str) -> None:
    await point(app)
    await app.ask.edited(question(text, "m1", author="ben"))
    await app.privacy.delete_message(REF, actor="slack")
    kept = await row(app)

    assert (kept.text, kept.source_author) == (text, None)


async def test_an_edit_may_point_at_them(app: App, database_url: str) -> None:
    await app.ask.ask(question("words of my own", "m1", author="ben"))
    await app.ask.edited(replace(question(UNKNOWN, "m1", author="ben"), source=SOURCE))
    assert (await row(app)).source_message_id == "source"
    little = MessageRef(platform=REF.platform, workspace_id=REF.workspace_id, message_id=REF.message_id)
    await app.privacy.delete_message(little, actor="slack")

    assert UNKNOWN not in await dump(database_url)


async def test_they_are_no_part_of_what_is_asked_in_a_row(database: Database, database_url: str) -> None:
    app = assemble(database, lexicon=Lexicon(), manners=Manners(in_a_row=timedelta(seconds=8)))
    await app.ask.ask(question("how do I feed a parrot", "m1", author="ben"))
    await point(app, "m2")
    await app.ask.ask(question("how do I wash a camel", "m3", author="ben"))
    await app.privacy.delete_message(REF, actor="slack")

    assert [(await row(app, number)).text for number in (1, 2, 3)] == [
        "how do I feed a parrot",
        None,
        "how do I wash a camel",
    ]
    assert UNKNOWN not in await dump(database_url)


async def test_a_part_that_points_at_them_now_is_none_of_the_question(database: Database, database_url: str) -> None:
    app = assemble(database, lexicon=Lexicon(), manners=Manners(in_a_row=timedelta(seconds=8)))
    await app.ask.ask(question("how do I feed a parrot", "m1", author="ben"))
    await app.ask.ask(question("how do I wash a camel", "m2", author="ben"))
    assert (await row(app)).text == "how do I feed a parrot\nhow do I wash a camel"
    await app.ask.edited(replace(question(UNKNOWN, "m2", author="ben"), source=SOURCE))
    assert (await row(app)).text == "how do I feed a parrot"
    await app.privacy.delete_message(REF, actor="slack")

    assert UNKNOWN not in await dump(database_url)


async def test_nothing_is_said_back_by_them(app: App) -> None:
    await app.ask.ask(question(UNKNOWN, "m0", author="ben"))
    assert await app.said_back.take(replace(question("no", "m1", author="ben"), source=SOURCE)) is None


async def test_what_was_asked_with_a_message_is_found_with_its_words(app: App) -> None:
    await app.ask.ask(SOURCE)
    await point(app)
    assert set((await app.pointed_at.replied_to(REF)).values()) == {UNKNOWN}
    assert {ref.message_id for ref in await app.pointed_at.replied_to(REF)} == {"source", "m1"}

    await app.pointed_at.edited(REF, KEY)
    assert (await app.pointed_at.replied_to(REF))[replace(REF, message_id="m1")] == ""
    assert await app.pointed_at.replied_to(replace(REF, message_id="other")) == {}

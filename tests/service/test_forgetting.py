"""Show that people get what is kept of them, are forgotten when they want it, and are left alone."""

import hmac
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.models import ItemStatus, MessageRef, Rating
from bot.core.searching.lexicon import Lexicon
from bot.service import USUAL
from bot.service.app import App, assemble
from bot.service.privacy import Person
from bot.store import Database, audit
from bot.store.privacy import NOBODY, Removed
from bot.store.records import DeliveryStatus
from bot.store.tables import AuditRow, FeedbackRow, QuestionRow, ReviewItemRow, ReviewQueueRow
from tests.service.deliveries import Receiver, Watch, ask_as, make_item, plan, statuses
from tests.service.samples import ENTRIES, FEES, KEY, NOW, UNKNOWN, dump, question
from tests.store.samples import saved

SLACK = "slack"
ANN = Person(SLACK, "ann")
PSEUDONYM = hmac.new(KEY, b"slack\0ann", "sha256").hexdigest()


async def item_of(app: App, number: int) -> tuple[ItemStatus, int, int]:
    """Return the state of a review item, how many questions are in it, and from how many people."""
    async with app.database.snapshot() as tx:
        status = await tx.scalar(select(ReviewItemRow.status).where(ReviewItemRow.id == number))
        counts = select(func.count(), func.count(QuestionRow.author.distinct()))
        questions, askers = (await tx.execute(counts.where(QuestionRow.review_item_id == number))).one()
    assert status is not None
    return status, questions, askers


async def rate(app: App, question_id: int, author: str, reason: str) -> None:
    """Rate an answer as wrong."""
    async with app.database.transaction() as tx:
        feedback = {"question_id": question_id, "author": author, "rating": Rating.WRONG, "reason": reason}
        tx.add(FeedbackRow(**feedback, given_at=NOW))


async def test_of_a_forgotten_person_only_numbers_are_left(app: App, database_url: str) -> None:
    first = await ask_as(app, "ann", "1799990000.000100", thread_id="1799990000.000000")
    asked = [first, await ask_as(app, "ben", "m2", text="other words")]
    item = await make_item(app.database, *asked)
    await plan(app.database, item)
    await rate(app, 2, PSEUDONYM, "not what I asked")
    async with app.database.transaction() as tx:
        (await tx.get_one(QuestionRow, 1)).sent_message_id = "1799990000.000200"
    assert await app.privacy.forget(ANN, actor="mod") == Removed(questions=1, feedback=1, deliveries=1)

    written = await dump(database_url)
    # Ids as long as real ones: a shorter row of digits also stands in the microseconds of some time of day.
    for trace in (UNKNOWN, PSEUDONYM, "1799990000", "not what I asked"):
        assert trace not in written, trace
    assert "other words" in written
    assert await item_of(app, item) == (ItemStatus.OPEN, 1, 1)
    receiver = Receiver()
    await app.deliveries.send_due(SLACK, receiver)
    assert receiver.places == [("m2", "t1")]


async def test_an_item_that_nothing_is_left_in_is_closed(app: App) -> None:
    item = await make_item(app.database, await ask_as(app, "ann", "m1"))
    async with app.database.snapshot() as tx:
        before = (await tx.scalars(select(ReviewQueueRow.version))).one()
    assert (await app.privacy.forget(ANN, actor="mod")).items == 1

    assert await item_of(app, item) == (ItemStatus.DISMISSED, 0, 0)
    assert f"R{item}" not in {listed.id for listed in await app.review.list()}
    async with app.database.snapshot() as tx:
        left = await tx.get_one(QuestionRow, 1)
        closed = await tx.get_one(ReviewItemRow, item)
    assert (left.author, left.review_version, closed.version) == (NOBODY, before + 1, before + 1)


async def test_an_item_that_was_resolved_stays_as_it_was_resolved(app: App) -> None:
    item = await make_item(app.database, await ask_as(app, "ann", "m1"))
    async with app.database.transaction() as tx:
        (await tx.get_one(ReviewItemRow, item)).status = ItemStatus.LINKED
    assert (await app.privacy.forget(ANN, actor="mod")).items == 0

    assert await item_of(app, item) == (ItemStatus.LINKED, 0, 0)


async def test_who_is_somebody_else_is_not_forgotten(app: App, database_url: str) -> None:
    await ask_as(app, "ann", "m1")
    for other in (Person(SLACK, "an"), Person("discord", "ann"), Person(SLACK, "ANN")):
        assert await app.privacy.forget(other, actor="mod") == Removed()

    assert UNKNOWN in await dump(database_url)


async def test_a_forgotten_answer_is_not_corrected(app: App) -> None:
    await app.ask.ask(question(FEES.question, author="ann"))
    await app.privacy.forget(ANN, actor="mod")
    await app.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod", correct=True)

    assert await statuses(app.database) == []


async def test_a_message_that_is_under_way_may_arrive_and_is_forgotten_all_the_same(app: App) -> None:
    await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m1")))
    outgoing = await app.deliveries.claim(SLACK)
    assert outgoing is not None
    await app.privacy.forget(ANN, actor="mod")
    await app.deliveries.confirm(outgoing, "sent-1")

    assert await statuses(app.database) == []


async def test_an_export_has_everything(app: App) -> None:
    await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m1")))
    await ask_as(app, "ben", "m2")
    await rate(app, 2, PSEUDONYM, "not what I asked")
    await app.privacy.opt_out(ANN, actor="mod")
    kept = await app.privacy.export(ANN, actor="mod")

    (asked,), (rated,), (told,) = kept.questions, kept.feedback, kept.deliveries
    assert (asked["message_id"], asked["text"], asked["decision"]) == ("m1", UNKNOWN, "unanswered")
    assert asked["asked_at"] == NOW.isoformat()
    assert (rated["rating"], rated["reason"]) == ("wrong", "not what I asked")
    assert (told["kind"], told["entry_id"], told["status"]) == ("answer", "fees", DeliveryStatus.CANCELLED)
    assert kept.opted_out_at == NOW.isoformat()


async def test_of_a_stranger_nothing_is_kept(app: App) -> None:
    kept = await app.privacy.export(ANN, actor="mod")

    assert (kept.questions, kept.feedback, kept.deliveries, kept.opted_out_at) == ((), (), (), None)


async def test_who_opts_out_is_told_nothing_until_they_opt_in(app: App) -> None:
    await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m1")))
    assert [await app.privacy.opt_out(ANN, actor="mod") for _ in range(2)] == [1, 0]
    assert await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m2"))) == 0
    await app.privacy.forget(ANN, actor="mod")
    assert [await app.privacy.opt_in(ANN, actor="mod") for _ in range(2)] == [True, False]

    assert await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m3"))) == 1


async def test_what_is_older_than_it_may_be_kept_is_purged(database: Database, database_url: str) -> None:
    watch = Watch()
    await saved(database, *ENTRIES)
    app = assemble(database, lexicon=Lexicon(), author_key=KEY, clock=watch)
    old = await make_item(database, await ask_as(app, "ann", "m1", text="old words"))
    await plan(database, old)
    await rate(app, 1, PSEUDONYM, "old reason")
    watch.forward(timedelta(seconds=1))
    new = await make_item(database, await ask_as(app, "ann", "m2", text="new words"))
    watch.forward(USUAL.retention)

    assert await app.privacy.purge(actor="mod") == Removed(questions=1, feedback=1, deliveries=1, items=1)
    written = await dump(database_url)
    assert ("old words" in written, "old reason" in written, "new words" in written) == (False, False, True)
    assert (await item_of(app, new))[1:] == (1, 1)
    assert await app.privacy.purge(actor="mod") == Removed()


async def test_a_deleted_message_loses_its_text_and_its_answer(app: App, database_url: str) -> None:
    ref = MessageRef(platform=SLACK, workspace_id="T1", message_id="m1")
    item = await make_item(app.database, await ask_as(app, "ann", "m1"))
    await plan(app.database, item)
    assert await app.privacy.delete_message(ref, actor="slack")

    assert UNKNOWN not in await dump(database_url)
    assert await item_of(app, item) == (ItemStatus.DISMISSED, 0, 0)
    assert await statuses(app.database) == [DeliveryStatus.CANCELLED]
    assert (await app.ask.ask(question(UNKNOWN, "m1", author="ann"))).repeated
    assert not await app.privacy.delete_message(ref, actor="slack")
    assert not await app.privacy.delete_message(replace(ref, message_id="other"), actor="slack")


async def test_the_audit_log_names_nobody(app: App, database_url: str) -> None:
    await ask_as(app, "member-0815", "m1")
    person = Person(SLACK, "member-0815")
    await app.privacy.export(person, actor="mod")
    await app.privacy.opt_out(person, actor="mod")
    await app.privacy.opt_in(person, actor="mod")
    await app.privacy.delete_message(MessageRef(platform=SLACK, workspace_id="T1", message_id="m1"), actor="slack")
    await app.privacy.forget(person, actor="mod")
    await app.privacy.purge(actor="mod")

    async with app.database.snapshot() as tx:
        (name,) = set(await tx.scalars(select(AuditRow.object).where(AuditRow.object.startswith("author:"))))
        lines = [line for what in (name, "question:Q1", "questions") for line in await audit.read(tx, what)]
    actions = ["export", "opt-out", "opt-in", "forget", "delete", "purge"]
    assert [(line.actor, line.action) for line in lines] == [
        ("slack" if action == "delete" else "mod", action) for action in actions
    ]
    assert lines[3].after == {"questions": 1, "feedback": 0, "deliveries": 0, "items": 0, "suggestions": 0}
    assert "member-0815" not in await dump(database_url)


@pytest.mark.parametrize("key", [KEY, None], ids=["key of the settings", "key of the database"])
async def test_people_are_known_by_the_key_that_questions_were_kept_with(database: Database, key: bytes | None) -> None:
    await saved(database, *ENTRIES)
    app = assemble(database, lexicon=Lexicon(), author_key=key)
    await ask_as(app, "ann", "m1")

    assert len((await app.privacy.export(ANN, actor="mod")).questions) == 1


async def test_it_is_known_who_opted_out(app: App) -> None:
    assert not await app.privacy.opted_out(ANN)
    await app.privacy.opt_out(ANN, actor="mod")
    assert await app.privacy.opted_out(ANN)
    assert not await app.privacy.opted_out(Person(SLACK, "bob"))
    await app.privacy.opt_in(ANN, actor="mod")
    assert not await app.privacy.opted_out(ANN)

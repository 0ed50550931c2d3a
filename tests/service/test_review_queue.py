"""Show which review item a question joins, also when others change the queue meanwhile."""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine

from bot.core.models import Audience, ItemKind, ItemStatus, MessageRef
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Vectors
from bot.service import review_queue
from bot.service.app import App, assemble
from bot.service.questions import Asked
from bot.service.review_queue import ReviewQueue
from bot.store import Database
from bot.store.queue import begin_version
from bot.store.tables import QuestionRow, ReviewItemRow
from tests.service.samples import FEES, KEY, NOW, UNKNOWN, ask, question

ALIKE = "where is the parrot now"
OTHER = "who feeds the cat at night"


async def item_row(app: App, item_id: str | None) -> ReviewItemRow:
    """Return an item as it is stored."""
    assert item_id is not None
    async with app.database.snapshot() as tx:
        return (await tx.scalars(select(ReviewItemRow).where(ReviewItemRow.id == int(item_id[1:])))).one()


async def close(app: App, item_id: str | None) -> None:
    """Close an item the way a moderator elsewhere does."""
    assert item_id is not None
    async with app.database.transaction() as tx:
        values = {"status": ItemStatus.DISMISSED, "version": await begin_version(tx)}
        await tx.execute(update(ReviewItemRow).where(ReviewItemRow.id == int(item_id[1:])).values(values))


async def members(app: App) -> dict[int, list[int]]:
    """Return the questions of each item."""
    async with app.database.snapshot() as tx:
        rows = (await tx.execute(select(QuestionRow.review_item_id, QuestionRow.id).order_by(QuestionRow.id))).all()
    return {item: [one for at, one in rows if at == item] for item, _ in rows if item is not None}


async def test_what_resembles_an_open_item_joins_it_and_the_rest_opens_one(app: App, other: App) -> None:
    first = await ask(app, UNKNOWN, "m1")
    alike = await ask(other, ALIKE, "m2")
    apart = await ask(app, OTHER, "m3")

    assert first.item_id == alike.item_id == "R1"
    assert apart.item_id == "R2"
    row = await item_row(app, first.item_id)
    assert (row.kind, row.audience, row.status, row.created_at) == (
        ItemKind.UNANSWERED, Audience.PUBLIC, ItemStatus.OPEN, NOW
    )  # fmt: skip
    assert await members(app) == {1: [1, 2], 2: [3]}


async def test_an_answered_question_and_one_that_came_before_join_nothing(app: App) -> None:
    assert (await ask(app, FEES.question, "m1")).item_id is None
    await ask(app, UNKNOWN, "m2")
    again = await ask(app, UNKNOWN, "m2")

    assert (again.repeated, again.item_id) == (True, None)
    assert await members(app) == {1: [2]}


async def test_audiences_have_items_of_their_own(app: App) -> None:
    public = await ask(app, UNKNOWN, "m1")
    internal = await ask(app, UNKNOWN, "m2", audience=Audience.INTERNAL)

    assert public.item_id != internal.item_id
    assert (await item_row(app, internal.item_id)).audience is Audience.INTERNAL


async def test_a_closed_item_takes_nothing_more(app: App, other: App) -> None:
    first = await ask(app, UNKNOWN, "m1")
    await close(other, first.item_id)
    second = await ask(app, UNKNOWN, "m2")

    assert second.item_id == "R2"
    assert (await ask(app, UNKNOWN, "m3")).item_id == "R2"


async def test_a_question_that_was_taken_out_draws_nothing_any_more(app: App) -> None:
    await ask(app, UNKNOWN, "m1")
    await app.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m1"), actor="a")

    assert (await ask(app, UNKNOWN, "m2")).item_id == "R2"


async def test_questions_that_come_at_once_open_one_item(app: App, other: App) -> None:
    many: list[Asked] = await asyncio.gather(
        *(ask(each, UNKNOWN, f"m{number}-{name}") for number in range(8) for name, each in (("a", app), ("b", other)))
    )

    assert {asked.item_id for asked in many} == {"R1"}
    assert len((await members(app))[1]) == 16


async def test_what_changed_in_the_queue_is_read_once_for_a_question(app: App, other: App) -> None:
    await ask(app, UNKNOWN, "m1")
    await ask(other, OTHER, "m2")
    ran: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        asked = await ask(app, OTHER, "m3")
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert asked.item_id == "R2"
    assert len([one for one in ran if "JOIN review_items" in one]) == 1
    assert len([one for one in ran if one.startswith("BEGIN")]) == 1


async def test_what_was_rolled_back_is_forgotten(app: App) -> None:
    """A transaction that joins two questions and fails must not leave an item in memory that the store never had."""
    await ask(app, FEES.question, "m1")
    await ask(app, "How do I freeze my account (web)?", "m2")
    queue = app.ask._queue  # noqa: SLF001  # nothing else joins two questions at once yet
    await queue.prepare()
    with pytest.raises(LookupError):
        await failing(app, queue)
    assert await members(app) == {}

    async with app.database.transaction() as tx:
        item_id = await queue.join(tx, "Q1", at=NOW)
    assert {f"R{item}": asked for item, asked in (await members(app)).items()} == {item_id: [1]}


async def failing(app: App, queue: ReviewQueue) -> None:
    """Join two questions in a transaction that fails."""
    async with app.database.transaction() as tx:
        await queue.join(tx, "Q1", at=NOW)
        await queue.join(tx, "Q2", at=NOW)
        raise LookupError


async def test_a_shadow_question_joins_and_gets_no_reply(app: App) -> None:
    asked = await app.ask.ask(replace(question(UNKNOWN), shadow=True))
    assert (asked.reply, asked.item_id) == (None, "R1")
    answered = await app.ask.ask(replace(question(FEES.question, "m2"), shadow=True))
    assert (answered.reply, answered.repeated) == (None, False)


async def test_questions_in_another_script_do_not_join_because_the_encoder_cannot_tell_them_apart(
    database: Database,
) -> None:
    app = assemble(
        database,
        lexicon=Lexicon(),
        encode=lambda texts: np.tile(np.array([1, 0], np.float32), (len(texts), 1)),
        author_key=KEY,
    )
    refund, deletion = "\u6211\u60f3\u9000\u6b3e", "\u600e\u4e48\u6ce8\u9500\u8d26\u6237"
    assert (await ask(app, refund, "m1")).item_id != (await ask(app, deletion, "m2")).item_id
    assert (await ask(app, "my parrot", "m3")).item_id == (await ask(app, "a bird", "m4")).item_id


async def test_with_an_encoder_what_means_the_same_joins(database: Database) -> None:
    def encode(texts: Sequence[str]) -> Vectors | None:
        if "broken" in "".join(texts):
            return None
        return np.array([[1, 0] if "bird" in text or "parrot" in text else [0, 1] for text in texts], np.float32)

    app, again = (assemble(database, lexicon=Lexicon(), encode=encode, author_key=KEY) for _ in range(2))
    first = await ask(app, UNKNOWN, "m1")
    assert (await ask(app, "has anybody seen my feathered bird", "m2")).item_id == first.item_id
    assert (await ask(again, "bird gone", "m3")).item_id == first.item_id
    assert (await ask(again, "broken bird", "m4")).item_id != first.item_id
    assert (await ask(app, "bird again", "m5")).item_id == first.item_id


async def test_a_long_queue_is_encoded_while_questions_are_answered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_queue, "_FEW", 2)
    may_encode, encoded = Event(), list[str]()

    def encode(texts: Sequence[str]) -> Vectors:
        if not any("bird" in text for text in texts):
            may_encode.wait(10)
        encoded.extend(texts)
        return np.array([[1, 0] if "bird" in text or "parrot" in text else [0, 1] for text in texts], np.float32)

    before = assemble(database, lexicon=Lexicon(), author_key=KEY)
    for number, text in enumerate((UNKNOWN, OTHER, ALIKE)):
        await ask(before, text, f"m{number}")
    app = assemble(database, lexicon=Lexicon(), encode=encode, author_key=KEY)

    early = await ask(app, "bird astray", "m4")
    may_encode.set()
    await app.knowledge.background.settled()
    later = await ask(app, "bird gone", "m5")

    assert early.item_id not in {"R1", "R2"}
    assert later.item_id == "R1"
    assert encoded.count("bird gone") == 1


@pytest.mark.parametrize(("many", "times"), [(1, 1), (2, 0)])
async def test_a_large_queue_is_left_out_of_the_rounds_of_the_garbage_collector(
    app: App, other: App, monkeypatch: pytest.MonkeyPatch, many: int, times: int
) -> None:
    await ask(app, UNKNOWN, "m1")
    collects: list[bool] = []
    monkeypatch.setattr(review_queue, "_MANY", many)
    monkeypatch.setattr("gc.freeze", lambda: collects.append(gc.isenabled()))
    await ask(other, UNKNOWN, "m2")
    await ask(other, UNKNOWN, "m3")

    assert collects == [False] * times  # nor does it look at what is coming
    assert gc.isenabled()

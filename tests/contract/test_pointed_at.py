"""Words that somebody asks by pointing at them go and change with the message they stand in, on both platforms."""

import pytest
from sqlalchemy import select

from bot.core.wording.labels import Label
from bot.store.tables import Table
from tests.contract.refusing import refuse
from tests.contract.sides import BOT, Side, Written

WALRUS, NEWER = "where does the purple walrus sleep", "where does the green walrus sleep"


async def kept(side: Side) -> str:
    """Return all that the store has."""
    async with side.app.database.snapshot() as tx:
        found = [(await tx.execute(select(table))).all() for table in Table.metadata.sorted_tables]
    return str(found)


async def pointed(side: Side, text: str = WALRUS) -> tuple[Written, Written]:
    """Have Ana write something, and Ben ask that."""
    written = await side.says("ana", text)
    await side.settle()
    pointing = await side.points_at("ben", written)
    await side.settle()
    assert [item.text for item in await side.app.review.list()] == [text]
    return written, pointing


async def test_they_go_when_their_author_deletes_them(side: Side) -> None:
    written, pointing = await pointed(side)
    before = side.spoken()
    await side.deletes(written)
    await side.settle()

    assert "walrus" not in await kept(side)
    assert side.spoken() == before
    assert await side.app.review.list() == ()
    known = await side.known(pointing)
    assert known is not None
    assert known.deleted_at is not None


async def test_they_go_when_their_message_was_deleted_before_they_were_asked(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_late("ben", written)
    await side.settle()
    assert side.spoken()

    assert "walrus" not in await kept(side)
    assert await side.app.review.list() == ()
    assert side.title(pointing) in {str(Label.QUESTION), None}
    known = await side.known(pointing)
    assert known is not None
    assert known.deleted_at is not None


async def test_they_change_when_their_message_was_edited_before_they_were_asked(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_late("ben", written, text=NEWER)
    await side.settle()

    assert "purple" not in await kept(side)
    assert [item.text for item in await side.app.review.list()] == [NEWER]
    assert side.title(pointing) in {NEWER, None}


@pytest.mark.parametrize("mode", ["mention", "off", "ambient"])
async def test_they_change_when_their_author_edits_them(side: Side, mode: str) -> None:
    written, _ = await pointed(side)
    await side.set_mode(mode)
    before = len(side.spoken())
    await side.edits(written, NEWER)
    await side.settle()

    assert "purple" not in await kept(side)
    assert [item.text for item in await side.app.review.list()] == [NEWER]
    assert len(side.spoken()) == before


async def test_they_go_when_their_author_is_forgotten(side: Side) -> None:
    written, _ = await pointed(side)
    removed = await side.app.privacy.forget(side.person(written), actor="mod")

    assert (removed.questions, removed.items) == (1, 1)
    assert "walrus" not in await kept(side)
    assert await side.app.review.list() == ()


async def test_they_are_exported_for_their_author_alone(side: Side) -> None:
    written, pointing = await pointed(side)
    theirs = await side.app.privacy.export(side.person(written), actor="mod")
    others = await side.app.privacy.export(side.person(pointing), actor="mod")

    assert [(each["message_id"], each["text"]) for each in theirs.pointed_at] == [(written.id, WALRUS)]
    assert [(each["message_id"], each["text"]) for each in others.questions] == [(pointing.id, None)]
    assert (theirs.questions, others.pointed_at) == ((), ())


async def test_words_of_ones_own_are_a_question_of_ones_own(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_at("ana", written)
    await side.settle()
    exported = await side.app.privacy.export(side.person(written), actor="mod")
    assert [(each["message_id"], each["text"]) for each in exported.questions] == [(pointing.id, WALRUS)]
    assert exported.pointed_at == ()
    await side.deletes(written)
    await side.settle()

    assert "walrus" not in await kept(side)


async def test_who_adds_words_to_the_mention_asks_in_words_of_their_own(side: Side) -> None:
    written, pointing = await pointed(side)
    await side.edits(pointing, NEWER, to=(BOT,))
    await side.settle()
    await side.deletes(written)
    await side.settle()

    known = await side.known(pointing)
    assert known is not None
    assert (known.outcome.text, known.outcome.source) == (NEWER, None)


async def test_they_stay_where_nobody_can_read_what_became_of_them(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    refuse(side, "to read again")
    await side.points_at("ben", written)
    await side.settle()

    assert [item.text for item in await side.app.review.list()] == [WALRUS]

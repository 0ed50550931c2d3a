"""Who opts out is sent no later answers, or is not answered unasked either, on both platforms."""

import pytest
from sqlalchemy import select

from bot.core.manners import OptOut
from bot.core.models import Ignored, IgnoreReason
from bot.core.wording.outcomes import SOLVED
from bot.core.wording.refusals import NOT_THAT
from bot.core.wording.replies import IN_WORDS
from bot.service.resolutions import NewAnswer
from bot.store.privacy import NOBODY
from bot.store.tables import Table
from tests.contract.sides import BOT, Side

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."
PARROT, MAST = "where is the parrot", "On the mast."


@pytest.fixture
async def listening(side: Side) -> Side:
    """Return a platform where the bot answers unasked, and `ana` wants none of that."""
    await side.set_mode("ambient")
    await side.opts("ana", "only_asked")
    return side


async def test_what_they_write_to_others_gets_nothing_and_is_kept_of_nobody(listening: Side) -> None:
    written = await listening.says("ana", FEES)
    other = await listening.says("ben", FEES)
    await listening.settle()

    assert [len(listening.replies(one)) for one in (written, other)] == [0, 1]
    known = await listening.known(written)
    assert known is not None
    assert (known.question.author, known.outcome.text) == (NOBODY, None)
    assert known.outcome.decision == Ignored(IgnoreReason.OPTED_OUT)


async def test_an_edit_changes_nothing_of_that(listening: Side) -> None:
    written = await listening.says("ana", "hello there")
    await listening.settle()
    await listening.edits(written, FEES)
    await listening.settle()

    assert listening.spoken() == []
    known = await listening.known(written)
    assert known is not None
    assert known.outcome.text is None


async def test_an_edit_erases_what_was_kept_before_that(side: Side) -> None:
    await side.set_mode("ambient")
    written = await side.says("ana", PARROT)
    await side.settle()
    await side.opts("ana", "only_asked")
    await side.edits(written, "where is the owl")
    await side.settle()

    known = await side.known(written)
    assert known is not None
    assert known.outcome.text is None
    found = await kept(side)
    assert "parrot" not in found
    assert "owl" not in found


async def test_who_asks_is_answered_also_by_an_edit(listening: Side) -> None:
    asked = await listening.says("ana", FEES, to=(BOT,))
    written = await listening.says("ana", "Click freeze, they said")
    await listening.settle()
    await listening.edits(written, "How do I freeze my account (web)?", to=(BOT,))
    await listening.settle()

    assert ANSWER in listening.replies(asked)[0]
    assert "Click freeze." in listening.replies(written)[0]
    known = await listening.known(written)
    assert known is not None
    assert known.question.author not in {NOBODY, ""}
    await listening.presses("ana", written, "remove")
    await listening.settle()
    assert listening.replies(written) == []


async def test_they_are_sent_no_later_answer(listening: Side) -> None:
    asked = await listening.says("ana", PARROT, to=(BOT,))
    await listening.settle()
    await listening.app.review.answer("R1", NewAnswer(answer=MAST), actor="mod")
    await listening.delivers()

    assert MAST not in "".join(listening.replies(asked))


@pytest.mark.parametrize(("step", "left"), [("opt_in", None), ("opt_out", OptOut.FOLLOW_UPS)])
async def test_they_can_go_back_by_one_step_or_two(listening: Side, step: str, left: OptOut | None) -> None:
    await listening.opts("ana", step)
    written = await listening.says("ana", FEES)
    await listening.settle()

    assert len(listening.replies(written)) == 1
    kept = await listening.app.privacy.export(listening.person(written), actor="mod")
    assert kept.opted_out_of is left


async def test_it_is_shown_and_outlasts_what_is_forgotten(listening: Side) -> None:
    written = await listening.says("ana", FEES)
    await listening.settle()
    who = listening.person(written)
    await listening.app.privacy.forget(who, actor="mod")

    kept = await listening.app.privacy.export(who, actor="mod")
    assert (kept.opted_out_of, kept.questions) == (OptOut.UNASKED, ())


WALRUS = "where does the purple walrus sleep"


async def test_another_has_nothing_of_theirs_answered(side: Side) -> None:
    await side.opts("ana", "only_asked")
    written = await side.says("ana", WALRUS)
    await side.settle()
    assert str(NOT_THAT) in await side.has_answered("cho", written)
    pointing = await side.points_at("cho", written)
    await side.settle()

    assert all(str(IN_WORDS) in each for each in side.spoken())
    assert "walrus" not in await kept(side)
    known = await side.known(pointing)
    assert known is None or known.outcome.text != WALRUS


async def test_they_have_their_own_answered(side: Side) -> None:
    await side.opts("ana", "only_asked")
    written = await side.says("ana", FEES)
    await side.settle()
    assert str(NOT_THAT) not in await side.has_answered("ana", written)
    await side.points_at("ana", await side.says("ana", FEES))
    await side.settle()

    assert len([each for each in side.spoken() if ANSWER in each]) == 2


async def test_what_they_tell_others_solves_it_without_their_words(side: Side) -> None:
    await side.opts("ben", "only_asked")
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    said = await side.says("ben", "It sleeps with the walrus.", under=asked)
    await side.settle()

    assert str(SOLVED) in await side.marks("ana", said)
    known = await side.known(asked)
    assert known is not None
    assert await side.app.learning.is_solved(known.question.id)
    assert "walrus" not in await kept(side)


async def kept(side: Side) -> str:
    """Return all that the store has."""
    async with side.app.database.snapshot() as tx:
        found = [(await tx.execute(select(table))).all() for table in Table.metadata.sorted_tables]
    return str(found)


@pytest.mark.parametrize("left", [*OptOut, None])
async def test_each_step_may_be_taken_twice(side: Side, left: OptOut | None) -> None:
    written = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    who = side.person(written)
    for _ in range(2):
        if left is None:
            await side.app.privacy.opt_in(who, actor=who.actor)
        else:
            await side.app.privacy.opt_out(who, actor=who.actor, extent=left)

    assert (await side.app.privacy.export(who, actor="mod")).opted_out_of is left

"""What the thread of a question is called goes and changes with its message, where threads have names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.wording.labels import Label
from bot.core.wording.languages import speaking
from bot.store.tables import ThreadNameRow
from tests.contract.refusing import refuse
from tests.contract.sides import BOT, DiscordSide, Side, Written

AN_HOUR = timedelta(hours=1)

WALRUS, NEWER, LAST = "where does the purple walrus sleep", "how much does a withdrawal cost?", "where is the parrot"


async def asked(side: Side) -> Written:
    """Have Ana ask, and wait for the reply."""
    written = await side.says("ana", WALRUS, to=(BOT,))
    await side.settle()
    assert side.replies(written)
    assert side.title(written) in {WALRUS, None}
    return written


async def test_a_deleted_question_leaves_a_neutral_name(side: Side) -> None:
    await side.set_locale("de")
    written = await asked(side)
    await side.deletes(written)
    await side.settle()

    with speaking("de"):
        assert side.title(written) in {str(Label.QUESTION), None}
    assert side.replies(written) == []


async def test_an_edited_question_gives_its_new_name_once(side: Side) -> None:
    written = await asked(side)
    for text in (NEWER, LAST):  # Discord takes two new names in ten minutes, and one is left for a deletion
        await side.edits(written, text, to=(BOT,))
        await side.settle()
        assert side.title(written) in {NEWER, None}
    await side.deletes(written)
    await side.settle()

    assert side.title(written) in {str(Label.QUESTION), None}


async def test_the_words_that_somebody_pointed_at_go_and_change_in_the_name(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_at("ben", written)
    await side.settle()
    assert side.title(pointing) in {WALRUS, None}
    await side.edits(written, NEWER)
    await side.settle()
    assert side.title(pointing) in {NEWER, None}
    await side.deletes(written)
    await side.settle()

    assert side.title(pointing) in {str(Label.QUESTION), None}


async def tidies(side: Side, times: int = 1) -> None:
    """Have the bot see to names, an hour later each time."""
    for _ in range(times):
        async with side.app.database.transaction() as tx:
            for row in await tx.scalars(select(ThreadNameRow)):
                row.due_at -= AN_HOUR
        if isinstance(side, DiscordSide):
            await side.bot.names.tidy()


async def left(side: Side) -> int:
    """Return how many names are still to go."""
    async with side.app.database.snapshot() as tx:
        return len((await tx.scalars(select(ThreadNameRow.id))).all())


@pytest.mark.parametrize("how", ["forget", "purge"])
async def test_what_is_erased_leaves_a_neutral_name(side: Side, how: str) -> None:
    await side.set_locale("de")
    written = await asked(side)
    followed = await side.says("ana", LAST, under=written)
    await side.settle()
    if how == "forget":
        await side.app.privacy.forget(side.person(written), actor="mod")
    else:
        side.watch.forward(timedelta(days=366))
        await side.app.privacy.purge(actor="mod")
    await tidies(side)

    with speaking("de"):
        assert side.title(written) in {str(Label.QUESTION), None}
    assert await left(side) == 0
    assert side.replies(followed)


async def test_a_name_in_the_words_of_somebody_who_is_forgotten_goes(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_at("ben", written)
    await side.settle()
    await side.app.privacy.forget(side.person(written), actor="mod")
    await tidies(side)

    assert side.title(pointing) in {str(Label.QUESTION), None}
    assert await left(side) == 0


@pytest.mark.parametrize("for_good", [True, False])
async def test_a_name_that_is_refused_is_tried_again_unless_that_is_useless(side: Side, *, for_good: bool) -> None:
    written = await asked(side)
    await side.app.privacy.forget(side.person(written), actor="mod")
    refuse(side, "to rename" if for_good else "to rename for now")
    await tidies(side)
    kept = WALRUS if side.title(written) else None
    assert (side.title(written), await left(side)) == (kept, 0 if for_good or kept is None else 1)
    await tidies(side)

    assert side.title(written) in {kept if for_good else str(Label.QUESTION), None}
    assert await left(side) == 0


async def test_names_are_given_up_after_a_week(side: Side) -> None:
    written = await asked(side)
    await side.app.privacy.forget(side.person(written), actor="mod")
    async with side.app.database.transaction() as tx:
        for row in await tx.scalars(select(ThreadNameRow)):
            row.expires_at -= timedelta(days=7)
    await tidies(side)

    assert side.title(written) in {WALRUS, None}
    assert await left(side) == 0

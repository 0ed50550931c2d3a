"""Drafts wait for their author for a while; an entry made of a reply closes the item that its question is in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.models import Audience, DismissReason, Entry, ItemStatus
from bot.errors import PhraseTakenError
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.store.drafts import LIFETIME
from bot.store.tables import DraftRow
from tests.service.leases import elapse
from tests.service.reviews import CAT, item_of, opened
from tests.service.samples import FEES, UNKNOWN

PERCH = Entry(id="", question="Where does the parrot sit?", answer="On its perch.")


async def test_the_entry_is_made_and_the_item_linked_with_it(app: App) -> None:
    item_id = await opened(app, UNKNOWN)

    saved = await app.drafts.save(PERCH, item_id=item_id, actor="mod")

    assert saved.entry.id == "where-does-the-parrot-sit"
    assert saved.done is not None
    assert (saved.done.item.status, saved.done.told) == (ItemStatus.LINKED, 1)
    assert UNKNOWN in (await app.catalogue.show(saved.entry.id)).entry.aliases


async def test_without_an_item_there_is_only_the_entry(app: App) -> None:
    first = await app.drafts.save(PERCH, item_id=None, actor="mod")
    second = await app.drafts.save(replace(PERCH, audience=Audience.INTERNAL), item_id=None, actor="mod")

    assert (first.done, second.done) == (None, None)
    assert (first.entry.id, second.entry.id) == ("where-does-the-parrot-sit", "where-does-the-parrot-sit-2")


async def test_what_the_askers_may_not_read_closes_nothing(app: App) -> None:
    item_id = await opened(app, UNKNOWN)

    saved = await app.drafts.save(replace(PERCH, audience=Audience.INTERNAL), item_id=item_id, actor="mod")

    assert saved.done is None
    assert (await item_of(app, item_id)).is_open
    assert (await app.catalogue.show(saved.entry.id)).entry.audience is Audience.INTERNAL


async def test_an_item_that_was_closed_meanwhile_stays_as_it_is(app: App) -> None:
    item_id = await opened(app, CAT)
    await app.review.dismiss(item_id, reason=DismissReason.SPAM, actor="mod")

    saved = await app.drafts.save(PERCH, item_id=item_id, actor="mod")

    assert saved.done is None
    assert (await item_of(app, item_id)).status is ItemStatus.DISMISSED


async def test_a_wording_of_another_entry_is_refused_and_nothing_kept(app: App) -> None:
    item_id = await opened(app, UNKNOWN)

    with pytest.raises(PhraseTakenError):
        await app.drafts.save(replace(PERCH, question=FEES.question), item_id=item_id, actor="mod")

    assert (await item_of(app, item_id)).is_open


DRAFT = ModeratorDraft(kind=DraftKind.ANSWER, values={"answer": "In its cage."}, item_id="R1", seen=2, accepted="S1")
ABOUT = ("R1", "2")


async def test_a_draft_is_returned_once(app: App) -> None:
    await app.drafts.keep(replace(DRAFT, seen=1), actor="mod", about=ABOUT)
    await app.drafts.keep(DRAFT, actor="mod", about=ABOUT)

    assert await app.drafts.take(actor="mod", about=ABOUT) == DRAFT
    assert await app.drafts.take(actor="mod", about=ABOUT) is None


@pytest.mark.parametrize(("actor", "about"), [("max", ABOUT), ("mod", ("R2", "2")), ("mod", ("R1", "3"))])
async def test_a_draft_is_for_its_author_and_for_what_they_saw(app: App, actor: str, about: tuple[str, ...]) -> None:
    await app.drafts.keep(DRAFT, actor="mod", about=ABOUT)

    assert await app.drafts.take(actor=actor, about=about) is None


@pytest.mark.parametrize(("before", "kept"), [(timedelta(minutes=1), True), (timedelta(), False)])
async def test_a_draft_is_kept_for_a_while(app: App, before: timedelta, *, kept: bool) -> None:
    await app.drafts.keep(DRAFT, actor="mod", about=ABOUT)
    await elapse(app.database, LIFETIME - before)

    assert (await app.drafts.take(actor="mod", about=ABOUT) == DRAFT) == kept


async def test_a_purge_removes_old_drafts(talk: App) -> None:
    await talk.drafts.keep(DRAFT, actor="mod", about=ABOUT)
    await elapse(talk.database, LIFETIME)
    await talk.privacy.purge(actor="op")

    async with talk.database.snapshot() as tx:
        assert (await tx.scalars(select(DraftRow.key))).all() == []

"""An entry made of a reply closes the item of the question, if that is open and its askers may read it."""

from dataclasses import replace

import pytest

from bot.core.models import Audience, DismissReason, Entry, ItemStatus
from bot.errors import PhraseTakenError
from bot.service.app import App
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

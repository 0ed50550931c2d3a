"""Versions of entries: each can be read and brought back, also of one that a review has withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.local_answers import LocalAnswer
from bot.core.models import Status
from bot.errors import PhraseTakenError
from bot.service.app import App
from bot.store.entry_changes import release_phrases
from tests.service.samples import FEES
from tests.service.test_catalogue import BREAD, CHANGES


async def test_every_field_of_an_earlier_version_comes_back(app: App) -> None:
    german = LocalAnswer(locale="de", question="Gibt es Brot?", aliases=("Brot da",), answer="Ja.")
    whole = replace(
        BREAD, valid_until=date(2028, 1, 2), answers=(german, LocalAnswer(region="US", answer="And bagels."))
    )
    await app.catalogue.add(whole, actor="mod")
    await app.catalogue.edit("bread", {**CHANGES, "valid_until": None}, actor="ann", reason="new baker")

    first, second = await app.histories.history("bread")
    assert first.entry == whole
    assert (first.actor, second.actor, second.reason) == ("mod", "ann", "new baker")
    assert {each.field for each in await app.histories.diff("bread")} == {*CHANGES, "valid_until"}

    reverted = await app.histories.revert("bread", actor="kim")
    assert (reverted.entry, reverted.version) == (whole, 3)
    assert (await app.histories.history("bread"))[-1].reason == "version 1"


async def test_a_dry_run_keeps_nothing(app: App) -> None:
    await app.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod")
    reverted = await app.histories.revert("fees", actor="mod", dry_run=True)

    assert reverted.entry == FEES
    assert (await app.catalogue.show("fees")).entry.answer == "Two coins."


async def test_a_withdrawn_entry_takes_its_phrasings_back_unless_they_are_taken(app: App) -> None:
    await app.catalogue.add_alias("fees", "wd fee", actor="mod")
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")
    async with app.database.transaction() as tx:
        await release_phrases(tx, "fees")
    await app.catalogue.add_alias("freeze-web", "wd fee", actor="mod")
    with pytest.raises(PhraseTakenError):
        await app.histories.restore("fees", actor="mod")

    await app.catalogue.remove_alias("freeze-web", "WD fee?", actor="mod")
    restored = await app.histories.restore("fees", actor="mod")

    assert (restored.entry.status, restored.entry.aliases) == (Status.PUBLISHED, ("wd fee",))
    assert [phrase.text for phrase in restored.phrases] == [FEES.question, "wd fee"]


async def test_a_draft_that_was_retired_is_a_draft_again(app: App) -> None:
    await app.catalogue.edit("fees", {"status": "draft"}, actor="mod")
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")

    assert (await app.histories.restore("fees", actor="mod")).entry.status is Status.DRAFT

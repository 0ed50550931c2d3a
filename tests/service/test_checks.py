"""Checks of the store: what was asked counts, and what is mended leaves a trace."""

from dataclasses import replace
from datetime import timedelta

from bot.core.checking.findings import Check
from bot.core.models import Status
from bot.service.app import App
from bot.store import audit
from tests.service.deliveries import Watch
from tests.service.samples import FEES, UNKNOWN, ask, question


async def test_entries_that_nobody_asks_for_are_found_after_a_while(talk: App, watch: Watch) -> None:
    await talk.catalogue.edit("freeze-app", {"owner": "kim"}, actor="mod")
    watch.forward(timedelta(days=90))
    for number in range(50):
        await ask(talk, FEES.question, f"m{number}")
    await talk.catalogue.edit("freeze-web", {"owner": "kim"}, actor="mod")
    never = [each.entry_id for each in (await talk.checks.check()).findings if each.check is Check.NEVER_ASKED]

    assert "fees" not in never
    assert "freeze-web" not in never
    assert "freeze-app" in never


async def test_questions_without_an_entry_are_quoted_where_enough_asked(app: App) -> None:
    for number in range(3):
        await app.ask.ask(question(UNKNOWN, f"m{number}", author=f"U{number}"))
    missing = [each.what for each in (await app.checks.check()).findings if each.check is Check.NO_ENTRY]

    assert missing == [f"3 people asked '{UNKNOWN}', and no entry answers it"]


async def test_what_is_mended_leaves_a_trace(app: App) -> None:
    await app.catalogue.edit("fees", {"answer": "One small coin.\n\nOne small coin."}, actor="mod")
    await app.catalogue.edit(
        "freeze-web", {"answer": "Click it now.\n\nClick it now.", "status": "retired"}, actor="mod"
    )
    (mended,) = await app.checks.fix(actor="ann")

    assert mended.entry == replace(FEES, answer="One small coin.")
    async with app.database.snapshot() as tx:
        last = (await audit.read(tx, "entry:fees"))[-1]
    assert (last.actor, last.reason) == ("ann", "faq check --fix")
    assert await app.checks.fix(actor="ann") == ()


async def test_drafts_are_checked_and_retired_entries_are_not(app: App) -> None:
    for entry_id, status in (("fees", Status.DRAFT), ("freeze-web", Status.RETIRED)):
        await app.catalogue.edit(entry_id, {"answer": "TODO", "status": status}, actor="mod")

    found = [each.entry_id for each in (await app.checks.check()).findings if each.check is Check.PLACEHOLDER]

    assert found == ["fees"]

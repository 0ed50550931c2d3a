"""Show that what a check finds in an entry comes into the review, once, and leaves it when it is mended."""

from datetime import timedelta

import pytest

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Status
from bot.core.review import ReviewItem
from bot.core.wording.cards import often
from bot.service import checks, review_queue
from bot.service.app import App
from bot.store.records import ItemFilter
from tests.service.deliveries import Watch

EVERY = ItemFilter(kind=ItemKind.FLAWED, status=None)


async def noted(app: App) -> list[ReviewItem]:
    """Return all items about flaws after a round."""
    await app.checks.note_flaws()
    return sorted(await app.review.list(EVERY), key=lambda item: item.number)


async def test_a_flaw_comes_into_the_review_once_for_its_owner(talk: App, other: App) -> None:
    before = await noted(talk)
    await talk.catalogue.edit("fees", {"answer": "TODO", "owner": "slack:U77"}, actor="mod")

    (item,) = (await noted(talk))[len(before) :]
    assert (item.kind, item.entry_id, item.assignee) == (ItemKind.FLAWED, "fees", "slack:U77")
    assert (item.status, item.audience, item.day) == (ItemStatus.OPEN, Audience.PUBLIC, None)
    assert "TODO" in often(item)
    assert "; " in often(item)
    assert len(await noted(talk)) == len(before) + 1
    assert len(await noted(other)) == len(before) + 1


async def test_what_is_mended_or_retired_leaves_the_review(app: App) -> None:
    await app.catalogue.edit("fees", {"answer": "TODO"}, actor="mod")
    await app.catalogue.edit("freeze-web", {"answer": "TODO"}, actor="mod")
    found = [item.entry_id for item in await noted(app) if item.is_open]
    assert {"fees", "freeze-web"} <= set(found)

    await app.catalogue.edit("fees", {"answer": "One small coin, taken from what arrives."}, actor="mod")
    await app.catalogue.edit("freeze-web", {"status": "retired"}, actor="mod")

    closed = [item for item in await noted(app) if item.entry_id in {"fees", "freeze-web"}]
    assert {item.status for item in closed} == {ItemStatus.ANSWERED}
    assert {item.resolution.actor for item in closed if item.resolution} == {"faqbot"}


async def test_what_was_dismissed_stays_so_until_its_entry_changes(app: App) -> None:
    await app.catalogue.edit("fees", {"answer": "TODO"}, actor="mod")
    (item,) = (each for each in await noted(app) if each.entry_id == "fees")
    await app.review.dismiss(item.id, reason=DismissReason.OTHER, note="we will", actor="mod")
    await app.catalogue.edit("limits", {"staff_note": "new"}, actor="mod")  # the entries are looked at again

    assert [each.status for each in await noted(app) if each.entry_id == "fees"] == [ItemStatus.DISMISSED]

    await app.catalogue.edit("fees", {"answer": "TODO: the fees"}, actor="mod")
    states = [each.status for each in await noted(app) if each.entry_id == "fees"]
    assert states == [ItemStatus.DISMISSED, ItemStatus.OPEN]


async def test_drafts_and_notes_stay_out(app: App) -> None:
    before = await noted(app)
    await app.catalogue.edit("fees", {"answer": "TODO", "status": Status.DRAFT}, actor="mod")
    await app.catalogue.edit("limits", {"answer": "Ten coins a\u00adday, for each account."}, actor="mod")

    assert [item.entry_id for item in await noted(app) if item.is_open] == [each.entry_id for each in before]


async def test_a_day_in_an_answer_that_has_passed_is_found_without_a_change(talk: App, watch: Watch) -> None:
    soon = (watch.now + timedelta(days=2)).date()
    await talk.catalogue.edit("fees", {"answer": f"The offer ends on {soon.isoformat()}: no fees."}, actor="mod")
    assert "fees" not in {item.entry_id for item in await noted(talk)}

    watch.forward(timedelta(days=4))
    assert "fees" in {item.entry_id for item in await noted(talk)}


async def test_few_are_open_at_a_time(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_queue, "MOST_FLAWS", 1)
    for entry_id in ("fees", "freeze-web"):
        await app.catalogue.edit(entry_id, {"answer": "TODO"}, actor="mod")
    (first,) = (item for item in await noted(app) if item.is_open)

    await app.catalogue.edit(first.entry_id or "", {"answer": "Click it in the menu of the app."}, actor="mod")
    (second,) = (item for item in await noted(app) if item.is_open)
    assert second.entry_id != first.entry_id


async def test_of_many_entries_those_that_changed_are_looked_at_again(
    talk: App, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_MOST_COMPARED", 1)
    before = {item.entry_id for item in await noted(talk)}
    await talk.catalogue.edit("fees", {"answer": "TODO"}, actor="mod")
    assert {item.entry_id for item in await noted(talk) if item.is_open} == {*before, "fees"}

    await talk.catalogue.edit("freeze-web", {"answer": "TODO"}, actor="mod")
    assert {item.entry_id for item in await noted(talk) if item.is_open} == {*before, "fees", "freeze-web"}

    await talk.catalogue.edit("fees", {"answer": "One small coin, taken from what arrives."}, actor="mod")
    await talk.catalogue.edit("freeze-web", {"status": "retired"}, actor="mod")
    assert {item.entry_id for item in await noted(talk) if item.is_open} == before

    soon = (watch.now + timedelta(days=2)).date()
    await talk.catalogue.edit("fees", {"answer": f"The offer ends on {soon.isoformat()}: no fees."}, actor="mod")
    assert "fees" not in {item.entry_id for item in await noted(talk) if item.is_open}
    watch.forward(timedelta(days=4))
    assert "fees" in {item.entry_id for item in await noted(talk) if item.is_open}

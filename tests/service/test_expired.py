"""Show that an entry past its date comes into the review, once, and leaves it when it is renewed."""

from datetime import timedelta

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Status
from bot.core.review import ReviewItem
from bot.service.app import App
from bot.store.records import ItemFilter
from tests.service.samples import NOW

YESTERDAY, TODAY = ((NOW + timedelta(days=days)).date().isoformat() for days in (-1, 0))
EVERY = ItemFilter(status=None)


async def expire(app: App, entry_id: str, day: str | None = YESTERDAY) -> None:
    """Set until when an entry is valid."""
    await app.catalogue.edit(entry_id, {"valid_until": day}, actor="mod")


async def items(app: App, wanted: ItemFilter = EVERY) -> list[ReviewItem]:
    """Return all items."""
    return list(await app.review.list(wanted))


async def test_an_entry_past_its_date_comes_into_the_review_once(app: App, other: App) -> None:
    await expire(app, "fees")
    await expire(app, "freeze-web", TODAY)
    await expire(app, "limits")

    fees, limits = await items(app)
    assert (fees.kind, fees.entry_id, fees.text) == (ItemKind.EXPIRED, "fees", "How much does a withdrawal cost?")
    assert (fees.status, fees.audience, fees.count, fees.last_asked) == (ItemStatus.OPEN, Audience.PUBLIC, 0, None)
    assert limits.audience is Audience.INTERNAL
    assert [item.id for item in await items(other)] == [fees.id, limits.id]


async def test_a_draft_does_not_expire(app: App) -> None:
    await app.catalogue.edit("fees", {"valid_until": YESTERDAY, "status": Status.DRAFT}, actor="mod")
    assert await items(app) == []


async def test_a_renewed_or_retired_entry_leaves_the_review(app: App) -> None:
    await expire(app, "fees")
    await expire(app, "freeze-web")
    assert len(await items(app)) == 2
    await expire(app, "fees", TODAY)
    await app.catalogue.retire("freeze-web", actor="mod")

    assert {item.status for item in await items(app)} == {ItemStatus.ANSWERED}
    assert {item.resolution.actor for item in await items(app) if item.resolution} == {"faqbot"}


async def test_what_was_dismissed_stays_so_until_the_entry_expires_anew(app: App) -> None:
    await expire(app, "fees")
    (item,) = await items(app)
    await app.review.dismiss(item.id, reason=DismissReason.OTHER, note="still true", actor="mod")

    assert [one.status for one in await items(app)] == [ItemStatus.DISMISSED]

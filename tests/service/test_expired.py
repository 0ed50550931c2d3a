"""Show that an entry past its date comes into the review, once, and leaves it when it is renewed."""

from datetime import timedelta

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Status
from bot.core.review import ReviewItem
from bot.service.app import App
from bot.service.review_channel import digest_text
from bot.store.records import ItemFilter
from tests.service.deliveries import Watch
from tests.service.samples import NOW, faq

YESTERDAY, TODAY, TOMORROW = ((NOW + timedelta(days=days)).date().isoformat() for days in (-1, 0, 1))
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
    await app.catalogue.edit("freeze-web", {"status": "retired"}, actor="mod")

    assert {item.status for item in await items(app)} == {ItemStatus.ANSWERED}
    assert {item.resolution.actor for item in await items(app) if item.resolution} == {"faqbot"}


async def test_what_was_dismissed_stays_so_until_the_entry_expires_anew(app: App) -> None:
    await expire(app, "fees")
    (item,) = await items(app)
    await app.review.dismiss(item.id, reason=DismissReason.OTHER, note="still true", actor="mod")

    assert [one.status for one in await items(app)] == [ItemStatus.DISMISSED]


async def test_an_entry_is_looked_at_on_its_day_by_its_owner(talk: App, watch: Watch) -> None:
    await talk.catalogue.edit("fees", {"review_by": TODAY, "owner": "slack:U77"}, actor="mod")
    await talk.catalogue.edit("freeze-web", {"review_by": TOMORROW, "owner": "support"}, actor="mod")

    (item,) = await items(talk)
    assert (item.kind, item.entry_id, item.assignee) == (ItemKind.DUE, "fees", "slack:U77")
    assert str(item.day) == TODAY

    watch.forward(timedelta(days=1))
    assert [(each.entry_id, each.assignee) for each in await items(talk)] == [
        ("fees", "slack:U77"),
        ("freeze-web", "support"),
    ]


async def test_who_moves_the_day_is_done_with_it(talk: App, watch: Watch) -> None:
    await talk.catalogue.edit("fees", {"review_by": TODAY}, actor="mod")
    (item,) = await items(talk)
    await talk.review.dismiss(item.id, reason=DismissReason.OTHER, actor="mod")
    assert [one.status for one in await items(talk)] == [ItemStatus.DISMISSED]

    await talk.catalogue.edit("fees", {"review_by": TOMORROW}, actor="mod")
    watch.forward(timedelta(days=1))
    assert [one.status for one in await items(talk, ItemFilter())] == [ItemStatus.OPEN]
    await talk.catalogue.edit("fees", {"review_by": None}, actor="mod")
    assert await items(talk, ItemFilter()) == []


async def test_of_what_has_ended_the_day_to_look_at_it_says_nothing_more(app: App) -> None:
    await app.catalogue.edit("fees", {"review_by": YESTERDAY, "valid_until": YESTERDAY}, actor="mod")
    assert [item.kind for item in await items(app)] == [ItemKind.EXPIRED]


SOUP = """\
- id: soup
  question: Which soup is there today?
  answer: {answer}
  owner: cook
  source: {{updated: {updated}}}
"""


async def bring(app: App, answer: str, updated: str) -> None:
    """Import one entry of a source that was updated on a day."""
    await app.imports.import_documents([faq(SOUP.format(answer=answer, updated=updated))], actor="mod")


async def test_a_source_that_changed_after_a_moderator_did_comes_into_the_review(talk: App, watch: Watch) -> None:
    await bring(talk, "Tomato.", "2026-01-01")
    await bring(talk, "Leek.", "2026-01-02")
    await talk.catalogue.edit("soup", {"answer": "Ask the cook."}, actor="mod")
    await bring(talk, "Leek and more.", "2026-01-02")
    assert await items(talk) == []

    await bring(talk, "Potato.", "2026-02-01")
    await bring(talk, "Potato.", "2026-02-01")
    (item,) = await items(talk)
    assert (item.kind, item.entry_id, item.assignee, str(item.day)) == (
        ItemKind.OVERTAKEN,
        "soup",
        "cook",
        "2026-02-01",
    )

    watch.forward(timedelta(minutes=1))
    await talk.catalogue.edit("soup", {"answer": "Potato."}, actor="mod")
    assert [one.status for one in await items(talk)] == [ItemStatus.ANSWERED]


async def test_the_week_tells_whose_entries_are_to_be_looked_at(app: App) -> None:
    await expire(app, "fees")
    await app.catalogue.edit("freeze-web", {"review_by": TODAY, "owner": "@everybody"}, actor="mod")
    await app.catalogue.edit("limits", {"review_by": TODAY}, actor="mod")

    public, staff = [digest_text(await app.stats.digest(audience=audience)) for audience in Audience]

    assert "- 1 entry past the last day: fees." in public
    assert "- 1 entry to be looked at again: freeze-web (@\N{ZERO WIDTH SPACE}everybody)." in public
    assert "- 2 entries to be looked at again: freeze-web (@\N{ZERO WIDTH SPACE}everybody), limits." in staff

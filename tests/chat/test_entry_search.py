"""Show that entries are found by what they hold and by what they mean, as far as somebody may read them."""

import pytest

from bot.chat.entry_search import found
from bot.core.models import Audience
from bot.service.app import App
from tests.service.samples import LIMITS, WEB


async def ids(app: App, typed: str, *, audience: Audience = Audience.PUBLIC, limit: int = 9) -> list[str]:
    """Return what is found."""
    return [choice.entry_id for choice in await found(app, typed, audience=audience, limit=limit)]


async def test_what_holds_the_words_comes_first_and_what_is_near_follows(service: App) -> None:
    assert (await ids(service, "account (app)"))[:2] == ["freeze-app", "freeze-web"]
    assert (await ids(service, "what do withdrawals cost"))[0] == "fees"


async def test_choices_are_named_by_their_questions(service: App) -> None:
    (choice,) = await found(service, "(web)", audience=Audience.PUBLIC, limit=1)

    assert (choice.entry_id, choice.label) == (WEB.id, WEB.question)


@pytest.mark.parametrize("typed", ["", "  ", "freeze"])
@pytest.mark.parametrize("limit", [1, 2])
async def test_there_are_no_more_than_wanted(service: App, typed: str, limit: int) -> None:
    assert len(await ids(service, typed, limit=limit)) == limit


@pytest.mark.parametrize("typed", ["", "compliance", "Zebra", LIMITS.question])
async def test_what_is_for_staff_is_found_by_staff_only(service: App, typed: str) -> None:
    assert LIMITS.id not in await ids(service, typed)
    assert LIMITS.id in await ids(service, typed, audience=Audience.INTERNAL)


async def test_what_was_retired_is_not_found(service: App) -> None:
    await service.catalogue.edit("fees", {"status": "retired"}, actor="ann")

    assert "fees" not in [*await ids(service, ""), *await ids(service, "withdrawal")]

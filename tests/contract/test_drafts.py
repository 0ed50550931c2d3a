"""What a moderator wrote waits for them until they have seen what it would change, on both platforms."""

from collections.abc import AsyncIterator

import pytest

from bot.core.models import DismissReason, ItemStatus
from tests.contract.reviews import ReviewSide, discord_review, slack_review

SIDES = {"slack": slack_review, "discord": discord_review}
CAGE = "In its cage."


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[ReviewSide]:
    """Return a platform where moderators work."""
    async with SIDES[request.param](sqlite_url) as side:
        yield side


async def test_it_is_saved_after_a_look(side: ReviewSide) -> None:
    await side.asks()
    assert "1 would win one" in await side.proposes(CAGE)
    assert (await side.app.review.show("R1")).item.is_open

    await side.saves()
    assert (await side.app.review.show("R1")).item.status is ItemStatus.ANSWERED


async def test_it_survives_a_restart(side: ReviewSide) -> None:
    await side.asks()
    await side.proposes(CAGE)
    await side.restarts()
    await side.saves()

    item = (await side.app.review.show("R1")).item
    assert item.resolution is not None
    assert (await side.app.catalogue.show(item.resolution.entry_id or "")).entry.answer == CAGE


async def test_it_is_refused_in_the_same_words_when_another_moderator_was_first(side: ReviewSide) -> None:
    await side.asks()
    await side.proposes(CAGE)
    await side.restarts()
    await side.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="ben")

    assert "R1 was dismissed by ben meanwhile, and I changed nothing." in await side.saves()

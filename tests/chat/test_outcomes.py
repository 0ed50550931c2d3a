"""Show that what was done is told in words that fit it."""

from dataclasses import replace

import pytest

from bot.chat.outcomes import READ_BY_ALL, resolved, set_to
from bot.core.models import Audience, DismissReason
from bot.core.modes import ChannelSettings
from bot.service.app import App
from tests.service.reviews import CAT, opened


@pytest.mark.parametrize(("told", "people"), [(0, "Nobody is"), (1, "One person is"), (2, "2 people are")])
async def test_how_many_are_told_is_said(service: App, told: int, people: str) -> None:
    await opened(service, CAT)
    done = replace(await service.review.link("R1", "fees", actor="ann"), told=told)

    assert resolved(done) == f"R1 is linked with fees. {people} told in the thread where they asked."


async def test_an_item_without_an_entry_is_named_alone(service: App) -> None:
    await opened(service, CAT)
    done = await service.review.dismiss("R1", reason=DismissReason.SPAM, actor="ann")

    assert resolved(done).startswith("R1 is dismissed. Nobody is told")


@pytest.mark.parametrize(("reader", "warned"), [(Audience.PUBLIC, True), (Audience.INTERNAL, False)])
def test_a_channel_that_more_people_read_than_it_says_is_told_of(reader: Audience, *, warned: bool) -> None:
    told = set_to(ChannelSettings(audience=Audience.INTERNAL, wait_seconds=30), audience=reader)

    assert "internal, a wait of 30 seconds" in told
    assert (READ_BY_ALL in told) is warned

"""Show that what was done is told in words that fit it."""

import pytest

from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ItemStatus
from bot.core.wording.outcomes import READ_BY_ALL, resolved, set_to


@pytest.mark.parametrize(("told", "people"), [(0, "Nobody is"), (1, "One person is"), (2, "2 people are")])
def test_how_many_are_told_is_said(told: int, people: str) -> None:
    done = resolved("R1", ItemStatus.LINKED, "fees", told=told)

    assert done == f"R1 is linked with fees. {people} told in the thread where they asked."


def test_an_item_without_an_entry_is_named_alone() -> None:
    assert resolved("R1", ItemStatus.DISMISSED, None, told=0).startswith("R1 is dismissed. Nobody is told")


@pytest.mark.parametrize(("reader", "warned"), [(Audience.PUBLIC, True), (Audience.INTERNAL, False)])
def test_a_channel_that_more_people_read_than_it_says_is_told_of(reader: Audience, *, warned: bool) -> None:
    told = set_to(ChannelSettings(audience=Audience.INTERNAL, wait_seconds=30), audience=reader)

    assert "internal, a wait of 30 seconds" in told
    assert (str(READ_BY_ALL) in told) is warned

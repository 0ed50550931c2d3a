"""Show that what moderators wrote is kept for a while, for whoever wrote it, and no more of it than is wanted."""

from datetime import timedelta

import pytest

from bot.adapters.discord.moderators.keeping import Drafts, Key
from bot.service.app import App


async def save(_: App, actor: str) -> str:
    """Stand for what saves a draft."""
    return actor


def key(subject: str) -> Key:
    """Return what a draft is kept under."""
    return Key(1, subject, "2")


def test_a_draft_is_taken_once() -> None:
    drafts = Drafts()
    drafts.put(key("R1"), save)

    assert [drafts.take(key("R1")), drafts.take(key("R1"))] == [save, None]


@pytest.mark.parametrize("other", [Key(2, "R1", "2"), Key(1, "R2", "2"), Key(1, "R1", "3")])
def test_it_is_for_its_author_and_for_what_they_saw(other: Key) -> None:
    drafts = Drafts()
    drafts.put(key("R1"), save)

    assert drafts.take(other) is None


@pytest.mark.parametrize(("seconds", "kept"), [(60.0, True), (60.1, False)])
def test_it_is_kept_for_a_while(seconds: float, *, kept: bool) -> None:
    now = 1_000.0
    drafts = Drafts(lifetime=timedelta(minutes=1), clock=lambda: now)
    drafts.put(key("R1"), save)
    now += seconds

    assert (drafts.take(key("R1")) is save) == kept


def test_the_oldest_makes_room() -> None:
    drafts = Drafts(most=2)
    for subject in ("R1", "R2", "R1", "R3"):  # one that is written anew is not the oldest
        drafts.put(key(subject), save)

    assert [drafts.take(key(subject)) for subject in ("R1", "R2", "R3")] == [save, None, save]

"""Show that what moderators wrote is kept for a while, for its author alone, and no more of it than is wanted."""

import pytest

from bot.adapters.discord.moderators.drafts import LIFETIME, LIMIT, Key, empty_drafts
from bot.service.app import App


async def save(_: App, actor: str) -> str:
    """Save drafts in place of the service."""
    return actor


def key(subject: str) -> Key:
    """Return what a draft is kept under."""
    return Key(1, subject, "2")


@pytest.mark.parametrize("other", [Key(2, "R1", "2"), Key(1, "R2", "2"), Key(1, "R1", "3")])
def test_it_is_for_its_author_and_for_what_they_saw(other: Key) -> None:
    drafts = empty_drafts()
    drafts[key("R1")] = save

    assert drafts.pop(other, None) is None


@pytest.mark.parametrize(("seconds", "kept"), [(-0.1, True), (0.1, False)])
def test_it_is_kept_for_a_while(seconds: float, *, kept: bool) -> None:
    now = 1_000.0
    drafts = empty_drafts(timer=lambda: now)
    drafts[key("R1")] = save
    now += LIFETIME.total_seconds() + seconds

    assert (drafts.pop(key("R1"), None) is save) == kept


def test_the_oldest_makes_room() -> None:
    drafts = empty_drafts()
    for number in (0, *range(1, LIMIT), 0, LIMIT):  # one that is written again is not the oldest
        drafts[key(f"R{number}")] = save

    assert [drafts.pop(key(f"R{number}"), None) for number in (0, 1, LIMIT)] == [save, None, save]

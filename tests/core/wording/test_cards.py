"""Show what moderators are told of a review item."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Match
from bot.core.review import ItemResolution, ReviewItem
from bot.core.wording.cards import SEALED, heading, near, often, sealed, state
from tests.core.items import asked

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
BY = "ann on 4 March 2026, 05:06 UTC"
ITEM = ReviewItem(
    id="R12",
    number=12,
    created_at=AT,
    version=3,
    kind=ItemKind.UNANSWERED,
    audience=Audience.PUBLIC,
    status=ItemStatus.OPEN,
    text="how do i stake",
    count=5,
    askers=3,
    platforms=("discord", "slack"),
)


def test_the_heading_names_the_item_and_how_it_stands() -> None:
    assert heading(ITEM) == "R12 · No answer · Open"


@pytest.mark.parametrize(
    ("count", "askers", "platforms", "words"),
    [
        (5, 3, ("discord", "slack"), "Asked 5 times by 3 people on Discord and Slack"),
        (2, 1, ("slack",), "Asked 2 times by one person on Slack"),
        (1, 1, (), "Asked once by one person"),
        (0, 0, (), "Asked by nobody yet"),
    ],
)
def test_it_says_how_often_it_was_asked(count: int, askers: int, platforms: tuple[str, ...], words: str) -> None:
    assert often(replace(ITEM, count=count, askers=askers, platforms=platforms)) == words


@pytest.mark.parametrize(
    ("status", "resolution", "words"),
    [
        (ItemStatus.LINKED, ItemResolution(actor="ann", at=AT, entry_id="stake"), f"Linked by {BY}: stake"),
        (ItemStatus.MERGED, ItemResolution(actor="ann", at=AT, merged_into="R3"), f"Merged by {BY}: R3"),
        (
            ItemStatus.DISMISSED,
            ItemResolution(actor="ann", at=AT, reason=DismissReason.SPAM, note="again"),
            f"Dismissed by {BY}: Spam: again",
        ),
    ],
)
def test_it_says_what_became_of_it(status: ItemStatus, resolution: ItemResolution, words: str) -> None:
    item = replace(ITEM, status=status, resolution=resolution)
    assert state(item) == words
    assert not item.is_open


def test_an_item_that_sleeps_is_open_and_says_until_when() -> None:
    item = replace(ITEM, status=ItemStatus.SNOOZED, snoozed_until=AT)
    assert item.is_open
    assert state(item) == "Snoozed until 4 March 2026, 05:06 UTC"
    assert state(ITEM) == ""


def test_a_near_entry_comes_with_its_likelihood() -> None:
    assert near(Match(entry_id="stake", phrase="How do I stake?", confidence=0.724)) == "72% stake"


def test_a_sealed_card_holds_no_word_of_what_was_asked_or_said() -> None:
    word = "zebra"
    resolution = ItemResolution(actor="ann", at=AT, entry_id=word, note=word)
    item = replace(
        ITEM,
        text=word,
        nearest=(Match(entry_id=word, phrase=word, confidence=0.5),),
        questions=(asked(word),),
        entry_id=word,
        status=ItemStatus.LINKED,
        resolution=resolution,
    )

    shown = sealed(item)

    assert word not in str(shown)
    assert (shown.id, shown.text, shown.status) == (ITEM.id, str(SEALED), ItemStatus.LINKED)
    assert state(shown) == f"Linked by {BY}"

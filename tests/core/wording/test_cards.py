"""Show what moderators are told of a review item."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus
from bot.core.wording.cards import SEALED, Card, Near, Outcome, Wording, heading, near, often, sealed, state

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
BY = "ann on 4 March 2026, 05:06 UTC"
CARD = Card(
    id="R12",
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
    assert heading(CARD) == "R12 · No answer · Open"


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
    assert often(replace(CARD, count=count, askers=askers, platforms=platforms)) == words


@pytest.mark.parametrize(
    ("status", "outcome", "words"),
    [
        (ItemStatus.LINKED, Outcome(actor="ann", at=AT, entry_id="stake"), f"Linked by {BY}: stake"),
        (ItemStatus.MERGED, Outcome(actor="ann", at=AT, merged_into="R3"), f"Merged by {BY}: R3"),
        (
            ItemStatus.DISMISSED,
            Outcome(actor="ann", at=AT, reason=DismissReason.SPAM, note="again"),
            f"Dismissed by {BY}: Spam: again",
        ),
    ],
)
def test_it_says_what_became_of_it(status: ItemStatus, outcome: Outcome, words: str) -> None:
    card = replace(CARD, status=status, outcome=outcome)
    assert state(card) == words
    assert not card.is_open


def test_an_item_that_sleeps_is_open_and_says_until_when() -> None:
    card = replace(CARD, status=ItemStatus.SNOOZED, snoozed_until=AT)
    assert card.is_open
    assert state(card) == "Snoozed until 4 March 2026, 05:06 UTC"
    assert state(CARD) == ""


def test_a_near_entry_comes_with_its_likelihood() -> None:
    assert near(Near("stake", "How do I stake?", 0.724)) == "72% stake"


def test_a_sealed_card_holds_no_word_of_what_was_asked_or_said() -> None:
    word = "zebra"
    outcome = Outcome(actor="ann", at=AT, entry_id=word, note=word)
    card = replace(
        CARD,
        text=word,
        nearest=(Near(word, word, 0.5),),
        wordings=(Wording(word),),
        entry_id=word,
        status=ItemStatus.LINKED,
        outcome=outcome,
    )

    shown = sealed(card)

    assert word not in str(shown)
    assert (shown.id, shown.text, shown.status) == (CARD.id, SEALED, ItemStatus.LINKED)
    assert state(shown) == f"Linked by {BY}"

"""Show how the review looks on Discord."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.adapters.discord.showing.cards import card_message, queue_message, replay_message
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Match
from bot.core.review import ItemResolution, ReviewItem
from tests.adapters.discord.showing.fitting import fits, is_short, texts_of
from tests.adapters.discord.showing.test_answers import labels, rows
from tests.adapters.discord.showing.test_markup import TEXTS
from tests.core.items import asked, permalink
from tests.loopback.discord.reading import PINGS, links

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
LINK = "https://discord.com/channels/1/2/3"
LONG_LINK = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
ITEM = ReviewItem(
    id="R12",
    number=12,
    created_at=AT,
    version=7,
    kind=ItemKind.UNANSWERED,
    audience=Audience.PUBLIC,
    status=ItemStatus.OPEN,
    text="how do i *stake*",
    count=2,
    askers=2,
    platforms=("discord", "slack"),
    first_asked=AT,
    last_asked=AT,
    nearest=(Match(entry_id="stake", phrase="How do I stake?", confidence=0.4),),
    questions=(asked("staking?"), asked("how do i *stake*", LINK)),
)


def test_a_card_shows_what_was_asked_how_often_and_what_comes_near() -> None:
    message = card_message(ITEM, permalink=permalink)
    assert message.embed is not None
    assert message.embed.title == "R12 · No answer · Open · Everybody"
    assert message.embed.description == "how do i \\*stake\\*"
    facts, nearest, wordings = message.embed.fields
    assert facts.value == "Asked 2 times by 2 people on Discord and Slack\n<t:1772600760> … <t:1772600760:R>"
    assert (nearest.name, nearest.value) == ("Nearest entries", "\\- 40% stake: How do I stake?".removeprefix("\\"))
    assert wordings.value == f"- how do i \\*stake\\* <{LINK}>\n- staking?"
    assert fits(message)


@pytest.mark.parametrize("status", [ItemStatus.OPEN, ItemStatus.SNOOZED])
def test_an_open_item_can_be_resolved(status: ItemStatus) -> None:
    message = card_message(replace(ITEM, status=status, snoozed_until=AT), permalink=permalink)
    assert labels(message) == ["Answer", "Link", "Merge", "Dismiss", "Assign to me", "Snooze"]
    assert rows(message)[0][0]["custom_id"] == "faq:answer:R12:7"


@pytest.mark.parametrize("status", [ItemStatus.ANSWERED, ItemStatus.LINKED, ItemStatus.DISMISSED, ItemStatus.MERGED])
def test_a_resolved_item_says_by_whom_and_can_be_opened_again(status: ItemStatus) -> None:
    resolution = ItemResolution(actor="ann", at=AT, reason=DismissReason.SPAM)
    message = card_message(replace(ITEM, status=status, resolution=resolution, assignee="bob"), permalink=permalink)
    assert labels(message) == ["Reopen", "Undo"]
    assert message.embed is not None
    assert "by ann on 4 March 2026, 05:06 UTC: Spam" in (message.embed.fields[0].value or "")
    assert "Assigned to: bob" in (message.embed.fields[0].value or "")


def test_a_long_item_fits() -> None:
    many = replace(
        ITEM,
        text="*" * 5_000,
        assignee="_" * 500,
        entry_id="x" * 80,
        nearest=tuple(Match(entry_id="x" * 80, phrase="*" * 500, confidence=0.5) for _ in range(30)),
        questions=tuple(asked("*" * 4_000 + str(number), LONG_LINK) for number in range(1_000)),
        resolution=ItemResolution(actor="*" * 500, at=AT, note="*" * 5_000),
    )
    assert fits(card_message(many, permalink=permalink))


@settings(max_examples=50)
@given(TEXTS)
def test_nothing_of_what_members_wrote_is_obeyed(text: str) -> None:
    item = replace(
        ITEM,
        text=text,
        assignee=text,
        nearest=(Match(entry_id="a", phrase=text, confidence=1.0),),
        questions=(asked(text, text),),
    )
    for message in (
        card_message(item, permalink=permalink),
        queue_message([item], total=1),
        replay_message([text], confirm=Press(DiscordAction.CONFIRM, "R1")),
    ):
        assert is_short(message)
        for shown in texts_of(message):
            assert not PINGS.search(shown)
            assert all(link.startswith(("https://discord.com/", "https://slack.com/")) for link in links(shown))


def test_the_queue_has_pages() -> None:
    cards = [replace(ITEM, id=f"R{number}") for number in range(10)]
    first, last = queue_message(cards, total=25), queue_message(cards[:5], total=25, page=2)
    assert [row[-1].get("custom_id") for row in rows(first)] == ["faq-menu:show:all", "faq:queue:all:1"]
    assert [row[-1].get("custom_id") for row in rows(last)] == ["faq-menu:show:all", "faq:queue:all:1"]
    assert [item["label"] for item in rows(last)[1]] == ["Accept several", "Back"]
    assert fits(first)
    assert [queue_message([], total=total).content for total in (25, 0)] == ["There is nothing else."] * 2


def test_a_replay_can_be_saved_or_left() -> None:
    message = replay_message(["3 of 1,000 questions change"] * 100, confirm=Press(DiscordAction.CONFIRM, "R12", "7"))
    assert labels(message) == ["Save", "Cancel"]
    assert fits(message)

"""Show that a card tells what an item is and how it stands, with what can be done about it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.adapters.slack.showing.cards import card_message
from bot.adapters.slack.showing.ids import SlackAction, seen_item
from bot.adapters.slack.showing.parts import SlackMessage
from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Match
from bot.core.review import ItemResolution, ReviewItem
from tests.core.items import asked, permalink
from tests.loopback.slack.soundness import buttons, check_message

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, tzinfo=UTC)
ITEM = ReviewItem(
    id="R12",
    number=12,
    created_at=AT,
    version=7,
    kind=ItemKind.UNANSWERED,
    audience=Audience.PUBLIC,
    status=ItemStatus.OPEN,
    text="where is <!channel> my *invoice*?",
    count=3,
    askers=2,
    platforms=("discord", "slack"),
    first_asked=AT,
    last_asked=LATER,
    nearest=(Match(entry_id="invoices", phrase="Where do I find <invoices>?", confidence=0.62),),
    questions=(
        asked("invoice <@U1>?", "https://evil.test"),
        asked("where is <!channel> my *invoice*?", "https://slack.com/archives/C1/p1"),
    ),
    assignee="Ada",
)
HOSTILE = "<!channel> <@U123ABC> <https://evil.test|x> & @here 👍 " * 100


def shown(message: SlackMessage) -> str:
    """Return everything that a message holds."""
    return json.dumps([message.blocks, message.text], ensure_ascii=False)


def test_an_open_item_can_be_worked_on() -> None:
    message = card_message(ITEM, permalink=permalink)
    check_message(message)
    assert buttons(message) == dict.fromkeys(
        (
            SlackAction.ANSWER,
            SlackAction.LINK,
            SlackAction.MERGE,
            SlackAction.DISMISS,
            SlackAction.ASSIGN,
            SlackAction.SNOOZE,
        ),
        "R12",
    )
    assert seen_item(str(message.blocks[-1]["block_id"])) == ("R12", 7)


def test_a_card_tells_what_was_asked_how_often_and_what_comes_near() -> None:
    text = shown(card_message(ITEM, permalink=permalink))
    for part in ("R12 · No answer · Open", "Everybody", "3 times by 2 people on Discord and Slack", "Assigned to Ada"):
        assert part in text
    assert "62% invoices: Where do I find &lt;invoices&gt;?" in text
    assert f"<!date^{int(AT.timestamp())}^" in text
    assert f"<!date^{int(LATER.timestamp())}^" in text


def test_questions_are_linked_to_their_messages_and_nowhere_else() -> None:
    text = shown(card_message(ITEM, permalink=permalink))
    assert "<https://slack.com/archives/C1/p1|where is" in text
    assert "evil.test" not in text


def test_what_members_wrote_does_nothing() -> None:
    marked = re.sub(r"<!date\^[^>]*>", "", json.dumps(card_message(ITEM, permalink=permalink).blocks[3:]))
    assert not re.search(r"<[!@#]", marked)
    said = card_message(ITEM, permalink=permalink).blocks[1]["text"]
    assert said == {"type": "plain_text", "text": "where is <\u2060!channel> my *invoice*?", "emoji": False}


def test_the_text_of_the_notification_pings_nobody() -> None:
    assert not re.search(r"[<>]", card_message(replace(ITEM, text=HOSTILE), permalink=permalink).text)


@pytest.mark.parametrize(
    ("status", "resolution", "expected"),
    [
        (ItemStatus.ANSWERED, ItemResolution(actor="Ada", at=AT, entry_id="invoices"), "Answered by Ada"),
        (ItemStatus.DISMISSED, ItemResolution(actor="Ada", at=AT, reason=DismissReason.SPAM, note="<!here>"), "Spam"),
        (ItemStatus.MERGED, ItemResolution(actor="Ada", at=AT, merged_into="R3"), "R3"),
    ],
)
def test_a_resolved_item_tells_how_and_can_be_taken_back(
    status: ItemStatus, resolution: ItemResolution, expected: str
) -> None:
    message = card_message(replace(ITEM, status=status, resolution=resolution), permalink=permalink)
    check_message(message)
    assert list(buttons(message)) == [SlackAction.REOPEN, SlackAction.REVERT]
    assert expected in shown(message)
    assert "<!here>" not in shown(message)


def test_a_snoozed_item_tells_until_when() -> None:
    message = card_message(
        replace(ITEM, status=ItemStatus.SNOOZED, snoozed_until=AT, first_asked=None, last_asked=None),
        permalink=permalink,
    )
    assert f"Snooze → <!date^{int(AT.timestamp())}^" in shown(message)
    assert SlackAction.ANSWER in buttons(message)


def test_an_item_without_questions_has_a_card_too() -> None:
    bare = ReviewItem(
        id="R1",
        number=1,
        created_at=AT,
        version=1,
        kind=ItemKind.EXPIRED,
        audience=Audience.INTERNAL,
        status=ItemStatus.OPEN,
        text="",
        entry_id="a",
    )
    message = card_message(bare, permalink=permalink)
    check_message(message)
    assert "Entry `a`" in shown(message)


def test_a_card_stays_within_the_limits_whatever_it_holds() -> None:
    full = replace(
        ITEM,
        text=HOSTILE,
        nearest=(Match(entry_id="a" * 80, phrase=HOSTILE, confidence=0.5),) * 9,
        questions=tuple(asked(f"{number}{HOSTILE}", "https://slack.com/" + "a" * 400) for number in range(9)),
        assignee=HOSTILE,
        status=ItemStatus.DISMISSED,
        resolution=ItemResolution(actor=HOSTILE, at=AT, note=HOSTILE),
    )
    check_message(card_message(full, permalink=permalink))


def test_lines_that_find_no_room_are_counted() -> None:
    long = tuple(asked(f"{number}" + "a" * 299, "https://slack.com/" + "a" * 900) for number in range(5))
    assert "+ 3" in shown(card_message(replace(ITEM, questions=long), permalink=permalink))

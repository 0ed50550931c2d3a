"""What a Slack message passes on is read from whatever it comes in."""

import pytest

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.reading import said, shared_text

TEXT = "how do I reset my pin"
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}, {"type": "text", "text": TEXT}]}
    ],
}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": TEXT}}
ACTIONS = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Press"}}]}


@pytest.mark.parametrize(
    "message",
    [
        {"attachments": [{"text": TEXT, "fallback": "[1 March] somebody"}]},
        {"attachments": [{"message_blocks": [{"message": {"blocks": [RICH]}}], "fallback": "[1 March] somebody"}]},
        {"attachments": [{"blocks": [SECTION]}]},
        {"attachments": [{"fallback": TEXT}]},
        {"blocks": [RICH]},
        {"blocks": [SECTION, ACTIONS]},
    ],
)
def test_the_text_is_found(message: dict[str, object]) -> None:
    assert shared_text(message) == TEXT


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"attachments": None, "blocks": "?"},
        {"attachments": [None, 7, {"text": 7, "message_blocks": [{"message": []}], "blocks": {}}]},
        {
            "blocks": [
                {"type": "section", "text": "?"},
                {"type": "rich_text", "elements": [{"elements": [None]}]},
                ACTIONS,
            ]
        },
    ],
)
def test_what_is_malformed_says_nothing(message: dict[str, object]) -> None:
    assert shared_text(message) == ""


def test_a_listed_bot_that_writes_in_blocks_alone_is_read() -> None:
    me = Identity(user_id="UBOT", bot_id="BBOT", workspace_id="T1")
    message = {"type": "message", "subtype": "bot_message", "bot_id": "B9", "ts": "1.2", "blocks": [SECTION]}

    found = said(message, "C1", me=me, bots=frozenset({"B9"}))
    assert found is not None
    assert found.words == TEXT

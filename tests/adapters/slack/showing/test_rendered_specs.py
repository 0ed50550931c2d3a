"""What is shown in Slack against Slack's own types."""

from dataclasses import replace

import pytest
from jsonschema_rs import Draft7Validator

from bot.adapters.slack.showing.answers import call_message, follow_up_message, reply_message, reply_parts
from bot.adapters.slack.showing.cards import Queue, card_message, home_view
from bot.adapters.slack.showing.parts import SlackMessage
from bot.core.models import ItemStatus
from bot.core.review import ItemResolution
from bot.core.wording.outcomes import LATER, WITHDRAWN, FollowUp
from bot.core.wording.replies import CHOOSE, Choice, Reply, ReplyKind
from tests.adapters.slack.showing.test_answers import ANSWER, DOMAINS
from tests.adapters.slack.showing.test_cards import AT, ITEM
from tests.adapters.slack.showing.test_dialogs import VIEWS
from tests.adapters.slack.showing.test_home import MINE
from tests.core.items import permalink
from tests.loopback.specs import load

CHOICES = Reply(kind=ReplyKind.CHOICES, text=str(CHOOSE), choices=(Choice("a", "A?"), Choice("b", "B" * 80)))
RESOLVED = replace(ITEM, status=ItemStatus.LINKED, resolution=ItemResolution(actor="Ada", at=AT, entry_id="invoices"))
MESSAGES = {
    "answer": reply_message(ANSWER, question_id="Q1", domains=DOMAINS),
    "private": reply_message(ANSWER, question_id="Q1", domains=DOMAINS, private=True),
    "choices": reply_message(CHOICES, question_id="Q1", domains=()),
    "later": follow_up_message(FollowUp(str(LATER), ANSWER), key="k", asker="U123ABC", domains=DOMAINS),
    "withdrawn": follow_up_message(FollowUp(str(WITHDRAWN)), key="k", asker="U123ABC", domains=()),
    "call": call_message("Somebody wants a human.", group="S123ABC"),
    "card": card_message(ITEM, permalink=permalink),
    "resolved": card_message(RESOLVED, permalink=permalink),
    "words": SlackMessage(tuple(reply_parts(ANSWER, domains=DOMAINS)), "a"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_are_what_slack_describes(name: str) -> None:
    spec = load("slack.schema.json", Draft7Validator)
    assert spec.problems("/definitions/X_Blocks", list(MESSAGES[name].blocks)) == []


@pytest.mark.parametrize("name", VIEWS)
def test_dialogs_are_what_slack_describes(name: str) -> None:
    assert load("slack.schema.json", Draft7Validator).problems("/definitions/X_ModalView", VIEWS[name]) == []


def test_homes_are_what_slack_describes() -> None:
    view = home_view([MINE], permalink=permalink, opted_out=None, queue=Queue(items=[ITEM], first=15, more=True))
    assert load("slack.schema.json", Draft7Validator).problems("/definitions/X_HomeView", view) == []

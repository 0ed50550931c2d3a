"""Whatever members write and entries hold: nobody is pinged, no link is forged, no block is broken."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import Entry, Source
from tests.adapters.slack.bots import ASK
from tests.adapters.slack.moderators.desks import CAT, PARROT, Desk, texts
from tests.loopback.slack.workspace import Message

EVIL = "<!channel> <@U0VICTIM> @here <https://evil.test|bank> [bank](https://evil.test/a) ``` \u202e *x"
BAIT = Entry(
    id="bait",
    question=f"How do I bait a hook {EVIL}?",
    aliases=("How do I bait a hook?",),
    answer=f"{EVIL}\n\n# {EVIL}\n\n- {EVIL}\n\n> {EVIL}",
    category=f"Fishing {EVIL}",
    source=Source(title=f"The lake {EVIL}", url="https://evil.test/lake"),
)
ACTIVE = {
    "mrkdwn": re.compile(r"<!(?!date\^)|<#|<@U0VICTIM|<https?://evil|@here", re.IGNORECASE),
    "markdown": re.compile(r"<!|<#|<@U0VICTIM|<https?://evil|@here|\]\(https?://evil", re.IGNORECASE),
}


def acting(part: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    """Yield each text in blocks that Slack would do something about."""
    if isinstance(part, dict):
        if (active := ACTIVE.get(part.get("type", ""))) is not None and active.search(part["text"]):
            yield part["text"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from acting(inner)


def acted_on(message: Message) -> list[str]:
    """Return what Slack would do something about in a message or in the notification of it."""
    return list(acting([*message.blocks, {"type": "mrkdwn", "text": message.text}]))


async def test_an_answer_does_nothing(desk: Desk) -> None:
    await desk.app.catalogue.add(BAIT, actor="cli:root")

    await desk.asks("How do I bait a hook?")

    (reply,) = desk.slack.visible()
    assert "Fishing" in texts(reply)
    assert "The lake" in texts(reply)
    assert acted_on(reply) == []


async def test_nor_do_a_card_and_a_delivery(desk: Desk) -> None:
    await desk.asks(f"{PARROT} {EVIL}")
    card = await desk.card()
    first = acted_on(card)
    await desk.app.review.link("R1", "fees", actor=f"cli:{EVIL}")
    await desk.cards()
    await desk.office.bot.responder.deliver()

    reply, _, delivered = desk.slack.visible()
    assert "parrot" in texts(card)
    assert f"<@{desk.mel.id}>" in texts(delivered)
    assert [*first, *acted_on(card), *acted_on(reply), *acted_on(delivered)] == []


@pytest.mark.parametrize(
    "action", [SlackAction.ANSWER, SlackAction.LINK, SlackAction.MERGE, SlackAction.DISMISS, SlackAction.SNOOZE]
)
async def test_nor_do_the_dialogs_of_moderators(desk: Desk, action: SlackAction) -> None:
    await desk.asks(f"{PARROT} {EVIL}")
    await desk.asks(f"{CAT} {EVIL}")
    await desk.app.review.suggest("R1", answer=EVIL, question=f"Which hook {EVIL}?", actor=f"cli:{EVIL}")
    card, _ = await desk.cards()

    dialog = await desk.opens(desk.ann, card, action)

    assert list(acting(dialog.arguments["blocks"])) == []


async def test_what_links_lead_to_is_never_shown(desk: Desk) -> None:
    await desk.mel.says(await desk.office.channel(desk.mel), ASK)
    await desk.asks()
    await desk.cards()
    await desk.app.review.link("R1", "fees", actor="cli:root")
    await desk.office.bot.responder.deliver()

    sent = desk.slack.calls_of("chat.postMessage")

    assert len(sent) == 4
    assert {(call.arguments["unfurl_links"], call.arguments["unfurl_media"]) for call in sent} == {(False, False)}

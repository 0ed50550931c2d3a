"""A message as it is sent to Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.parts import Part, text_width

REPLY = "faqbot_reply"
DELIVERY = "faqbot_delivery"
CARD = "faqbot_card"
ASKED = "asked"
"""Names the fact by which a reply is found again: the message that it replies to."""


@dataclass(frozen=True, slots=True)
class Message:
    """The blocks of a message, what notifications show of it, and the metadata that it is found by after a crash."""

    blocks: tuple[Part, ...]
    text: str
    event_type: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, Any]:
        """Return the arguments that put this message in the place of an earlier one."""
        arguments: dict[str, Any] = {"blocks": list(self.blocks), "text": self.text}
        if self.event_type is not None:
            arguments["metadata"] = {"event_type": self.event_type, "event_payload": dict(self.facts)}
        return arguments

    @property
    def sent(self) -> dict[str, Any]:
        """Return the arguments that send this message, which shows nothing of what its links lead to."""
        return self.changed | {"unfurl_links": False, "unfurl_media": False}


def room(blocks: Sequence[Part]) -> int:
    """Return how much more text a message with these blocks takes."""
    return limits.MESSAGE - text_width(list(blocks))

"""Build messages for Slack, and the parts of messages, dialogs and homes, each within what Slack takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.ids import SlackAction
from bot.adapters.slack.showing.markup import plain
from bot.chat.truncation import cut, width
from bot.core.wording.labels import Label, Words
from bot.core.wording.languages import day
from bot.core.wording.visible import visible, visible_line

Part: TypeAlias = dict[str, object]
Value = TypeVar("Value", bound=str)
REPLY = "faqbot_reply"
DELIVERY = "faqbot_delivery"
CARD = "faqbot_card"
ASKED = "asked"
"""Names the fact by which a reply is found again: the message that it replies to."""


def plain_text(text: Words, limit: int) -> Part:
    """Return text that is shown as it is written, in one line."""
    return {"type": "plain_text", "text": plain(str(text), limit), "emoji": False}


def marked_text(text: str) -> Part:
    """Return text in Slack's own markup, in which plain addresses and names are not made into links."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def markdown_block(text: str) -> Part:
    """Return a block of Markdown, which is harmless already and fits."""
    return {"type": "markdown", "text": text}


def section(text: str) -> Part:
    """Return a paragraph in Slack's own markup."""
    return {"type": "section", "text": marked_text(text)}


def plain_section(text: str, *, accessory: Part | None = None) -> Part:
    """Return a paragraph that somebody else wrote, shown as it is written, with something to press beside it."""
    block: Part = {"type": "section", "text": plain_text(text, limits.SECTION)}
    return block | _given(accessory=accessory)


def context(*texts: str) -> Part:
    """Return small print in Slack's own markup."""
    return {"type": "context", "elements": [marked_text(text) for text in texts if text]}


def header(text: Words) -> Part:
    """Return a heading."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def divider() -> Part:
    """Return a rule between two parts."""
    return {"type": "divider"}


def row(elements: Sequence[Part], *, block_id: str | None = None) -> Part:
    """Return buttons and menus in a row."""
    block: Part = {"type": "actions", "elements": list(elements[: limits.ELEMENTS])}
    return block | _given(block_id=block_id)


def button(
    label: Words, action: str, value: str, *, style: str | None = None, confirm: tuple[Words, Words] | None = None
) -> Part:
    """Return a button; `confirm` is what to ask before it counts, and the word that says yes."""
    element: Part = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON),
        "action_id": action,
        "value": value,
    }
    return element | _given(style=style, confirm=None if confirm is None else _confirm(label, *confirm))


def option(label: Words, value: str) -> Part:
    """Return one line of a menu."""
    return {"text": plain_text(label, limits.OPTION), "value": value}


def options(pairs: Iterable[tuple[Words, str]]) -> list[Part]:
    """Return the lines of a menu from labels and values, as many as it takes."""
    return [option(label, value) for label, value in list(pairs)[: limits.OPTIONS]]


def menu(labels: Mapping[Value, Words], *, action: str = SlackAction.VALUE, chosen: str | None = None) -> Part:
    """Return a menu of values with their labels."""
    lines = options((label, value) for value, label in labels.items())
    element: Part = {"type": "static_select", "action_id": action, "options": lines}
    return element | _given(initial_option=next((line for line in lines if line["value"] == chosen), None))


def entry_menu(placeholder: Words, *, action: str = SlackAction.ENTRY, chosen: tuple[str, str] | None = None) -> Part:
    """Return a menu that looks entries up while somebody types."""
    element: Part = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 1,
        "placeholder": plain_text(placeholder, limits.PLACEHOLDER),
    }
    return element | _given(initial_option=None if chosen is None else option(*chosen))


def text_field(value: str = "", *, multiline: bool = False, longest: int = limits.INPUT) -> Part:
    """Return a field to type into; what it begins with is cut to what fits."""
    most = min(longest, limits.INPUT)
    element: Part = {
        "type": "plain_text_input",
        "action_id": SlackAction.VALUE,
        "multiline": multiline,
        "max_length": most,
    }
    begun = cut(visible(value) if multiline else visible_line(value), most)
    return element | _given(initial_value=begun or None)


def question_of(field: str, label: Words, element: Part, *, optional: bool = False, hint: str | None = None) -> Part:
    """Return a field of a dialog under its label."""
    block: Part = {
        "type": "input",
        "block_id": field,
        "label": plain_text(label, limits.FIELD_LABEL),
        "element": element,
        "optional": optional,
    }
    return block | _given(hint=None if hint is None else plain_text(hint, limits.FIELD_LABEL))


def when(at: datetime) -> str:
    """Return a point in time that everybody reads in their own time zone."""
    written = f"{day(at)} {at:%H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{written}>"


def text_width(part: object) -> int:
    """Return how much text is in a part, as Slack may count it."""
    if isinstance(part, dict):
        return sum(
            width(value) if name == "text" and isinstance(value, str) else text_width(value)
            for name, value in part.items()
        )
    return sum(map(text_width, part)) if isinstance(part, list) else 0


def _confirm(title: Words, text: Words, yes: Words) -> Part:
    return {
        "title": plain_text(title, limits.CONFIRM_TITLE),
        "text": plain_text(text, limits.CONFIRM_TEXT),
        "confirm": plain_text(yes, limits.CONFIRM_WORD),
        "deny": plain_text(Label.CANCEL, limits.CONFIRM_WORD),
    }


def _given(**fields: object) -> Part:
    return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class SlackMessage:
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

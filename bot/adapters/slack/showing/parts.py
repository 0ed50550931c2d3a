"""Build messages for Slack of harmless text, and the parts of messages, dialogs and homes, within what Slack takes."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from bot.adapters.slack.showing.ids import SlackAction
from bot.chat.markdown import MARK, beginning, cut, kept, width
from bot.core.wording.labels import Label, Words
from bot.core.wording.languages import day
from bot.core.wording.visible import visible, visible_line

MARKDOWN = 12_000
"""Of all markdown blocks of a message together."""

MESSAGE = 13_000
"""Of all blocks of a message together; more is refused from a little above this on."""

FALLBACK = 4_000
SECTION = 3_000
HEADER = 150
CONTEXT = 2_000
BUTTON = 75
OPTION = 75
OPTIONS = 100
GROUP = 75
INPUT = 3_000
PLACEHOLDER = 150
TITLE = 24
FIELD_LABEL = 2_000
IDENTIFIER = 255
METADATA = 3_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_WORD = 30
ELEMENTS = 25
VIEW_BLOCKS = 100


GAP = "\u2060"  # a word joiner: takes no room, and no parser reads on across it
_PING = re.compile(
    r"(?<=<)(?=[@#!]|\w[\w+.-]{0,20}://|mailto:|tel:)|(?<=&lt;)(?=[@#!])|(?<=@)(?=(?:here|channel|everyone)(?![a-z0-9]))",
    re.IGNORECASE,
)
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HALF_ENTITY = re.compile(r"&[a-z]{0,3}\Z")
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,30}")
_GROUP = re.compile(r"S[A-Z0-9]{2,30}")


def tamed(text: str) -> str:
    """Return text in which nothing is read as a mention, a channel, a broadcast or a link in angle brackets."""
    return _PING.sub(GAP, visible(text))


def mrkdwn(text: str, limit: int = FALLBACK) -> str:
    """Return text for a field of Slack's own markup, cut to a limit and shown as it was written."""
    shown = tamed(text).translate(ENTITIES)
    if width(shown) <= limit:
        return shown
    return _HALF_ENTITY.sub("", beginning(shown, limit - width(MARK))).rstrip() + MARK


def plain(text: str, limit: int) -> str:
    """Return text for a field that knows no markup, cut to a limit and never empty."""
    return cut(_PING.sub(GAP, visible_line(text)), limit) or MARK


def link(url: str | None, label: str, domains: Collection[str], *, limit: int = 300) -> str:
    """Return a link in Slack's own markup; the label alone where the address is not allowed."""
    text = mrkdwn(visible_line(label).replace("|", "/"), limit)
    address = None if url is None else kept(url, domains)
    return text if address is None else f"<{address.translate(ENTITIES)}|{text}>"


def mention(member_id: str) -> str:
    """Return what pings one member; nothing for what is no id of a member."""
    return f"<@{member_id}>" if _MEMBER.fullmatch(member_id) else ""


def group_mention(group_id: str) -> str:
    """Return what pings a user group; nothing for what is no id of one."""
    return f"<!subteam^{group_id}>" if _GROUP.fullmatch(group_id) else ""


Part: TypeAlias = dict[str, object]
Value = TypeVar("Value", bound=str)
REPLY = "faqbot_reply"
DELIVERY = "faqbot_delivery"
CARD = "faqbot_card"
NOTICE = "faqbot_notice"
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
    block: Part = {"type": "section", "text": plain_text(text, SECTION)}
    return block | _given(accessory=accessory)


def context(*texts: str) -> Part:
    """Return small print in Slack's own markup."""
    return {"type": "context", "elements": [marked_text(text) for text in texts if text]}


def header(text: Words) -> Part:
    """Return a heading."""
    return {"type": "header", "text": plain_text(text, HEADER)}


def divider() -> Part:
    """Return a rule between two parts."""
    return {"type": "divider"}


def row(elements: Sequence[Part], *, block_id: str | None = None) -> Part:
    """Return buttons and menus in a row."""
    block: Part = {"type": "actions", "elements": list(elements[:ELEMENTS])}
    return block | _given(block_id=block_id)


def button(
    label: Words, action: str, value: str, *, style: str | None = None, confirm: tuple[Words, Words] | None = None
) -> Part:
    """Return a button; `confirm` is what to ask before it counts, and the word that says yes."""
    element: Part = {
        "type": "button",
        "text": plain_text(label, BUTTON),
        "action_id": action,
        "value": value,
    }
    return element | _given(style=style, confirm=None if confirm is None else _confirm(label, *confirm))


def icons(*elements: Part) -> Part:
    """Return icons in a row, which messages alone take; Slack gives the row a new id whenever the message changes."""
    return {"type": "context_actions", "elements": list(elements)}


def bin_icon(label: Words, action: str, value: str) -> Part:
    """Return the icon of a bin; the label is what it says under the pointer and to screen readers."""
    text = plain_text(label, BUTTON)
    return {"type": "icon_button", "icon": "trash", "text": text, "action_id": action, "value": value}


def option(label: Words, value: str) -> Part:
    """Return one line of a menu."""
    return {"text": plain_text(label, OPTION), "value": value}


def options(pairs: Iterable[tuple[Words, str]]) -> list[Part]:
    """Return the lines of a menu from labels and values, as many as it takes."""
    return [option(label, value) for label, value in list(pairs)[:OPTIONS]]


def menu(labels: Mapping[Value, Words], *, action: str = SlackAction.VALUE, chosen: str | None = None) -> Part:
    """Return a menu of values with their labels."""
    lines = options((label, value) for value, label in labels.items())
    element: Part = {"type": "static_select", "action_id": action, "options": lines}
    return element | _given(initial_option=next((line for line in lines if line["value"] == chosen), None))


def long_menu(labels: Mapping[Value, Words], *, action: str = SlackAction.VALUE) -> Part:
    """Return a menu whose lines stand in groups where there are more than a menu takes without."""
    if len(labels) <= OPTIONS:
        return menu(labels, action=action)
    lines = [option(label, value) for value, label in labels.items()][: OPTIONS * OPTIONS]
    groups = [
        {"label": plain_text(f"{start + 1} - {start + len(some)}", GROUP), "options": some}
        for start in range(0, len(lines), OPTIONS)
        for some in [lines[start : start + OPTIONS]]
    ]
    return {"type": "static_select", "action_id": action, "option_groups": groups}


def many_menu(labels: Mapping[str, Words], *, chosen: Collection[str] = ()) -> Part:
    """Return a menu of which several lines may be chosen."""
    lines = options((label, value) for value, label in labels.items())
    begun = [line for line in lines if line["value"] in chosen]
    element: Part = {"type": "multi_static_select", "action_id": SlackAction.VALUE, "options": lines}
    return element | _given(initial_options=begun or None)


def entry_menu(placeholder: Words, *, action: str = SlackAction.ENTRY, chosen: tuple[str, str] | None = None) -> Part:
    """Return a menu that looks entries up while somebody types."""
    element: Part = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 1,
        "placeholder": plain_text(placeholder, PLACEHOLDER),
    }
    return element | _given(initial_option=None if chosen is None else option(*chosen))


def text_field(value: str = "", *, multiline: bool = False, longest: int = INPUT, placeholder: Words = "") -> Part:
    """Return a field to type into; what it begins with is cut to what fits."""
    most = min(longest, INPUT)
    element: Part = {
        "type": "plain_text_input",
        "action_id": SlackAction.VALUE,
        "multiline": multiline,
        "max_length": most,
    }
    begun = cut(visible(value) if multiline else visible_line(value), most)
    shown = str(placeholder)
    return element | _given(initial_value=begun or None, placeholder=plain_text(shown, PLACEHOLDER) if shown else None)


def question_of(field: str, label: Words, element: Part, *, optional: bool = False, hint: str | None = None) -> Part:
    """Return a field of a dialog under its label."""
    block: Part = {
        "type": "input",
        "block_id": field,
        "label": plain_text(label, FIELD_LABEL),
        "element": element,
        "optional": optional,
    }
    return block | _given(hint=None if hint is None else plain_text(hint, FIELD_LABEL))


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
        "title": plain_text(title, CONFIRM_TITLE),
        "text": plain_text(text, CONFIRM_TEXT),
        "confirm": plain_text(yes, CONFIRM_WORD),
        "deny": plain_text(Label.CANCEL, CONFIRM_WORD),
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
    return MESSAGE - text_width(list(blocks))

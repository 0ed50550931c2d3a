"""Read what a Slack message passes on: shared messages, attachments, and texts that stand in blocks alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Deeper than this nothing is nested that people write.
_DEEPEST = 8
_OWN_LINES = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})


def shared_text(message: Mapping[str, Any]) -> str:
    """Return the texts of what is attached to a message, or else of its blocks."""
    attached = [_attached(each) for each in _parts(message.get("attachments"))]
    return "\n".join(text for text in attached if text) or _in_blocks(message.get("blocks"))


def _attached(attachment: Mapping[str, Any]) -> str:
    blocks = [each.get("message") for each in _parts(attachment.get("message_blocks"))]
    shown = [_in_blocks(each.get("blocks")) for each in blocks if isinstance(each, Mapping)]
    found = [attachment.get("text"), *shown, _in_blocks(attachment.get("blocks")), attachment.get("fallback")]
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def _in_blocks(blocks: object) -> str:
    lines = ["".join(_texts(block, 0)).strip() for block in _parts(blocks)]
    return "\n".join(line for line in lines if line)


def _texts(block: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Yield the texts of a block and of what it holds; what is pressed or mentioned says nothing."""
    if depth > _DEEPEST:
        return
    match block.get("type"), block.get("text"):
        case "section" | "header", {"text": str(text)}:
            yield text
        case "text" | "link", str(text):
            yield text
    for element in _parts(block.get("elements")) if block.get("type") != "actions" else ():
        yield from _texts(element, depth + 1)
    if block.get("type") in _OWN_LINES:
        yield "\n"


def _parts(value: object) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []

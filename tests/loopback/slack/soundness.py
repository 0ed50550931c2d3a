"""Blocks and views against what Slack's client library and Slack's limits say of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.adapters.slack.showing.parts import Part, SlackMessage, text_width
from bot.chat.markdown import width


def check_message(message: SlackMessage) -> None:
    """Fail unless Slack takes a message."""
    check_blocks(message.blocks, most=50)
    assert 0 < width(message.text) <= 4_000
    assert text_width(list(message.blocks)) <= 13_000
    assert sum(width(str(block["text"])) for block in message.blocks if block["type"] == "markdown") <= 12_000


def check_view(view: Mapping[str, Any]) -> None:
    """Fail unless Slack takes a dialog or a home."""
    View(**view).to_dict()
    check_blocks(view["blocks"], most=100)
    has_inputs = any(block["type"] == "input" for block in view["blocks"])
    assert not has_inputs or "submit" in view
    # Slack shows Markdown and icons in messages only.
    assert not any(block["type"] in {"markdown", "context_actions"} for block in view["blocks"])


def check_blocks(blocks: Sequence[Part], *, most: int) -> None:
    """Fail unless the blocks are whole, few enough, and told apart by their ids."""
    assert 0 < len(blocks) <= most
    for block in blocks:
        parsed = Block.parse(dict(block))
        assert parsed is not None
        # Nothing is dropped on the way: the library leaves out fields that it does not know, and empty ones.
        assert parsed.to_dict() == block
        assert not repeated(element["action_id"] for element in elements(block))
    assert not repeated(str(block["block_id"]) for block in blocks if "block_id" in block)
    for text in texts(list(blocks)):
        assert text["text"].strip()
        assert width(text["text"]) <= 3_000


def elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what can be pressed, chosen or typed into in a block."""
    if block["type"] in {"actions", "context_actions"}:
        yield from block["elements"]
    for name in ("accessory", "element"):
        if name in block:
            yield block[name]


def texts(part: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # JSON
    """Yield every text object in a part."""
    if isinstance(part, dict):
        if part.get("type") in {"plain_text", "mrkdwn"}:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from texts(inner)


def buttons(message: SlackMessage) -> dict[str, str]:
    """Return the values of the buttons of a message by their names."""
    return {each["action_id"]: each["value"] for block in message.blocks for each in elements(block)}


def repeated(names: Iterator[str]) -> list[str]:
    """Return what stands there more than once."""
    return [name for name, count in Counter(names).items() if count > 1]

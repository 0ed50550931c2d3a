"""Which limits of Slack a message or a view breaks; its published types hold none of them."""

from collections.abc import Iterator, Sequence

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.loopback.slack.workspace import Json, elements, with_ids

TEXT = 40_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN = 12_000
# What neither the client library nor the published types know of the newer elements.
ALERT = 200
ICONS = frozenset({"trash"})
SPOKEN = 75
SEEN_BY = 10
ONLY_IN = {"markdown": "message", "context_actions": "message", "alert": "modal"}
# Measured: what all blocks of a message may hold together.
MESSAGE = 13_200


def block_problems(blocks: Sequence[Json], *, surface: str = "message") -> list[str]:
    """Return what is wrong with the blocks of one message or view, in words."""
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    problems = [f"{len(blocks)} blocks, {most} at most"] if len(blocks) > most else []
    problems += [problem for block in blocks for problem in _formation(block)]
    kinds = [str(block.get("type")) for block in blocks]
    problems += [f"{kind}: in no {surface}" for kind in kinds if ONLY_IN.get(kind, surface) != surface]
    problems += _repeated("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    for block in with_ids(blocks):
        problems += _repeated("action_id", [element["action_id"] for _, element in elements([block])])
    markdown = sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown")
    return problems + ([f"{markdown} characters of markdown, {MARKDOWN} at most"] if markdown > MARKDOWN else [])


def view_problems(view: Json) -> list[str]:
    """Return what is wrong with a view, in words."""
    try:
        View(**view).to_dict()
    except (SlackObjectFormationError, TypeError) as error:
        return [str(error)]
    problems = block_problems(view.get("blocks", []), surface=view["type"])
    if view["type"] == "modal" and _has_input(view) and "submit" not in view:
        problems.append("a modal with an input block needs a submit button")
    return problems


def is_too_long(blocks: Sequence[Json]) -> bool:
    """Return whether the texts of the blocks are more than one message takes."""
    return sum(map(len, _texts(list(blocks)))) > MESSAGE


def _has_input(view: Json) -> bool:
    return any(block["type"] == "input" for block in view["blocks"])


def _formation(block: Json) -> Iterator[str]:
    kind = block.get("type")
    try:
        parsed = Block.parse(block)
        if parsed is None:
            yield f"no block is of the type {kind!r}"
            return
        parsed.to_dict()
    except (SlackObjectFormationError, TypeError) as error:
        yield f"{kind}: {error}"
    yield from (f"{kind}: an empty text" for text in _texts(block) if not text)
    if kind == "alert" and len(block["text"]["text"]) > ALERT:
        yield f"alert: more than {ALERT} characters"
    if kind == "context_actions":
        yield from _icons(block)


def _icons(block: Json) -> Iterator[str]:
    for element in block["elements"]:
        if element["type"] == "icon_button" and element["icon"] not in ICONS:
            yield f"icon_button: no icon is called {element['icon']!r}"
        if len(element.get("visible_to_user_ids", ())) > SEEN_BY:
            yield f"icon_button: for more than {SEEN_BY} people"
        for shown in (element, element.get("positive_button", {}), element.get("negative_button", {})):
            if len(shown.get("accessibility_label", "")) > SPOKEN:
                yield f"{element['type']}: a label of more than {SPOKEN} characters"


def _texts(node: object) -> Iterator[str]:
    """Yield each text that a reader sees."""
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)


def _repeated(name: str, values: Sequence[str]) -> list[str]:
    return [f"{name} {value!r} more than once" for value in sorted({v for v in values if values.count(v) > 1})]

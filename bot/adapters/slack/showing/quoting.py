"""Turn what somebody wrote in Slack into Markdown, as answers are written in."""

import re

from bot.adapters.slack.reading import words

_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_BULLET = re.compile(r"^(\s*)• ", re.MULTILINE)
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)


def quoted(text: str) -> str:
    """Return a message as Markdown, without mentions; code stays as it is written."""
    parts = _CODE.split(text)
    marked = [part if number % 2 else _marked(part) for number, part in enumerate(parts)]
    return words("".join(marked))


def _marked(text: str) -> str:
    text = _LINK.sub(_link, text)
    text = _BOLD.sub(r"**\1**", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    return _BULLET.sub(r"\1- ", text)


def _link(found: re.Match[str]) -> str:
    address, label = found[1], found[2]
    if not label or label == address:
        return address
    return f"[{label.replace('[', '(').replace(']', ')')}]({address})"

"""Read the fields that stand between lines of dashes at the top of a page."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import yaml

from bot.formats.nodes import compose

_FENCES = {"---": re.compile(r"(?:---|\.\.\.)\s*$"), "+++": re.compile(r"\+\+\+\s*$")}
_NAMED = re.compile(r"([A-Za-z_][\w-]*)\s*[:=](?:\s+(.*)|$)")
_FIELD = re.compile(r"[A-Za-z_][\w -]*\s*[:=]|\s*#|\s*-\s|\s+\S|\s*$")


class Page(NamedTuple):
    """The fields at the top of a page, and the page with blank lines in their place."""

    fields: Mapping[str, str | tuple[str, ...]]
    text: str


def split_front_matter(name: str, text: str) -> Page:
    """Return the fields of a page and its text; dashes without fields between them are part of the text."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    closing = _FENCES.get(lines[start].rstrip())
    if closing is None:
        return Page({}, text)
    end = next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), None)
    if end is None:  # it was not closed: the fields end where no further one begins
        end = next((at for at in range(start + 1, len(lines)) if not _NAMED.match(lines[at])), len(lines)) - 1
    if end <= start or not all(_FIELD.match(line) for line in lines[start + 1 : end]):
        return Page({}, text)
    content = lines[start + 1 : end + (closing.match(lines[end]) is None)]
    fields = _toml("\n".join(content)) if lines[start].startswith("+") else _yaml(name, "\n".join(content))
    named = fields if fields is not None else _by_line(content)
    return Page(named, "\n".join([""] * (end + 1) + lines[end + 1 :])) if named else Page({}, text)


def _by_line(lines: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Return what is plain in fields that are written wrongly elsewhere."""
    found = (_NAMED.match(line) for line in lines)
    return {each[1].casefold(): each[2].strip().strip("\"'") for each in found if each and each[2].strip()}


def _toml(content: str) -> dict[str, str | tuple[str, ...]] | None:
    try:
        fields = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    found = {
        name.casefold(): tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in fields.items()
    }
    return {name: value for name, value in found.items() if value}


def _yaml(name: str, content: str) -> dict[str, str | tuple[str, ...]] | None:
    root, problems = compose(name, content)
    if problems or not isinstance(root, yaml.MappingNode):
        return None if problems or root is not None else {}
    return {str(key.value).casefold(): value for key, node in root.value if (value := _value(node))}


def _value(node: yaml.Node) -> str | tuple[str, ...]:
    """Return a value as it is written; fields within fields are not used."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return tuple(str(item.value).strip() for item in node.value if isinstance(item, yaml.ScalarNode))
    return ""

"""Write entries as YAML that people read and edit: what is plain stays plain, lines stay lines, the rest is quoted."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.core.models import Entry
from bot.formats.writing.values import as_fields, as_json, is_shown

# Text that no YAML takes for anything else: letters and digits of any script, and little between them.
_PLAIN = re.compile(r"(?!\d)\w(?:[\w ,.()/'+-]*[\w.)!?])?")
_DAY_OR_NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}|\d+")
_RESERVED = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_BLOCK = re.compile(r"\S.*\n.*", re.DOTALL)


def write_yaml(entries: Iterable[Entry]) -> str:
    """Return a list of entries, an empty line between two."""
    return "\n".join("\n".join(_entry(as_fields(entry))) + "\n" for entry in entries)


def _entry(fields: dict[str, Any]) -> Iterator[str]:
    mark = "- "
    for name, value in fields.items():
        if isinstance(value, dict):
            yield f"{mark}{name}:"
            yield from (f"    {inner}: {_scalar(each, indent=6)}" for inner, each in value.items())
        elif isinstance(value, list):
            yield f"{mark}{name}:"
            yield from (line for each in value for line in _item(each))
        else:
            yield f"{mark}{name}: {_scalar(value, indent=4)}"
        mark = "  "


def _item(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"    - {_scalar(value, indent=6)}"
        return
    for place, (name, each) in enumerate(value.items()):
        shown = as_json(each) if isinstance(each, list) else _scalar(each, indent=8)
        yield f"    {'  ' if place else '- '}{name}: {shown}"


def _scalar(value: object, *, indent: int) -> str:
    """Return a value on one line, or as a block of its lines."""
    if not isinstance(value, str):
        return str(value)
    if _BLOCK.fullmatch(value) and is_shown(value):
        return "|\n" + "\n".join(" " * indent + line if line else "" for line in value.split("\n"))
    plain = _PLAIN.fullmatch(value) and value.casefold() not in _RESERVED
    return str(value) if plain or _DAY_OR_NUMBER.fullmatch(value) else as_json(str(value))

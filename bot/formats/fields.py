"""Read the fields of a native entry: a YAML node in, a value out, or a report of what is wrong with it.

A scalar is taken as it is written (`NO` is Norway, not false), and a field without a value counts as left out.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import yaml

from bot.formats.nodes import line_of, shown
from bot.formats.records import VIEWS_LIMIT

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"

_T = TypeVar("_T")


class Report(Protocol):
    """Collect a fault: where in the text, what it is, and what to do."""

    def __call__(self, node: yaml.Node, what: str, remedy: str, *, field: str | None = None) -> None:
        """Collect the fault; `field` is for readers of fields within fields."""


Reader = Callable[[yaml.Node, Report], _T | None]
Readers = Mapping[str, Reader[Any]]


def read_fields(node: yaml.MappingNode, readers: Readers, report: Report, *, within: str = "") -> dict[str, Any]:
    """Return the value of each field that has a good one, and report all others."""
    values: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else None
        if name is None or name not in readers:
            _report_unknown(key, name, readers, report, within)
        elif name in seen:
            what = f"the field is there twice, first on line {seen[name]}"
            report(key, what, "keep one of the two", field=within + name)
        else:
            seen[name] = line_of(key)
            values[name] = None if _is_null(value) else readers[name](value, _named(report, within + name))
    return {name: value for name, value in values.items() if value is not None}


def _named(report: Report, name: str) -> Report:
    """Return the report with the field filled in."""

    def named(node: yaml.Node, what: str, remedy: str, *, field: str | None = None) -> None:
        report(node, what, remedy, field=field or name)

    return named


def _report_unknown(key: yaml.Node, name: str | None, readers: Readers, report: Report, within: str) -> None:
    if name is None:
        report(key, "the name of a field must be a word", f"use one of {', '.join(readers)}")
        return
    if key.tag == _MERGE:
        report(key, "merge keys are not allowed", "write the fields out", field=within + name)
        return
    near = get_close_matches(name.lower(), readers, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(readers)}"
    report(key, "there is no such field", remedy, field=within + shown(name))


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def scalar(node: yaml.Node, report: Report) -> str | None:
    """Return what is written, without white space around it."""
    if not isinstance(node, yaml.ScalarNode):
        found = "a list" if isinstance(node, yaml.SequenceNode) else "fields"
        report(node, f"text is expected here, not {found}", "put it in quotes if it is meant as text")
        return None
    written = str(node.value).strip()
    if not written:
        report(node, "the value is empty", "write something or leave the field out")
        return None
    unwritable = _UNWRITABLE.search(written)
    if unwritable:
        report(node, f"the text holds U+{ord(unwritable[0]):04X}, which cannot be stored", "take it out")
        return None
    return written


def prose(limit: int) -> Reader[str]:
    """Read text of several lines, which stay."""

    def read(node: yaml.Node, report: Report) -> str | None:
        written = scalar(node, report)
        if written is not None and len(written) > limit:
            report(node, f"the text has {len(written):,} characters, more than {limit:,}", "shorten it")
            return None
        return written

    return read


def line(limit: int) -> Reader[str]:
    """Read text of one line; line breaks become spaces."""
    read_prose = prose(limit)

    def read(node: yaml.Node, report: Report) -> str | None:
        written = read_prose(node, report)
        return None if written is None else " ".join(written.split())

    return read


def lines(limit: int, *, count: int) -> Reader[tuple[str, ...]]:
    """Read a list of at most `count` texts of one line."""
    read_line = line(limit)

    def read(node: yaml.Node, report: Report) -> tuple[str, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            report(node, "a list is expected here", "write each one on its own line, behind '- '")
            return None
        if len(node.value) > count:
            report(node, f"the list has {len(node.value):,} items, more than {count:,}", "shorten it")
            return None
        written = [read_line(item, report) for item in node.value]
        return tuple(text for text in written if text is not None)

    return read


def matching(pattern: re.Pattern[str], *, what: str, remedy: str) -> Reader[str]:
    """Read text of a given form."""

    def read(node: yaml.Node, report: Report) -> str | None:
        written = scalar(node, report)
        if written is not None and not pattern.fullmatch(written):
            report(node, f"'{shown(written)}' is no {what}", remedy)
            return None
        return written

    return read


identifier = matching(_ID, what="id", remedy="use 1 to 80 of a-z, 0-9 and '-', a letter or digit first")
locale = matching(_LOCALE, what="locale", remedy="write it like en or pt-BR")


def one_of(choices: type[StrEnum]) -> Reader[StrEnum]:
    """Read one of a few words."""

    def read(node: yaml.Node, report: Report) -> StrEnum | None:
        written = scalar(node, report)
        if written is None or written in list(choices):
            return None if written is None else choices(written)
        report(node, f"'{shown(written)}' is not known here", f"use one of {', '.join(choices)}")
        return None

    return read


def day(node: yaml.Node, report: Report) -> date | None:
    """Read a date in the form 2026-04-24."""
    written = scalar(node, report)
    if written is None:
        return None
    try:
        return date.fromisoformat(written if _DATE.fullmatch(written) else "")
    except ValueError:
        report(node, f"'{shown(written)}' is no date", "write it like 2026-04-24")
        return None


def whole_number(node: yaml.Node, report: Report) -> int | None:
    """Read a count."""
    written = scalar(node, report)
    if written is None:
        return None
    if (
        written.isascii()
        and written.isdigit()
        and len(written) <= len(str(VIEWS_LIMIT))
        and int(written) <= VIEWS_LIMIT
    ):
        return int(written)
    report(node, f"'{shown(written)}' is no count", f"write a whole number from 0 to {VIEWS_LIMIT}, digits only")
    return None


def link(limit: int) -> Reader[str]:
    """Read the address of a web page."""
    read_line = line(limit)

    def read(node: yaml.Node, report: Report) -> str | None:
        written = read_line(node, report)
        if written is None or _is_link(written):
            return written
        report(node, f"'{shown(written)}' is no address of a web page", "write it like https://example.com/page")
        return None

    return read


def _is_link(written: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", written)
    except ValueError:
        return False

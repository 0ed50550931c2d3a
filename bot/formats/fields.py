"""Read the fields of a native entry: a YAML node in, a value out, or a report of what is wrong with it.

A scalar is taken as it is written (`NO` is Norway, not false), and a field without a value counts as left out.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Protocol, TypeVar

import yaml

from bot.core.fields import Rule, Unfit, shown
from bot.formats.nodes import line_of

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


def value_by(rule: Rule[_T]) -> Reader[_T]:
    """Read a text that a rule accepts."""

    def read(node: yaml.Node, report: Report) -> _T | None:
        if not isinstance(node, yaml.ScalarNode):
            found = "a list" if isinstance(node, yaml.SequenceNode) else "fields"
            report(node, f"text is expected here, not {found}", "put it in quotes if it is meant as text")
            return None
        value = rule(str(node.value))
        if isinstance(value, Unfit):
            report(node, value.what, value.remedy)
            return None
        return value

    return read


def list_by(rule: Rule[_T], *, count: int) -> Reader[tuple[_T, ...]]:
    """Read a list of at most `count` texts that a rule accepts."""
    read_item = value_by(rule)

    def read(node: yaml.Node, report: Report) -> tuple[_T, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            report(node, "a list is expected here", "write each one on its own line, behind '- '")
            return None
        if len(node.value) > count:
            report(node, f"the list has {len(node.value):,} items, more than {count:,}", "shorten it")
            return None
        values = [read_item(item, report) for item in node.value]
        return tuple(value for value in values if value is not None)

    return read

"""Read the native form: a YAML list of entries, field by field.

A scalar is taken as it is written (`NO` is Norway, not false), and a field without a value counts as left out.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Protocol, TypeVar

import yaml

from bot.core.fields import (
    ALIAS,
    ALIAS_COUNT,
    ANSWER_COUNT,
    OF_ANSWER,
    OF_ENTRY,
    OF_SOURCE,
    Rule,
    Unfit,
    shown,
    unfit_answers,
)
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry, Source
from bot.errors import Problem
from bot.formats.nodes import compose, line_of
from bot.formats.records import DEFAULT_LOCALE, Document, FaqFile, Format, Record

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


_REQUIRED = ("question", "answer")
_BEGINNING = re.compile(r"(?:[ \t]*(?:#[^\n]*|---)?\n)*- (?:id|question|answer|aliases)[ \t]*:")
_ANSWERS_REMEDY = "write each one behind '- ', with its region or its locale, such as '- {region: EU, answer: …}'"
_LIST_REMEDY = "write a list: each entry begins with '- question: …'"


def _source(node: yaml.Node, report: Report) -> Source | None:
    if not isinstance(node, yaml.MappingNode):
        report(node, "fields are expected here", f"write {', '.join(_SOURCE)} below it, indented")
        return None
    return Source(**read_fields(node, _SOURCE, report, within="source."))


def _answers(node: yaml.Node, report: Report) -> tuple[LocalAnswer, ...] | None:
    if not isinstance(node, yaml.SequenceNode) or len(node.value) > ANSWER_COUNT:
        report(node, f"a list of at most {ANSWER_COUNT} answers is expected here", _ANSWERS_REMEDY)
        return None
    read = [_local_answer(each, report) for each in node.value]
    return tuple(each for each in read if each is not None)


def _local_answer(node: yaml.Node, report: Report) -> LocalAnswer | None:
    if not isinstance(node, yaml.MappingNode):
        report(node, "this is not an answer", _ANSWERS_REMEDY)
        return None
    values = read_fields(node, _ANSWER, report, within="answers.")
    if "answer" not in values:
        report(node, "the answer is missing", "add it")
        return None
    return LocalAnswer(**values)


_ANSWER: Readers = {
    **{name: value_by(rule) for name, rule in OF_ANSWER.items()},
    "aliases": list_by(ALIAS, count=ALIAS_COUNT),
}
_SOURCE: Readers = {name: value_by(rule) for name, rule in OF_SOURCE.items()}
_STRUCTURED: Readers = {
    "aliases": list_by(ALIAS, count=ALIAS_COUNT),
    "source": _source,
    "answers": _answers,
    "never": list_by(ALIAS, count=ALIAS_COUNT),
}
_ENTRY: Readers = {
    field.name: _STRUCTURED.get(field.name) or value_by(OF_ENTRY[field.name]) for field in dataclasses.fields(Entry)
}


def read_native(name: str, text: str) -> Document:
    """Return the entries of a YAML text that are sound, and the problems of the others."""
    root, problems = compose(name, text)
    if problems:
        return Document(problems=problems)
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        what = "there are no entries" if root is None or not root.value else "this is not a list of entries"
        line = 1 if root is None else line_of(root)
        return Document(problems=(Problem(where=name, what=what, remedy=_LIST_REMEDY, line=line),))
    found: list[Problem] = []
    records = [_record(name, node, found) for node in root.value]
    return Document(records=tuple(record for record in records if record is not None), problems=tuple(found))


def _record(name: str, node: yaml.Node, found: list[Problem]) -> Record | None:
    """Return an entry, or add everything that is wrong with it to the problems found."""
    before = len(found)

    def report(node: yaml.Node, what: str, remedy: str, *, field: str | None = None) -> None:
        found.append(Problem(where=name, what=what, remedy=remedy, line=line_of(node), field=field))

    if not isinstance(node, yaml.MappingNode):
        report(node, "this is not an entry", _LIST_REMEDY)
        return None
    values = read_fields(node, _ENTRY, report)
    if len(found) == before:
        _refuse_unfit(node, values, report)
    reported = {problem.field for problem in found[before:]}
    for missing in (field for field in _REQUIRED if field not in values and field not in reported):
        report(node, "the field is missing", "add it", field=missing)
    if len(found) > before:
        return None
    return Record(passages=(values.pop("answer"),), file=name, line=line_of(node), **values)


def _refuse_unfit(node: yaml.Node, values: Mapping[str, Any], report: Report) -> None:
    """Report answers that cannot stand beside the plain one."""
    locale = values.get("locale", DEFAULT_LOCALE)
    unfit = unfit_answers(values.get("answers", ()), locale=locale, region=values.get("region"))
    if unfit is not None:
        report(node, unfit.what, unfit.remedy, field="answers")


def _recognises(file: FaqFile) -> bool:
    return _BEGINNING.match(file.text) is not None


FORMAT = Format(
    name="yaml",
    suffixes=(".yaml", ".yml"),
    summary="A list of entries with all their fields, for an FAQ that you keep in files.",
    example="""\
- id: change-email
  question: How can I switch my account to another e-mail address?
  aliases:
    - change mail
  answer: Open **Profile > Security > Email** and choose **Change**.
  category: Account
""",
    recognises=_recognises,
    read=lambda file: read_native(file.name, file.text),
)

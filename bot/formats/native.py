"""Read the native form: a YAML list of entries."""

from types import MappingProxyType
from typing import Any

import yaml

from bot.core.models import Audience, Source, Status
from bot.errors import Problem
from bot.formats import fields
from bot.formats.fields import Readers, Report
from bot.formats.nodes import compose, line_of
from bot.formats.records import ANSWER_LIMIT, QUESTION_LIMIT, Document, Record

ALIAS_COUNT = 200
LABEL_LIMIT = 100
LINK_LIMIT = 2_000
_REQUIRED = ("id", "question", "answer")
_TEXT = "tag:yaml.org,2002:str"
_LIST_REMEDY = "write a list: each entry begins with '- id: …'"


def _source(node: yaml.Node, report: Report) -> Source | None:
    if not isinstance(node, yaml.MappingNode):
        report(node, "fields are expected here", f"write {', '.join(_SOURCE)} below it, indented")
        return None
    return Source(**fields.read_fields(node, _SOURCE, report, within="source."))


_SOURCE: Readers = {
    "title": fields.line(QUESTION_LIMIT),
    "url": fields.link(LINK_LIMIT),
    "published": fields.day,
    "updated": fields.day,
    "views": fields.whole_number,
}
_ENTRY: Readers = {
    "id": fields.identifier,
    "question": fields.line(QUESTION_LIMIT),
    "aliases": fields.lines(QUESTION_LIMIT, count=ALIAS_COUNT),
    "answer": fields.prose(ANSWER_LIMIT),
    "staff_note": fields.prose(ANSWER_LIMIT),
    "audience": fields.one_of(Audience),
    "category": fields.line(LABEL_LIMIT),
    "region": fields.line(LABEL_LIMIT),
    "locale": fields.locale,
    "status": fields.one_of(Status),
    "source": _source,
    "owner": fields.line(LABEL_LIMIT),
    "review_by": fields.day,
    "valid_until": fields.day,
}
_SCALARS: Readers = MappingProxyType(
    {name: reader for name, reader in _ENTRY.items() if name not in {"aliases", "source"}}
    | {f"source.{name}": reader for name, reader in _SOURCE.items()}
)
SCALARS = tuple(_SCALARS)
"""The names of the fields that hold one value."""


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
    values = fields.read_fields(node, _ENTRY, report)
    reported = {problem.field for problem in found[before:]}
    for missing in (field for field in _REQUIRED if field not in values and field not in reported):
        report(node, "the field is missing", "add it", field=missing)
    if len(found) > before:
        return None
    return Record(passages=(values.pop("answer"),), file=name, line=line_of(node), **values)


def read_value(name: str, written: str) -> Any:  # noqa: ANN401  # each field has a type of its own
    """Return what one of the `SCALARS` is when this is written in a file, None when that is refused."""
    faults: list[object] = []

    def report(node: yaml.Node, what: str, remedy: str, *, field: str | None = None) -> None:
        faults.append((node, what, remedy, field))

    value = _SCALARS[name](yaml.ScalarNode(_TEXT, written), report)
    return None if faults else value

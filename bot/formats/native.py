"""Read the native form: a YAML list of entries."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import yaml

from bot.core.fields import ALIAS, ALIAS_COUNT, ANSWER_COUNT, OF_ANSWER, OF_ENTRY, OF_SOURCE, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry, Source
from bot.errors import Problem
from bot.formats import fields
from bot.formats.fields import Readers, Report
from bot.formats.nodes import compose, line_of
from bot.formats.reader import FaqFile, Format
from bot.formats.records import DEFAULT_LOCALE, Document, Record

_REQUIRED = ("id", "question", "answer")
_BEGINNING = re.compile(r"(?:[ \t]*(?:#[^\n]*|---)?\n)*- (?:id|question|answer|aliases)[ \t]*:")
_ANSWERS_REMEDY = "write each one behind '- ', with its region or its locale, such as '- {region: EU, answer: …}'"
_LIST_REMEDY = "write a list: each entry begins with '- id: …'"


def _source(node: yaml.Node, report: Report) -> Source | None:
    if not isinstance(node, yaml.MappingNode):
        report(node, "fields are expected here", f"write {', '.join(_SOURCE)} below it, indented")
        return None
    return Source(**fields.read_fields(node, _SOURCE, report, within="source."))


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
    values = fields.read_fields(node, _ANSWER, report, within="answers.")
    if "answer" not in values:
        report(node, "the answer is missing", "add it")
        return None
    return LocalAnswer(**values)


_ANSWER: Readers = {
    **{name: fields.value_by(rule) for name, rule in OF_ANSWER.items()},
    "aliases": fields.list_by(ALIAS, count=ALIAS_COUNT),
}
_SOURCE: Readers = {name: fields.value_by(rule) for name, rule in OF_SOURCE.items()}
_STRUCTURED: Readers = {
    "aliases": fields.list_by(ALIAS, count=ALIAS_COUNT),
    "source": _source,
    "answers": _answers,
    "never": fields.list_by(ALIAS, count=ALIAS_COUNT),
}
_ENTRY: Readers = {
    field.name: _STRUCTURED.get(field.name) or fields.value_by(OF_ENTRY[field.name])
    for field in dataclasses.fields(Entry)
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
    values = fields.read_fields(node, _ENTRY, report)
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

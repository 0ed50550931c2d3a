"""Return the fields of an entry as files name them; escape cells that are formulas, and undo exactly that."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.core.fields import OF_SOURCE
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry, Status

# As a spreadsheet looks for one: past blanks and line breaks, and in full width too.
_BEGINS = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_MARK = "'"


def escape_cell(text: str) -> str:
    """Return what a spreadsheet shows as text: with an apostrophe in front where it would calculate.

    What begins with apostrophes and then a formula gets one more, so that each text has a cell of its own.
    """
    return _MARK + text if _BEGINS.match(text) else text


def unescape_cell(cell: str) -> str:
    """Return the text that `escape_cell` made a cell of; other cells are as they are."""
    return cell[1:] if cell.startswith(_MARK) and _BEGINS.match(cell) else cell


_ORDER = (
    "id", "question", "aliases", "answer", "staff_note", "audience", "category",
    "region", "locale", "status", "source", "owner", "review_by", "valid_until", "answers", "threshold", "never",
    "hours", "channels", "cooldown",
)  # fmt: skip
COLUMNS = tuple(
    name for field in _ORDER for name in ([f"source.{each}" for each in OF_SOURCE] if field == "source" else [field])
)
"""The fields in their order, those of the source one by one."""

# What a file cannot show, or what reading it would take out.
_UNSHOWN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_UNSEEN_BREAK = re.compile("(?<=\\S)[\x85\u2028\u2029](?=\\S)")


def as_fields(entry: Entry) -> dict[str, Any]:
    """Return the fields that have a value, in order; days as text, and the source with fields of its own."""
    source = {name: _plain(value) for name, value in asdict(entry.source).items() if value is not None}
    values = {name: _plain(getattr(entry, name)) for name in _ORDER if name != "source"}
    values |= {"aliases": list(entry.aliases), "source": source, "answers": list(map(_further, entry.answers))}
    values["never"] = list(entry.never)
    if entry.status is Status.PUBLISHED:
        del values["status"]
    return {name: values[name] for name in _ORDER if values.get(name) not in (None, [], {})}


def _further(one: LocalAnswer) -> dict[str, Any]:
    """Return the fields of a further answer that have a value, the answer last."""
    values = {name: getattr(one, name) for name in ("locale", "region", "question")}
    values |= {"aliases": list(one.aliases), "answer": one.answer}
    return {name: value for name, value in values.items() if value not in (None, [])}


def as_cells(entry: Entry) -> dict[str, str]:
    """Return the text of each column, the aliases a line each, further answers as JSON."""
    values: Mapping[str, Any] = as_fields(entry) | {"status": str(entry.status), "aliases": "\n".join(entry.aliases)}
    values = {**values, "never": "\n".join(entry.never)}
    if entry.answers:
        values = {**values, "answers": as_json(values["answers"])}
    of_source = {f"source.{name}": value for name, value in values.get("source", {}).items()}
    return {name: str({**values, **of_source}.get(name, "")) for name in COLUMNS}


def as_json(value: object) -> str:
    """Return a value as JSON that shows letters as they are, and escapes what is not seen."""
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def is_shown(text: str) -> bool:
    """Return whether a file can hold a text without escapes."""
    return _UNSHOWN.search(text) is None


def without_unshown(text: str) -> str:
    """Return a text without what only an escape could hold."""
    return _UNSHOWN.sub("", _UNSEEN_BREAK.sub(" ", text))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

"""Read labelled sets: FAQs and questions with the entry that each should find, one JSON object a line."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.core.models import Entry
from bot.errors import InvalidInputError, Problem
from bot.formats.decoding import decode

T = TypeVar("T")
_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the ids that are right for it; none means that it must not be answered."""

    text: str
    label: str | list[str] | None

    @property
    def expect(self) -> frozenset[str]:
        """Return the label as a set."""
        return frozenset([self.label] if isinstance(self.label, str) else self.label or ())


class _LineError(ValueError):
    """The fault of one line, and the field."""

    def __init__(self, *, what: str, remedy: str, field: str | None = None) -> None:
        super().__init__(what)
        self.field, self.what, self.remedy = field, what, remedy


def read_faqs(name: str, content: bytes) -> list[Entry]:
    """Read lines of `{"id", "question", "aliases": [], "answer", "category"}`.

    Raises:
        InvalidInputError: a line is not of this form, or two have one id; all problems are told.
    """
    entries = _read(name, content, _entry)
    ids = [entry.id for _, entry in entries]
    twice = [
        Problem(where=name, line=line, field="id", what=f"{entry.id!r} stands twice", remedy="give each its own id")
        for place, (line, entry) in enumerate(entries)
        if entry.id in ids[:place]
    ]
    if twice:
        raise InvalidInputError(tuple(twice))
    return [entry for _, entry in entries]


def read_questions(name: str, content: bytes, *, known: frozenset[str] | None = None) -> list[Labelled]:
    """Read lines of `{"text", "expect"}`; `expect` is an id, of `known` if that is given, a list of such ids, or null.

    Raises:
        InvalidInputError: a line is not of this form; all problems are told.
    """
    return [question for _, question in _read(name, content, lambda fields: _question(fields, known))]


def _read(name: str, content: bytes, build: Callable[[dict[str, Any]], T]) -> list[tuple[int, T]]:
    text, problems = decode(name, content)
    if problems:
        raise InvalidInputError(problems)
    found: list[tuple[int, T]] = []
    faults: list[Problem] = []
    for line, fields in _objects(text):
        try:
            found.append((line, build(_checked(fields))))
        except _LineError as fault:
            faults.append(Problem(where=name, line=line, field=fault.field, what=fault.what, remedy=fault.remedy))
    if faults:
        raise InvalidInputError(tuple(faults))
    return found


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    for line, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            try:
                yield line, json.loads(raw)
            except (ValueError, RecursionError):  # a number of thousands of digits is no JSONDecodeError
                yield line, None


def _checked(fields: object) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise _LineError(what="not a JSON object", remedy="write one object on each line")
    return fields


def _entry(fields: dict[str, Any]) -> Entry:
    return Entry(
        id=_text(fields, "id"),
        question=_text(fields, "question"),
        aliases=tuple(_texts(fields, "aliases")),
        answer=_text(fields, "answer", needed=False),
        category=_text(fields, "category", needed=False) or None,
    )


def _question(fields: dict[str, Any], known: frozenset[str] | None) -> Labelled:
    if "expect" not in fields:
        raise _LineError(
            field="expect", what="missing", remedy="name the id of the right entry, a list of ids, or null"
        )
    label = fields["expect"]
    expect = [] if label is None else [label] if isinstance(label, str) else _texts(fields, "expect")
    for entry_id in expect:
        if known is not None and entry_id not in known:
            raise _LineError(
                field="expect", what=f"no FAQ has the id {entry_id!r}", remedy="name an id of the FAQ file, or null"
            )
    if not isinstance(fields.get("text"), str):
        raise _LineError(field="text", what="not a text", remedy="write the question as text")
    return Labelled(_whole(fields["text"], "text"), label)


def _text(fields: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = fields.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise _LineError(
            field=name, what="missing" if value is None else "not a text", remedy=f"give the {name} as text"
        )
    return _whole(value, name)


def _whole(text: str, name: str) -> str:
    """Return a text without half of a surrogate pair, which `json` lets through and nothing can store."""
    if _HALF_A_PAIR.search(text):
        raise _LineError(field=name, what="it holds half a surrogate pair", remedy="write the character itself")
    return text


def _texts(fields: dict[str, Any], name: str) -> list[str]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _LineError(field=name, what="not a list of texts", remedy=f"give {name} as a list of texts")
    return [_whole(value, name) for value in values]

"""Register JSON and JSON lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from bot.errors import Problem
from bot.formats.records import SECTION, Document, FaqFile, Format, Fragment
from bot.formats.tables.building import build
from bot.formats.tables.exported import Names
from bot.formats.tables.help_centres import names_in
from bot.formats.tables.json_text import JsonObject
from bot.formats.tables.names import language_of_names, meaning
from bot.formats.tables.objects import DEPTH_LIMIT, Spot, is_item, raws_of
from bot.formats.tables.values import render

_SUFFIXES = (".json", ".jsonl", ".ndjson")
_START = re.compile(r"\s*(?:\[\s*\{|\{)\s*\"")
_EXAMPLE = """\
[{"id": "change-email", "question": "How can I change my e-mail address?",
  "aliases": ["change mail", "new email"], "answer": "Open **Profile > Email**.", "category": "Account"}]
"""


def read_json(file: FaqFile) -> Document:
    """Return the entries of a text of JSON, and everything that is wrong with it."""
    name = file.name
    value, problems = file.json
    if value is None:
        return Document(problems=problems)
    names = names_in(value)
    raws = list(raws_of(value, Spot(name, names=names)))
    if problems:  # with what is wrong in the lines that can be read
        found = build(raws, render, sparse=True)
        return Document(problems=(*problems, *found.problems), doubtful=found.doubtful)
    if not raws and names:
        return Document(fragments=tuple(_sections(name, names)))
    if not raws:
        what = "no object in it has both a question and an answer"
        remedy = "name the keys question and answer"
        return Document(problems=(Problem(where=name, what=what, remedy=remedy, line=1),))
    document = build(raws, render, sparse=True)
    return replace(document, fragments=tuple(_sections(name, names)), language=language_of_names(set(_keys_of(value))))


def _keys_of(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the keys of the entries below a value, as often as they are there."""
    if isinstance(value, JsonObject) and is_item(value):
        yield from (key for key in value if meaning(key))
    elif depth <= DEPTH_LIMIT and isinstance(value, list | JsonObject):
        for each in value if isinstance(value, list) else value.values():
            yield from _keys_of(each, depth + 1)


def _sections(file: str, names: Names) -> Iterator[Fragment]:
    """Yield the names of sections, which articles in other files refer to."""
    for key, each in names.items():
        yield Fragment(kind=SECTION, name=key, texts=(unescape(str(each["name"])),), file=file, line=each.line)


def _recognises(file: FaqFile) -> bool:
    """Return whether a text is JSON, by its name or as a whole: a list of objects, or one of them."""
    if file.suffix in _SUFFIXES:
        return True
    is_like = file.suffix in {".txt", ""} and _START.match(file.text) is not None
    return is_like and not file.json[1]


FORMAT = Format(
    name="json",
    suffixes=_SUFFIXES,
    summary="Lists, sections and lines of objects; exports of QnABot, QnA Maker, Zendesk and Intercom; tags of bots.",
    example=_EXAMPLE,
    recognises=_recognises,
    read=read_json,
)

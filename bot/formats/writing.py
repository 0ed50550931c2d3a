"""Write entries as YAML, Markdown, lines of JSON, tables and workbooks, and arrange them in files."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import Any

from bot.core.models import Audience, Entry, Status
from bot.errors import InvalidInputError, Problem
from bot.formats.titles import slug
from bot.formats.written_values import COLUMNS, as_cells, as_fields, as_json, escape_cell, is_shown, without_unshown

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


_TITLE = "# FAQ"
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*")


def is_readable(entry: Entry) -> bool:
    """Return whether an entry is for everybody: what a page cannot mark as internal must not stand in it."""
    return entry.audience is Audience.PUBLIC and entry.status is Status.PUBLISHED


def write_markdown(entries: Iterable[Entry]) -> str:
    """Return a page with the entries that are for everybody, those without a category first."""
    found: dict[str | None, list[Entry]] = {None: []}
    for entry in filter(is_readable, entries):
        found.setdefault(entry.category, []).append(entry)
    blocks = [_TITLE]
    for category in sorted(found, key=lambda name: (name is not None, name or "")):
        blocks += [] if category is None else [f"## {category}"]
        blocks += [block for entry in found[category] for block in (f"### {entry.question}", _answer(entry.answer))]
    return "\n\n".join(blocks) + "\n"


def _answer(text: str) -> str:
    """Return an answer whose headings are bold lines, since a heading would begin another question."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    fence = None
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in (None, mark[1]):
            fence = None if fence else mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        yield f"**{heading[1]}**" if heading and heading[1] else line


def write_jsonl(entries: Iterable[Entry]) -> str:
    """Return an object a line."""
    return "".join(f"{as_json(as_fields(entry))}\n" for entry in entries)


def write_csv(entries: Iterable[Entry]) -> str:
    """Return a row an entry below the names of the columns, with a mark in front that spreadsheets know UTF-8 by."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow(escape_cell(without_unshown(cell)) for cell in as_cells(entry).values())
    return f"\ufeff{stream.getvalue()}"


SHEET = "faqbot entries"
"""Names the sheet, which an import knows a workbook of ours by."""

CELL_LIMIT = 32_767
"""The characters that a cell can hold."""

# For what escapes may add.
_SPARE = 1_000

# Such a run would be read as the character of that number.
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_workbook(entries: Iterable[Entry]) -> bytes:
    """Return a row an entry below the names of the columns.

    Raises:
        InvalidInputError: a text is longer than a cell can hold.
    """
    from openpyxl import Workbook  # noqa: PLC0415  # few processes need it, and it is large
    from openpyxl.cell import Cell, WriteOnlyCell  # noqa: PLC0415  # as above
    from openpyxl.styles import Font  # noqa: PLC0415  # as above

    entries = list(entries)
    if problems := tuple(problem for entry in entries for problem in _too_long(entry)):
        raise InvalidInputError(problems)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"

    def cell(text: str, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, value=_CODE.sub("_x005F_", escape_cell(without_unshown(text))))
        made.data_type = "s"  # else text that begins with a sign is a formula
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in COLUMNS])
    for entry in entries:
        sheet.append([cell(text) if text else None for text in as_cells(entry).values()])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _too_long(entry: Entry) -> Iterator[Problem]:
    for name, text in as_cells(entry).items():
        if len(text) > CELL_LIMIT - _SPARE:
            what = f"its {len(text):,} characters are more than a cell can hold"
            yield Problem(where=entry.id, what=what, remedy="export YAML or JSON lines", field=name)


MARK = "# Written by faqbot faq export; what is changed here comes in with faqbot faq import.\n"
"""Begins each file of a folder, so that the next export knows which files it may remove."""

SYNC_MARK = "# Written by faqbot faq sync; what is changed here comes in with the next one.\n"
"""Begins each file of a folder that is kept in line with the store."""

MARKS = frozenset({MARK, SYNC_MARK})
"""All lines that files of ours begin with."""

_WITHOUT = "without-category"


def by_category(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return the entries of each category under a name for its file, sorted by id."""
    found: dict[str | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.id):
        found.setdefault(entry.category, []).append(entry)
    named: dict[str, Sequence[Entry]] = {}
    for category in sorted(found, key=lambda each: (each is None, each or "")):
        name = _WITHOUT if category is None else slug(category)
        numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
        named[next(each for each in numbered if each not in named)] = found[category]
    return named


class FormName(StrEnum):
    """Name the forms; files end like that."""

    YAML = "yaml"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """How a form is written, which entries it may have, what it cannot hold, in words, and which entries have that."""

    write: Callable[[Iterable[Entry]], bytes]
    lost: str = ""
    loses: Callable[[Entry], bool] = lambda _: False
    takes: Callable[[Entry], bool] = lambda _: True


def _utf8(write: Callable[[Iterable[Entry]], str]) -> Callable[[Iterable[Entry]], bytes]:
    return lambda entries: write(entries).encode()


def _has_unshown(entry: Entry) -> bool:
    return any(without_unshown(cell) != cell for cell in as_cells(entry).values())


_UNSEEN = "characters that nobody sees, such as U+FEFF"
_NOT_ON_A_PAGE = "all but the question, the answer and the category of what is published for everybody"
FORMS: Mapping[FormName, WrittenForm] = MappingProxyType(
    {
        FormName.YAML: WrittenForm(_utf8(write_yaml)),
        FormName.JSONL: WrittenForm(_utf8(write_jsonl)),
        FormName.CSV: WrittenForm(_utf8(write_csv), _UNSEEN, _has_unshown),
        FormName.XLSX: WrittenForm(write_workbook, _UNSEEN, _has_unshown),
        FormName.MARKDOWN: WrittenForm(_utf8(write_markdown), _NOT_ON_A_PAGE, lambda _: True, is_readable),
    }
)
"""The forms by their names."""

_ALSO = {"yml": FormName.YAML, "ndjson": FormName.JSONL, "markdown": FormName.MARKDOWN}


def form_of(suffix: str) -> FormName | None:
    """Return the form that a suffix without its dot stands for, None when there is none."""
    by_suffix = {str(name): name for name in FormName} | _ALSO
    return by_suffix.get(suffix.lower())

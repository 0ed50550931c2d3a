"""Read a table of any kind: find its header, tell its columns, and turn its rows into records."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from bot.core.fields import shown
from bot.errors import Problem
from bot.formats.records import Document, Doubtful
from bot.formats.tables.building import Render, build
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.names import language_of_names, meaning
from bot.formats.tables.rows import PHRASED, Raw, by_field, from_row

_HEADING_WORDS = 6
_ASKS = re.compile(r"[?\uff1f\u061f;]\s*$")


class Line(NamedTuple):
    """One row of a table: its number, and its cells as text."""

    number: int
    cells: Sequence[str]
    faults: tuple[Problem, ...] = ()
    merged: frozenset[int] = frozenset()
    """The columns in which the cell is one with that above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as it stands in a file, and how its file renders text as Markdown.

    `category` is for rows that name none, such as the name of a sheet. Its lines go as they are read.
    """

    file: str
    lines: list[Line]
    render: Render
    mapping: Mapping[str, str]
    category: str | None = None
    european: bool = False


def read_grid(grid: Grid) -> Document:
    """Return the records of a table, which is empty then, and everything that is wrong with it."""
    lines = [line for line in grid.lines if any(cell.strip() for cell in line.cells) or line.faults]
    columns = find_header(grid.file, [(line.number, line.cells) for line in lines[:_LOOKED_AT]], mapping=grid.mapping)
    if isinstance(columns, Problem):
        return Document(problems=(columns,))
    below = deque(_with_categories([line for line in lines if line.number > columns.line], columns))
    unread = tuple(_unread(grid, below, columns))
    first = _heading_above(lines, columns)
    shifted = _shifted(lines, below, columns)
    grid.lines.clear()
    del lines  # of a large table lines and records are not all there at once
    headed = _under_headings(_taken(below), columns, first)
    raws = (_in_doubt(raw, shifted) for line, heading in headed for raw in _raws(grid, line, columns, heading))
    top = next(raws, None)
    if top is None:
        what = "there are no rows below the names of the columns"
        return Document(problems=(Problem(where=grid.file, what=what, remedy="add them", line=columns.line),))
    document = build(chain([top], raws), grid.render, european=grid.european, by_answer=columns.exported)
    return replace(document, doubtful=(*unread, *document.doubtful), language=language_of_names(columns.cells))


def _taken(lines: deque[Line]) -> Iterator[Line]:
    while lines:
        yield lines.popleft()


def _unread(grid: Grid, lines: Iterable[Line], columns: Columns) -> Iterator[Doubtful]:
    """Yield a doubt about the columns that have something in them and no name that is known."""
    unknown = {index: name for index, name in enumerate(columns.cells) if columns.is_unknown(index)}
    filled = {index for line in lines for index in unknown if index < len(line.cells) and line.cells[index].strip()}
    if filled:
        names = ", ".join(f"'{shown(unknown[index])}'" for index in sorted(filled))
        problem = Problem(
            where=grid.file,
            what=f"it is not known what is in {names}, so that is left out",
            remedy="say what a column is for: --map FIELD=COLUMN",
            line=columns.line,
        )
        yield Doubtful(problem=problem)


def _shifted(lines: Iterable[Line], below: Sequence[Line], columns: Columns) -> frozenset[int]:
    """Return the numbers of the few rows of which cells may stand in the wrong columns.

    They have more cells than the header, though the last ones are blank, or a category that ends like a sentence: so it
    looks where a text holds the separator and has no quotes.
    """
    width = next((len(line.cells) for line in lines if line.number == columns.line), 0)
    wide = [line.number for line in below if width and len(line.cells) > width]
    at = next((index for index in range(columns.width) if columns.is_for(index, "category")), None)
    named = [(line.number, "".join(line.cells[at : at + 1]).strip()) for line in below] if at is not None else []
    often = Counter(name for _, name in named if name)
    ended = [number for number, name in named if often[name] == 1 and _SENTENCE.search(name)]
    usual = [rows for rows in (wide, ended) if len(rows) * _SELDOM <= len(below)]
    return frozenset(number for rows in usual for number in rows)


def _in_doubt(raw: Raw, shifted: frozenset[int]) -> Raw:
    return replace(raw, doubts=(*raw.doubts, _SHIFTED)) if raw.line in shifted and not raw.faults else raw


def _with_categories(lines: list[Line], columns: Columns) -> list[Line]:
    """Return the rows with the category of the row above where it is written only once, at the first of its rows."""
    at = next((index for index in range(columns.width) if columns.is_for(index, "category")), None)
    given = ["".join(line.cells[at : at + 1]).strip() for line in lines] if at is not None else []
    names = [name for name in given if name]
    once = len(names) == len(set(names)) >= _SEVERAL and len(names) * 2 <= len(given)
    if at is None or not once or not given[0]:
        return lines
    filled: list[Line] = []
    name = ""
    for line, own in zip(lines, given, strict=True):
        name = own or name
        if not own or any(cell.strip() for index, cell in enumerate(line.cells) if index != at):
            filled.append(line._replace(cells=[*line.cells[:at], name, *line.cells[at + 1 :]]))
    return filled


_SEVERAL = 2
_SELDOM = 2
_LOOKED_AT = 30
_SENTENCE = re.compile(r"\w\s+\w.*[.!\u3002]$", re.DOTALL)
_SHIFTED = (
    "cells of this row may stand in the wrong columns",
    "put text that holds the separator in double quotes, or take out what is too many",
)


def _under_headings(lines: Iterable[Line], columns: Columns, first: str | None) -> Iterator[tuple[Line, str | None]]:
    """Yield each line with the heading above it, which is `first` at the top."""
    heading = first
    for line in lines:
        if (found := _heading(line, columns)) is not None:
            heading = found
        elif not _repeats_header(line, columns):
            yield line, heading


def _heading(line: Line, columns: Columns) -> str | None:
    """Return the heading that a line is: a short text alone in its row, where no column has categories."""
    filled = [(index, cell.strip()) for index, cell in enumerate(line.cells) if cell.strip()]
    if len(filled) != 1 or columns.has("category") or line.faults or not _may_head(*filled[0], columns):
        return None
    name, colon, rest = filled[0][1].partition(":")
    named = meaning(name) if colon and rest.strip() else None
    return rest.strip() if named and named.field == "category" else filled[0][1]


def _heading_above(lines: Sequence[Line], columns: Columns) -> str | None:
    """Return the heading above the names of the columns, where these are repeated below further headings."""
    above = [line for line in lines if line.number < columns.line]
    return (
        _heading(above[-1], columns)
        if above and any(_repeats_header(line, columns) for line in lines[len(above) + 1 :])
        else None
    )


def _may_head(index: int, text: str, columns: Columns) -> bool:
    """Return whether a text alone in its row may be a heading; below an answer's name it is one without a question."""
    short = len(text.split()) <= _HEADING_WORDS and not _ASKS.search(text)
    return short and not columns.is_for(index, "answer")


def _repeats_header(line: Line, columns: Columns) -> bool:
    return columns.line > 0 and [cell.strip() for cell in line.cells] == columns.cells


def _raws(grid: Grid, line: Line, columns: Columns, heading: str | None) -> Iterator[Raw]:
    """Yield what a row holds: one record, or one for each language that has columns of its own."""
    shared = list(columns.shared(line.cells))
    if (category := heading or grid.category) and not any(
        name == "category" for name, value in shared if value.strip()
    ):
        shared.append(("category", category))
    faults = (*line.faults, *_beyond(grid, line, columns))
    locales, first = list(columns.by_locale(line.cells)), 0
    if not locales:
        below = any(columns.is_for(index, "answer") for index in line.merged)
        raw = Raw(file=grid.file, line=line.number, values=by_field(shared), faults=faults, below=below)
        yield from_row(raw, columns.named(line.cells)) if columns.exported else raw
    elif {"question", "answer"} <= by_field(shared).keys():  # those without a language are in one of their own
        yield Raw(file=grid.file, line=line.number, values=by_field(shared), faults=faults)
        shared, faults, first = [pair for pair in shared if pair[0] not in PHRASED], (), 1
    for number, (locale, pairs) in enumerate(locales, first):
        values = by_field([*(pair for pair in shared if pair[0] != "locale"), *pairs, ("locale", locale)])
        if number and "id" in values:
            values["id"] = (f"{values['id'][0]}-{locale.lower()}",)
        yield Raw(file=grid.file, line=line.number, values=values, faults=faults)
        faults = ()


def _beyond(grid: Grid, line: Line, columns: Columns) -> Iterator[Problem]:
    """Yield a problem for a row with more cells than the header: a text that holds the separator, without quotes."""
    extra = [cell for cell in line.cells[columns.width :] if cell.strip()]
    if columns.line > 0 and extra:
        what = f"the row has more cells than the header: '{shown(extra[0])}' is in none of the columns"
        remedy = "put text that holds the separator in double quotes"
        yield Problem(where=grid.file, what=what, remedy=remedy, line=line.number)

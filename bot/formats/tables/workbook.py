"""Read workbooks (XLSX): each visible sheet a table, hidden rows and columns left out, formulas by what they show."""

import io
import warnings
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Problem
from bot.formats.records import Document, Doubtful
from bot.formats.tables.archive import faults_of, has_formulas
from bot.formats.tables.building import Render
from bot.formats.tables.cells import text_of
from bot.formats.tables.grid import Grid, Line, read_grid
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.sheets import category_of

_Place = tuple[int, int]
_NO_VALUE = "open it in a spreadsheet, let it calculate, save it, or put the value in the formula's place"


def read_workbook(name: str, content: bytes, render: Render, *, mapping: Mapping[str, str]) -> Document:
    """Return the records of all visible sheets, and everything that is wrong with them."""
    if problems := faults_of(name, content):
        return Document(problems=problems)
    try:
        formulas = _formulas(content) if has_formulas(content) else {}
        book = _open(content)
        grids = list(_grids(name, book, formulas, render, mapping))
    # In the archive, in its XML, or where parts are missing: openpyxl lets all of these through.
    except (BadZipFile, InvalidFileException, ParseError, LookupError, ValueError, TypeError, OSError) as error:
        what = f"the workbook is damaged: {type(error).__name__}"
        return Document(problems=(Problem(where=name, what=what, remedy="save it again, or as CSV"),))
    return _joined(name, [(grid, read_grid(grid)) for grid in grids if grid.lines])


def _open(content: bytes, *, formulas: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl drops, such as pictures and rules for input
        return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas, read_only=formulas)


def _formulas(content: bytes) -> dict[str, set[_Place]]:
    """Return where each sheet has formulas."""
    book = _open(content, formulas=True)
    return {
        sheet.title: {_place(cell) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        for sheet in book.worksheets
    }


def _place(cell: Cell | MergedCell) -> _Place:
    return cell.row or 0, cell.column or 0


def _grids(
    name: str, book: Workbook, formulas: Mapping[str, set[_Place]], render: Render, mapping: Mapping[str, str]
) -> Iterator[Grid]:
    """Yield the visible sheets, under names that tell them apart where there are several."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet.max_row]
    for sheet in visible:
        place = name if len(visible) == 1 else f"{name}[{sheet.title}]"
        lines = list(_lines(place, sheet, formulas.get(sheet.title, set())))
        yield Grid(file=place, lines=lines, render=render, mapping=mapping, category=category_of(sheet.title))


def _lines(place: str, sheet: Worksheet, formulas: set[_Place]) -> Iterator[Line]:
    hidden = _hidden_columns(sheet)
    merged = _merged(sheet)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if sheet.row_dimensions[number].hidden if number in sheet.row_dimensions else False:
            continue
        cells = ["" if index in hidden else _text(sheet, cell, merged) for index, cell in enumerate(row, start=1)]
        faults = tuple(_uncalculated(place, number, cells, formulas, hidden))
        if faults or any(cells):
            below = frozenset(index - 1 for index in range(1, len(cells) + 1) if (number, index) in merged)
            yield Line(number, cells, faults, below)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    """Return the hidden columns; one entry may stand for a run of them."""
    hidden = (each for each in sheet.column_dimensions.values() if each.hidden)
    return {index for each in hidden for index in range(each.min or 0, (each.max or 0) + 1)}


def _merged(sheet: Worksheet) -> dict[_Place, _Place]:
    """Return for each cell below the first in a merged column of cells which one has the value."""
    return {
        (row, area.min_col): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, area.max_row + 1)
    }


def _text(sheet: Worksheet, cell: Cell | MergedCell, merged: Mapping[_Place, _Place]) -> str:
    place = _place(cell)
    if isinstance(cell, MergedCell):
        if place not in merged:
            return ""
        cell = sheet.cell(*merged[place])
    text = text_of(cell.value, cell.number_format)
    target = cell.hyperlink.target if cell.hyperlink else None
    return (
        text if not target or text.strip().startswith("http") or target.startswith("mailto:") else f"[{text}]({target})"
    )


def _uncalculated(
    place: str, number: int, cells: list[str], formulas: set[_Place], hidden: set[int]
) -> Iterator[Problem]:
    for index, text in enumerate(cells, start=1):
        if (number, index) in formulas and index not in hidden and not text.strip():
            cell = f"{get_column_letter(index)}{number}"
            what = f"the formula in cell {cell} was never calculated, so there is nothing to read"
            yield Problem(where=place, what=what, remedy=_NO_VALUE, line=number)


def _joined(name: str, read: list[tuple[Grid, Document]]) -> Document:
    """Return what all sheets hold; one without a header counts as a table only where no other sheet has one."""
    tables = [document for grid, document in read if isinstance(_header(grid), Columns)]
    others = [_left_out(grid) for grid, _ in read if not isinstance(_header(grid), Columns)] if tables else []
    tables = tables or [document for _, document in read]
    if not tables:
        what, remedy = "no visible sheet has anything in it", "fill it, or show the sheet that is hidden"
        return Document(problems=(Problem(where=name, what=what, remedy=remedy),))
    return Document(
        records=tuple(record for each in tables for record in each.records),
        problems=tuple(problem for each in tables for problem in each.problems),
        doubtful=(*(doubt for each in tables for doubt in each.doubtful), *others),
    )


def _left_out(grid: Grid) -> Doubtful:
    what = "the sheet has no columns that are known, so it is left out"
    remedy = "name its columns question and answer if it is one of entries"
    return Doubtful(problem=Problem(where=grid.file, what=what, remedy=remedy, line=1))


def _header(grid: Grid) -> object:
    return find_header(grid.file, [(line.number, line.cells) for line in grid.lines[:30]], mapping=grid.mapping)

"""Read the sheets of a workbook, each visible one as a table, with its values as people see them."""

import io
import re
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
from bot.formats.tables.archives import faults_of, has_formulas, text_of
from bot.formats.tables.building import Render
from bot.formats.tables.grid import Grid, Line, read_grid
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.sheets import COLUMNS_LIMIT, beyond, rows_of

_USUAL = re.compile(
    r"(?:sheet|tabelle|feuille|feuil|hoja|foglio|planilha|folha|blad|лист|arkusz|sayfa|工作表|シート|table|tab)\s*\d*"
    r"|faqs?|q\s*&\s*a|data|daten|export|import|entries|fragen|questions?|knowledge ?base|kb|all|main|content",
    re.IGNORECASE,
)


def category_of(title: str) -> str | None:
    """Return the category that a sheet's name is, None for names such as `Sheet1`."""
    return None if _USUAL.fullmatch(title.strip()) else title.strip()


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
    return _joined(name, [(grid.file, _is_table(grid), read_grid(grid)) for grid in grids if grid.lines])


def _open(content: bytes, *, formulas: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl drops, such as pictures and rules for input
        return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def _formulas(content: bytes) -> dict[str, set[_Place]]:
    """Return where each sheet has formulas."""
    book = _open(content, formulas=True)
    return {
        sheet.title: {_place(cell) for _, row in rows_of(sheet) for cell in row if cell and cell.data_type == "f"}
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
    for number, row in rows_of(sheet):
        if sheet.row_dimensions[number].hidden if number in sheet.row_dimensions else False:
            continue
        cells = ["" if index in hidden else _text(sheet, cell, merged) for index, cell in enumerate(row, start=1)]
        faults = tuple(beyond(place, number, row) or _uncalculated(place, number, cells, formulas, hidden))
        cells = cells[:1] if len(cells) > COLUMNS_LIMIT else cells
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


def _text(sheet: Worksheet, cell: Cell | MergedCell | None, merged: Mapping[_Place, _Place]) -> str:
    if cell is None:
        return ""
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


def _joined(name: str, read: list[tuple[str, bool, Document]]) -> Document:
    """Return what all sheets hold; one without a header counts as a table only where no other sheet has one."""
    tables = [document for _, is_table, document in read if is_table]
    others = [_left_out(place) for place, is_table, _ in read if not is_table] if tables else []
    tables = tables or [document for _, _, document in read]
    if not tables:
        what, remedy = "no visible sheet has anything in it", "fill it, or show the sheet that is hidden"
        return Document(problems=(Problem(where=name, what=what, remedy=remedy),))
    languages = {each.language for each in tables}
    return Document(
        language=languages.pop() if len(languages) == 1 else None,
        records=tuple(record for each in tables for record in each.records),
        problems=tuple(problem for each in tables for problem in each.problems),
        doubtful=(*(doubt for each in tables for doubt in each.doubtful), *others),
    )


def _left_out(place: str) -> Doubtful:
    what = "the sheet has no columns that are known, so it is left out"
    remedy = "name its columns question and answer if it is one of entries"
    return Doubtful(problem=Problem(where=place, what=what, remedy=remedy, line=1))


def _is_table(grid: Grid) -> bool:
    first = [(line.number, line.cells) for line in grid.lines[:30]]
    return isinstance(find_header(grid.file, first, mapping=grid.mapping), Columns)

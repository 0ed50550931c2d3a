"""Read workbooks (XLSX): each visible sheet a table, values as people see them; look into the archive before."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Problem
from bot.formats.records import Document, Doubtful, FaqFile, Format
from bot.formats.tables.building import Render
from bot.formats.tables.grid import Grid, Line, read_grid
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.sheets import COLUMNS_LIMIT, beyond, merges_too_much, rows_of
from bot.formats.tables.values import render

UNPACKED_LIMIT = 256 * 1024 * 1024
PARTS_LIMIT = 2_000
_RATIO_LIMIT = 200
_SMALL = 4 * 1024 * 1024
_DECLARATION = b"<!DOCTYPE"
_REMEDY = "save it again in the program that wrote it, or save the sheet as CSV"


def faults_of(name: str, content: bytes) -> tuple[Problem, ...]:
    """Return what keeps an archive from being read as a workbook: damage, or more in it than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            what = _excess(parts) or _strange(archive, parts) or _merged_too_much(archive, parts)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError):
        what = "the file begins as a workbook but is damaged or cut off"
    return (Problem(where=name, what=what, remedy=_REMEDY),) if what else ()


def _excess(parts: list[zipfile.ZipInfo]) -> str | None:
    """Return what is too much; of a part no more is ever unpacked than it declares."""
    if len(parts) > PARTS_LIMIT:
        return f"the workbook has {len(parts):,} parts, more than {PARTS_LIMIT:,}"
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_LIMIT:
        return f"the workbook unpacks to {unpacked:,} bytes, more than {UNPACKED_LIMIT:,}"
    if any(part.file_size > max(_SMALL, part.compress_size * _RATIO_LIMIT) for part in parts):
        return "the workbook unpacks to far more than any sheet of text does"
    return None


def _strange(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str | None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        return "the file is a ZIP archive, but no workbook of the kind .xlsx"
    if any(part.flag_bits & 1 for part in parts):
        return "the workbook is protected by a password"
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                if _DECLARATION in opened.read(1024).upper():
                    return "the workbook declares entities, which no spreadsheet does"
    return None


def _merged_too_much(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str | None:
    return "the workbook merges more cells than any table does" if merges_too_much(archive, parts) else None


def has_formulas(content: bytes) -> bool:
    """Return whether any sheet has a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
        return any(_holds(archive, part) for part in sheets)


def _holds(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as opened:
        tail = b""
        while block := opened.read(1024 * 1024):
            if b"<f>" in tail + block or b"<f " in tail + block or b"<f/" in tail + block:
                return True
            tail = block[-2:]
    return False


_USUAL = re.compile(
    r"(?:sheet|tabelle|feuille|feuil|hoja|foglio|planilha|folha|blad|лист|arkusz|sayfa|工作表|シート|table|tab)\s*\d*"
    r"|faqs?|q\s*&\s*a|data|daten|export|import|entries|fragen|questions?|knowledge ?base|kb|all|main|content",
    re.IGNORECASE,
)


def category_of(title: str) -> str | None:
    """Return the category that a sheet's name is, None for names such as `Sheet1`."""
    return None if _USUAL.fullmatch(title.strip()) else title.strip()


_PERCENT = re.compile(r"0(?:\.(0+))?%")
_PADDED = re.compile(r"0+")
_CODE = re.compile(r"_x[0-9A-Fa-f]{4}_")


def text_of(value: object, number_format: str = "General") -> str:
    """Return the text of a value: numbers without a needless `.0`, dates as 2026-04-24, escaped signs as themselves."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    return _moment(value) or _written("" if value is None else str(value))


def _moment(value: object) -> str:
    """Return the text of a date or a time, empty for other values."""
    if isinstance(value, datetime) and value.time() != time(0):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat()[: len("2026-04-24")] if isinstance(value, date) else ""


def _written(text: str) -> str:
    plain = unescape(text) if _CODE.search(text) else text
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _number(value: float | Decimal, number_format: str) -> str:
    if percent := _PERCENT.fullmatch(number_format):
        return f"{float(value) * 100:.{len(percent[1] or '')}f} %"
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    whole = str(int(value))
    return whole.zfill(len(number_format)) if _PADDED.fullmatch(number_format) else whole


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


def _joined(name: str, read: list[tuple[Grid, Document]]) -> Document:
    """Return what all sheets hold; one without a header counts as a table only where no other sheet has one."""
    tables = [document for grid, document in read if isinstance(_header(grid), Columns)]
    others = [_left_out(grid) for grid, _ in read if not isinstance(_header(grid), Columns)] if tables else []
    tables = tables or [document for _, document in read]
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


def _left_out(grid: Grid) -> Doubtful:
    what = "the sheet has no columns that are known, so it is left out"
    remedy = "name its columns question and answer if it is one of entries"
    return Doubtful(problem=Problem(where=grid.file, what=what, remedy=remedy, line=1))


def _header(grid: Grid) -> object:
    return find_header(grid.file, [(line.number, line.cells) for line in grid.lines[:30]], mapping=grid.mapping)


_SUFFIXES = (".xlsx", ".xlsm")
_EXAMPLE = """\
| id           | question                            | aliases     | answer                    | category |
| change-email | How can I change my e-mail address? | change mail | Open **Profile > Email**. | Account  |
"""


def _read(file: FaqFile) -> Document:
    from bot.formats.tables.workbook import read_workbook  # noqa: PLC0415  # few processes need openpyxl, which is large

    return read_workbook(file.name, file.content, render, mapping=file.columns)


FORMAT = Format(
    name="xlsx",
    suffixes=_SUFFIXES,
    summary="Workbooks: each visible sheet is a table, and its name the category where no column has one.",
    example=_EXAMPLE,
    recognises=lambda file: file.suffix in _SUFFIXES,
    read=_read,
    binary=True,
)

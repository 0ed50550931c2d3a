"""Read back a workbook that an export wrote, also when a spreadsheet has saved it."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping

import openpyxl
from openpyxl.utils.escape import unescape

from bot.errors import Problem
from bot.formats.exact import SIGNS, read_values, row_values
from bot.formats.formulas import unescape_cell
from bot.formats.reader import FaqFile, Format
from bot.formats.records import Document
from bot.formats.tables.archive import faults_of
from bot.formats.tables.cells import text_of
from bot.formats.writing.values import COLUMNS
from bot.formats.writing.workbook import SHEET

_NAMED = f'name="{SHEET}"'.encode()
_NAMES = "xl/workbook.xml"
_MOST = 1_000_000


def read_book(file: FaqFile) -> Document:
    """Return the entries of the rows of the sheet, and the problems of the others."""
    if problems := faults_of(file.name, file.content):
        return Document(problems=problems)
    try:
        return read_values(file, iter(list(_rows(file))))
    # What openpyxl lets through of a damaged file.
    except (zipfile.BadZipFile, SyntaxError, LookupError, ValueError, TypeError, OSError) as error:
        what = f"the workbook is damaged: {type(error).__name__}"
        return Document(problems=(file.problem(what, "export it again"),))


def _rows(file: FaqFile) -> Iterator[tuple[int, Mapping[str, object] | Problem]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl drops
        book = openpyxl.load_workbook(io.BytesIO(file.content), data_only=True)
    rows = book[SHEET].iter_rows()
    names = [_text(cell.value) for cell in next(rows)]
    if missing := sorted(SIGNS - set(names)):
        yield 1, file.problem(f"the column '{missing[0]}' is missing", "export it again", line=1)
        return
    for line, row in enumerate(rows, 2):
        cells = [unescape_cell(_text(cell.value)) for cell in row]
        if any(cells):
            yield line, row_values(dict(zip(names, cells, strict=False)))


def _text(value: object) -> str:
    """Return the text of a cell with its signs as they are; a spreadsheet may have made numbers and days of some."""
    return unescape(value) if isinstance(value, str) else text_of(value)


def _recognises(file: FaqFile) -> bool:
    """Return whether the sheet has the name that an export gives it."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            part = archive.getinfo(_NAMES)
            return part.file_size <= _MOST and _NAMED in archive.read(part)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return False


FORMAT = Format(
    name="export-workbook",
    suffixes=(),
    summary="A workbook that `faqbot faq export` wrote, also when a spreadsheet has saved it.",
    example=f"| {' | '.join(COLUMNS[:4])} | … |\n",
    recognises=_recognises,
    read=read_book,
    binary=True,
)

"""Write entries as a workbook: one sheet, every cell text."""

import io
import re
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

from bot.core.models import Entry
from bot.errors import InvalidInputError, Problem
from bot.formats.formulas import escape_cell
from bot.formats.writing.values import COLUMNS, as_cells, without_unshown

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

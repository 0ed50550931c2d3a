"""Walk the cells that a sheet has, however far apart they stand, and measure what its archive says of them."""

import re
from collections.abc import Iterable, Iterator
from zipfile import ZipFile, ZipInfo

from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Problem

COLUMNS_LIMIT = 1_000
MERGED_LIMIT = 1_000_000
_BLOCK = 1024 * 1024
_MERGE = re.compile(rb"<mergeCell\s+ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_LONGEST = len(b'<mergeCell  ref="XFD1048576:XFD1048576')


def rows_of(sheet: Worksheet) -> Iterator[tuple[int, list[Cell | MergedCell | None]]]:
    """Yield number and cells of each row that has any, up to its last one.

    To walk the whole range would make all cells between: with one in the last corner of a sheet that has no end.
    """
    cells = sheet._cells  # noqa: SLF001  # no public name has the cells that are there
    widths: dict[int, int] = {}
    for row, column in cells:
        widths[row] = max(column, widths.get(row, 0))
    for row in sorted(widths):
        yield row, [cells.get((row, column)) for column in range(1, min(widths[row], COLUMNS_LIMIT + 1) + 1)]


def beyond(place: str, number: int, cells: list[Cell | MergedCell | None]) -> list[Problem]:
    """Return the problem of a row that is wider than any table."""
    what = f"the row has cells behind column {get_column_letter(COLUMNS_LIMIT)}, further than is read"
    problem = Problem(where=place, what=what, remedy="delete the columns behind the last entry", line=number)
    return [problem] if len(cells) > COLUMNS_LIMIT else []


def merges_too_much(archive: ZipFile, parts: Iterable[ZipInfo]) -> bool:
    """Return whether sheets merge more cells than any table does: each of them is made when it is opened."""
    sheets = (part for part in parts if part.filename.startswith("xl/worksheets/"))
    return any(_merged_in(archive, part) > MERGED_LIMIT for part in sheets)


def _merged_in(archive: ZipFile, part: ZipInfo) -> int:
    count, tail = 0, b""
    with archive.open(part) as opened:
        while block := opened.read(_BLOCK):
            end = 0
            for area in _MERGE.finditer(tail + block):
                left, right = (column_index_from_string(area[at].decode()) for at in (1, 3))
                count += (abs(right - left) + 1) * (abs(int(area[4]) - int(area[2])) + 1)
                end = area.end()
            tail = (tail + block)[max(end, len(tail + block) - _LONGEST) :]
    return count

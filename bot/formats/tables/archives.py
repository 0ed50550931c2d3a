"""Recognise workbooks (XLSX), refuse those that hold too much, and render their values as people see them.

What reads the sheets is imported with the first one: few processes need openpyxl, which is large.
"""

import io
import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

from bot.errors import Problem
from bot.formats.records import Document, FaqFile, Format
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
    from bot.formats.tables.sheets import merges_too_much  # noqa: PLC0415  # see above

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


def unescaped(text: str) -> str:
    """Return the text of a cell with the signs that its escapes stand for."""
    if not _CODE.search(text):
        return text
    from openpyxl.utils.escape import unescape  # noqa: PLC0415  # see above

    return str(unescape(text))


def _written(text: str) -> str:
    return unescaped(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _number(value: float | Decimal, number_format: str) -> str:
    if percent := _PERCENT.fullmatch(number_format):
        return f"{float(value) * 100:.{len(percent[1] or '')}f} %"
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    whole = str(int(value))
    return whole.zfill(len(number_format)) if _PADDED.fullmatch(number_format) else whole


_SUFFIXES = (".xlsx", ".xlsm")
_EXAMPLE = """\
| id           | question                            | aliases     | answer                    | category |
| change-email | How can I change my e-mail address? | change mail | Open **Profile > Email**. | Account  |
"""


def _read(file: FaqFile) -> Document:
    from bot.formats.tables.workbook import read_workbook  # noqa: PLC0415  # see above

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

"""Look into the ZIP archive that a workbook is, before anything in it is unpacked."""

import io
import zipfile

from bot.errors import Problem

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
            what = _excess(parts) or _strange(archive, parts)
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

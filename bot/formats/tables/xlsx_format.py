"""Register workbooks."""

from bot.formats.reader import FaqFile, Format
from bot.formats.records import Document
from bot.formats.tables.rendering import render

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

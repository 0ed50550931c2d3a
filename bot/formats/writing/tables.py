"""Write entries as lines of JSON and as a table of cells."""

import csv
import io
from collections.abc import Iterable

from bot.core.models import Entry
from bot.formats.formulas import escape_cell
from bot.formats.writing.values import COLUMNS, as_cells, as_fields, as_json, without_unshown


def write_jsonl(entries: Iterable[Entry]) -> str:
    """Return an object a line."""
    return "".join(f"{as_json(as_fields(entry))}\n" for entry in entries)


def write_csv(entries: Iterable[Entry]) -> str:
    """Return a row an entry below the names of the columns, with a mark in front that spreadsheets know UTF-8 by."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow(escape_cell(without_unshown(cell)) for cell in as_cells(entry).values())
    return f"\ufeff{stream.getvalue()}"

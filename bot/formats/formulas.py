"""Escape cells that a spreadsheet would take for a formula, and undo exactly that."""

import re

# As a spreadsheet looks for one: past blanks and line breaks, and in full width too.
_BEGINS = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_MARK = "'"


def escape_cell(text: str) -> str:
    """Return what a spreadsheet shows as text: with an apostrophe in front where it would calculate.

    What begins with apostrophes and then a formula gets one more, so that each text has a cell of its own.
    """
    return _MARK + text if _BEGINS.match(text) else text


def unescape_cell(cell: str) -> str:
    """Return the text that `escape_cell` made a cell of; other cells are as they are."""
    return cell[1:] if cell.startswith(_MARK) and _BEGINS.match(cell) else cell

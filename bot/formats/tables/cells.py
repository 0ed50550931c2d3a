"""Write the values of a workbook's cells as people see them there."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.utils.escape import unescape

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

"""Read dates as tables have them, in the order that the whole column shows."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.formats.dates import DATE, parse_date

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,? \d{1,2}:\d{2}.*)?")
_EASTERN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_WRITTEN = re.compile(rf"{DATE}(?:,? \d{{1,2}}:\d{{2}}.*)?")
_SECONDS = re.compile(r"\d{10}")
_MILLISECONDS = re.compile(r"\d{13}")


def day_first(column: Iterable[str]) -> bool | None:
    """Return whether days stand before months in dates such as 3/4/2026, None when the column does not show it."""
    found = [match for match in map(_SHORT.fullmatch, map(str.strip, column)) if match]
    shown = {True for each in found if int(each[1]) > _MONTHS or each[2] == "."}
    shown |= {False for each in found if int(each[3]) > _MONTHS}
    return shown.pop() if len(shown) == 1 else None


_MONTHS = 12


def read_day(written: str, *, day_first: bool | None) -> date | None:
    """Return the date that is meant, None for none and for one that may be two."""
    text = written.strip()
    if _MILLISECONDS.fullmatch(text) or _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC).date()
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _EASTERN.fullmatch(text):
        return _date(*match.groups())
    if match := _SHORT.fullmatch(text):
        return _short(match, day_first=day_first)
    match = _WRITTEN.fullmatch(text)
    return parse_date(re.sub(r",? \d{1,2}:\d{2}.*$", "", text)) if match else None


def _short(match: re.Match[str], *, day_first: bool | None) -> date | None:
    first, second = match[1], match[3]
    if day_first is None and int(first) != int(second):
        return None
    return _date(match[4], *((second, first) if day_first else (first, second)))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

"""Render listing pages the way a browser copies them."""

from collections.abc import Iterable
from datetime import date

from bot.formats import Record

NAVIGATION = "All\nFAQ\nAnnouncements\nProduct documents\n"


def day_first(day: date) -> str:
    return f"{day.day} {_month(day, september='Sept')} {day.year:04}"


def month_first(day: date) -> str:
    return f"{_month(day, september='Sep')} {day.day}, {day.year:04}"


def _month(day: date, *, september: str) -> str:
    return ("Jan Feb Mar Apr May Jun Jul Aug " + september + " Oct Nov Dec").split()[day.month - 1]


def render(records: Iterable[Record], *, style: str = "day first", navigation: str = NAVIGATION) -> str:
    """Return the page: what follows a date is glued to it, and so is the next title."""
    written = day_first if style == "day first" else month_first
    parts = [navigation]
    for record in records:
        source = record.source
        assert source.published is not None
        assert source.updated is not None
        dates = f"Published on {written(source.published)}Updated on {written(source.updated)}"
        views = "" if source.views is None else f"{source.views:,}"
        parts.append(f"{record.question}\n{record.passages[0]}{dates}{views}")
    return "".join(parts)

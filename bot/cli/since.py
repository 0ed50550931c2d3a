"""Read from when on something counts."""

import re
from datetime import date, timedelta

from bot.cli.failures import refuse

_SPAN = re.compile(r"(\d{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}


def span(text: str) -> int | None:
    """Return how many days `3d` or `2w` are, None for anything else and for no days."""
    found = _SPAN.fullmatch(text)
    return (int(found[1]) * _DAYS[found[2]] or None) if found else None


def first_day(text: str, *, today: date) -> date:
    """Return the first of the days that `30d`, `4w` or a date name; `1d` is today."""
    if days := span(text):
        return today - timedelta(days=days - 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        refuse(
            "faqbot: --since",
            f"'{text}' is no time",
            "give days or weeks such as 30d or 4w, or a date such as 2026-10-01",
        )
    if day > today:
        refuse("faqbot: --since", f"{day} has not come yet", "give a day that has")
    return day

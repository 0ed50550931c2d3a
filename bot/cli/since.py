"""Read from when on something counts."""

import re
from datetime import date, timedelta

from bot.cli.failures import refuse

_SPAN = re.compile(r"(\d{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}


def first_day(text: str, *, today: date) -> date:
    """Return the first of the days that `30d`, `4w` or a date name; `1d` is today."""
    if span := _SPAN.fullmatch(text):
        days = int(span[1]) * _DAYS[span[2]]
        if days:
            return today - timedelta(days=days - 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        refuse("--since", f"'{text}' is no time", "give days or weeks such as 30d or 4w, or a date such as 2026-10-01")
    if day > today:
        refuse("--since", f"{day} has not come yet", "give a day that has")
    return day

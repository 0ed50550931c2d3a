"""Read from when on figures count, draw them as lines of bars, and find what draws pictures."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.cli.failures import refuse

_SPAN = re.compile(r"(\d{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}

MOST_BARS = 62
_BARS = "▁▂▃▄▅▆▇█"
_WEEK = 7


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


def bar_days(days: int) -> int:
    """Return how many days a bar stands for when there are so many: one, or whole weeks."""
    if days <= MOST_BARS:
        return 1
    return _WEEK * -(-days // (_WEEK * MOST_BARS))


def folded(values: Sequence[int], *, size: int) -> list[int]:
    """Return the sums of so many values each, the last ones in a full bar and the first in what is left."""
    first = len(values) % size
    starts = range(first, len(values), size)
    return [*([sum(values[:first])] if first else []), *(sum(values[start : start + size]) for start in starts)]


def sparkline(values: Sequence[int]) -> str:
    """Return a bar for each number, the highest for the largest and the lowest for little or nothing."""
    most = max(values, default=0) or 1
    return "".join(_BARS[round(value / most * (len(_BARS) - 1))] for value in values)


def drawing(name: str) -> Callable[[Any, Path], None]:
    """Return the function of this name that draws, before anything is counted in vain."""
    try:
        draw: Callable[[Any, Path], None] = getattr(import_module("bot.cli.charts"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        refuse("faqbot: --png", "matplotlib is not installed", 'run in the checkout: pip install ".[charts]"')
    return draw

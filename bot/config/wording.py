"""Describe settings to people, and parse what they write."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.core.hours import Hours, TimeOfWeek, read_hours, read_time_of_week

_T = TypeVar("_T")
HTTP = r"^https?://[^/\s]+"
WEBSOCKET = r"^wss?://[^/\s]+"


@dataclass(frozen=True, slots=True)
class Wording:
    """The description of a setting: its values, and its default."""

    expected: str
    default: str


def filled(value: object) -> object:
    """Refuse a value that is empty."""
    if value == "":
        raise ValueError
    return value


def unless_off(value: object) -> object:
    """Return a value that is not empty, None for `off`."""
    return None if isinstance(value, str) and value.lower() == "off" else filled(value)


def lower(value: object) -> object:
    """Return a value in small letters."""
    return value.lower() if isinstance(value, str) else value


def hours(value: object) -> Hours | None:
    """Return hours of the week."""
    return _parsed(value, Hours, read_hours)


def time_of_week(value: object) -> TimeOfWeek | None:
    """Return a time of the week, None for `off`."""
    return _parsed(unless_off(value), TimeOfWeek, read_time_of_week)


def _parsed(value: object, kind: type[_T], parse: Callable[[str], _T | None]) -> _T | None:
    """Return what a text stands for, None for none; a value that is parsed already stays."""
    found = parse(value) if isinstance(value, str) else value
    if value is not None and not isinstance(found, kind):
        raise ValueError
    return found if isinstance(found, kind) else None


def pairs(value: object) -> object:
    """Return what stands behind `=` by what stands before it, between commas."""
    if not isinstance(value, str):
        return value
    found = [part.partition("=") for part in value.split(",") if part.strip()]
    if not all(mark and name.strip() and meant.strip() for name, mark, meant in found):
        raise ValueError
    return {name.strip(): meant.strip() for name, _, meant in found}


def listed(value: object) -> object:
    """Return what stands between commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

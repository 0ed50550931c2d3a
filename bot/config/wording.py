"""Describe settings to people, and parse what they write."""

from dataclasses import dataclass

from bot.core.hours import Hours, TimeOfWeek, read_hours, read_time_of_week

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
    if value is None or isinstance(value, Hours):
        return value
    if not isinstance(value, str) or (read := read_hours(value)) is None:
        raise ValueError
    return read


def time_of_week(value: object) -> TimeOfWeek | None:
    """Return a time of the week, None for `off`."""
    value = unless_off(value)
    if value is None or isinstance(value, TimeOfWeek):
        return value
    if not isinstance(value, str) or (read := read_time_of_week(value)) is None:
        raise ValueError
    return read


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

"""Convert entries to named fields, and accept only values that a file could have."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from bot.core.fields import EXPECTED, SCALARS, read_value
from bot.core.models import Entry
from bot.errors import EntryFieldError

OF_SOURCE = "source."
_ALIASES = "aliases"
_PLAIN = tuple(field.name for field in fields(Entry) if field.name not in {"id", _ALIASES, "source"})
_REQUIRED = frozenset({"question", "answer", "audience", "locale", "status"})


def values_of(entry: Entry) -> dict[str, Any]:
    """Return the fields that hold one value and may change, those of the source under names like `source.url`."""
    of_source = {OF_SOURCE + name: value for name, value in asdict(entry.source).items()}
    return {name: getattr(entry, name) for name in _PLAIN} | of_source


def with_values(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """Return the entry with other values in some of its fields."""
    of_source = {name.removeprefix(OF_SOURCE): values[name] for name in values if name.startswith(OF_SOURCE)}
    plain = {name: values[name] for name in values if not name.startswith(OF_SOURCE)}
    return replace(entry, **plain, source=replace(entry.source, **of_source))


def with_changes(entry: Entry, changes: Mapping[str, str | None]) -> Entry:
    """Return the entry with fields changed to what somebody wrote; None empties one that may be empty."""
    return with_values(entry, {name: _changed(name, written) for name, written in changes.items()})


def checked(entry: Entry) -> Entry:
    """Return the entry in the form that a file would give it, or refuse a value that no file could hold."""
    values = {name: value for name, value in values_of(entry).items() if value is not None}
    read = {name: checked_value(name, str(value)) for name, value in values.items()}
    aliases = tuple(checked_alias(alias) for alias in entry.aliases)
    return replace(with_values(entry, read), id=checked_value("id", entry.id), aliases=aliases)


def checked_value(name: str, written: str) -> Any:  # noqa: ANN401  # each field has a type of its own
    """Return the value of a field as a file would give it, or refuse it."""
    value = read_value(name, written)
    if value is None:
        raise EntryFieldError(name, written, EXPECTED[name])
    return value


def checked_alias(text: str) -> str:
    """Return an alias on one line, or refuse it."""
    line = " ".join(text.split())
    if read_value("question", line) is None:
        raise EntryFieldError(_ALIASES, text, EXPECTED[_ALIASES])
    return line


def _changed(name: str, written: str | None) -> Any:  # noqa: ANN401  # each field has a type of its own
    if name == "id" or name not in SCALARS:
        changeable = (each for each in SCALARS if each != "id")
        raise EntryFieldError(name, written or "", f"one of the fields {', '.join(changeable)}")
    if written is not None:
        return checked_value(name, written)
    if name in _REQUIRED:
        raise EntryFieldError(name, "", EXPECTED[name])
    return None

"""Define a row or an object as it stands, sorted by field, before anything is read into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import Problem

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One row of a table, or one object of JSON: what is written in it for each field, with nothing in it left blank.

    `listed` names the fields whose values came as a list, so that they need not be split. `doubts` are what the reader
    of its form is not sure about. A row `below` another one shares its answer.
    """

    file: str
    line: int
    values: Values
    listed: frozenset[str] = frozenset()
    doubts: tuple[tuple[str, str], ...] = ()
    faults: tuple[Problem, ...] = ()
    below: bool = False

    def first(self, name: str) -> str | None:
        """Return the first value of a field, None when it has none."""
        return next(iter(self.values.get(name, ())), None)

    def problem(self, what: str, remedy: str, *, field: str | None = None) -> Problem:
        """Return a problem at the place of this row."""
        return Problem(where=self.file, what=what, remedy=remedy, line=self.line, field=field)


def by_field(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the values of each field in order, without the blank ones."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if value.strip():
            values[name] = (*values.get(name, ()), value)
    return values

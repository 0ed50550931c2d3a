"""Find in all rows what one row does not show: separators, the order of dates, what a column is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.formats.tables.dates import day_first
from bot.formats.tables.raw import Raw
from bot.formats.tables.words import is_yes

DATES = ("review_by", "valid_until", "source.published", "source.updated")
SEPARATORS = ("\n", "|", ";", ",")
_SHORT_LIST = 3
_SHORT_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a table writes lists and dates, and whether its column `internal` holds notes in place of yes and no."""

    separators: tuple[str, ...] = ()
    day_first: Mapping[str, bool | None] = field(default_factory=dict)
    internal_notes: bool = False
    flagged: frozenset[str] = frozenset()
    """The columns of marks, in which a blank means no."""


def habits_of(raws: Sequence[Raw], *, european: bool = False) -> Habits:
    """Return the habits of a table; a `european` one writes the day first where its dates do not say."""
    orders = {name: day_first(_column(raws, name)) for name in DATES}
    shown = next((order for order in orders.values() if order is not None), True if european else None)
    internal = list(_column(raws, "internal"))
    return Habits(
        separators=_separators([value for raw in raws for value in _unsplit(raw)]),
        day_first={name: shown if order is None else order for name, order in orders.items()},
        internal_notes=bool(internal) and sum(is_yes(value) is None for value in internal) * 2 > len(internal),
        flagged=frozenset(name for name in ("active", "public") if any(_column(raws, name))),
    )


def _column(raws: Iterable[Raw], name: str) -> Iterable[str]:
    return (value for raw in raws for value in raw.values.get(name, ()))


def _unsplit(raw: Raw) -> tuple[str, ...]:
    return () if "aliases" in raw.listed else raw.values.get("aliases", ())


def _separators(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the aliases of a column are split by: lines and bars always, the others where nothing else is."""
    if any("|" in cell for cell in cells):
        return ("\n", "|")
    lines = [line.strip() for cell in cells for line in cell.split("\n")]
    if any(";" in line for line in lines):
        return ("\n", ";")
    if any("," in line for line in lines) and not any("\n" in cell.strip() for cell in cells) and _is_list(lines):
        return ("\n", ",")
    return ("\n",)


def _is_list(lines: Iterable[str]) -> bool:
    """Return whether commas separate: only short parts, without the marks of sentences, and several in some line."""
    parts = [[part.strip() for part in line.split(",")] for line in lines]
    short = all(len(part.split()) <= _SHORT_WORDS for each in parts for part in each)
    ended = any(part.endswith((".", "!", "?")) for each in parts if len(each) > 1 for part in each[:-1])
    words = all(len(part.split()) <= 1 for each in parts for part in each)
    return short and (ended or words or any(len(each) >= _SHORT_LIST for each in parts))


def split(cell: str, separators: Iterable[str]) -> list[str]:
    """Return the parts of a cell, without the marks of a list in front of them."""
    parts = [cell]
    for separator in separators:
        parts = [piece for part in parts for piece in part.split(separator)]
    stripped = (part.strip().lstrip("-*•–").strip() if len(parts) > 1 else part.strip() for part in parts)
    return [part for part in stripped if part]

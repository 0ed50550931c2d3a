"""Define an entry of an export, and what its readers share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.formats.tables.json_text import JsonObject

Doubts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """One entry of an export: what it says for each field, and what is in doubt about it."""

    pairs: tuple[tuple[str, str], ...]
    doubts: Doubts = ()


Names = Mapping[str, JsonObject]
"""Sections, collections and segments by id."""

Reader = Callable[[JsonObject, Names], list[Exported] | None]


def pairs_of(value: Mapping[str, Any], **keys: str) -> Iterator[tuple[str, str]]:
    """Yield field and text for each key that has a value."""
    for name, key in keys.items():
        found = value.get(key)
        if found is not None:
            yield name, ("true" if found else "false") if isinstance(found, bool) else str(found)


def source_pairs(value: Mapping[str, Any], *, url: str, published: str, updated: str) -> Iterable[tuple[str, str]]:
    """Return field and text for the address and the dates of an article, as far as it has them."""
    found = {"source.url": url, "source.published": published, "source.updated": updated}
    return [(name, str(value[key])) for name, key in found.items() if value.get(key)]

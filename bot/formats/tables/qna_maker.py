"""Read the exports of QnA Maker and what followed it: several rows an answer, escaped line breaks, metadata."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.core.fields import OF_SOURCE, Unfit
from bot.formats.tables.names import fold, meaning
from bot.formats.tables.raw import Raw, by_field

_COLUMNS = frozenset({"question", "answer", "metadata"})
_BREAK = re.compile(r"\\r\\n|\\n|\\r")
_TAB = re.compile(r"\\t")
_EDITORIAL = frozenset({"", "editorial"})
_CHAT = ("this is small talk, not an entry of an FAQ", "leave it out, or take it as a draft")


def is_qna_maker(names: Iterable[str]) -> bool:
    """Return whether these are the columns of such an export."""
    return {fold(name) for name in names} >= _COLUMNS


def from_row(raw: Raw, named: Mapping[str, str]) -> Raw:
    """Return a row with its line breaks as they are meant, and with what its columns `named` say of it."""
    source = named.get("source", "")
    kept = {name: tuple(map(_plain, found)) for name, found in raw.values.items() if not name.startswith("source.")}
    more = by_field([*metadata(_pairs(named.get("metadata", ""))), *source_of(source)])
    return replace(raw, values=more | kept, doubts=(*raw.doubts, *doubts_of(source)))


def _plain(written: str) -> str:
    return _TAB.sub(" ", _BREAK.sub("\n", written))


def _pairs(written: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of `category:fees|audience:internal`."""
    for part in written.split("|"):
        name, colon, value = part.partition(":")
        if colon:
            yield name, value


def metadata(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the fields that metadata is known to mean."""
    for name, value in pairs:
        known = meaning(name)
        if known is not None and not known.weak and known.field not in {"question", "answer", "id"}:
            yield known.field, value


def source_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield the address that a source is; a name of a file says nothing to anybody."""
    if source.strip().casefold() not in _EDITORIAL and not isinstance(OF_SOURCE["url"](source), Unfit):
        yield "source.url", source


def doubts_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield why an entry with this source is none of an FAQ."""
    if "chitchat" in source.casefold().replace("-", "").replace("_", ""):
        yield _CHAT

"""Define a row or an object as it stands, and make one record of the rows that belong to one answer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.fields import OF_SOURCE, Unfit
from bot.errors import Problem
from bot.formats.records import Record
from bot.formats.tables.names import fold, meaning
from bot.formats.titles import repeated

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


PHRASED = frozenset({"question", "answer", "aliases"})
"""The fields that are in a language."""

_LONG_ANSWER = 60


def continued(raws: Iterable[Raw]) -> list[Raw]:
    """Return the rows; one that only brings further questions for the row above goes up into that."""
    kept: list[Raw] = []
    for raw in raws:
        if kept and _continues(kept[-1], raw):
            aliases = (*raw.values.get("question", ()), *raw.values.get("aliases", ()))
            values = {**kept[-1].values, "aliases": (*kept[-1].values.get("aliases", ()), *aliases)}
            kept[-1] = replace(kept[-1], values=values)
        else:
            kept.append(raw)
    return kept


def _continues(above: Raw, raw: Raw) -> bool:
    """Return whether a row without an answer is of the entry above: by its id, by its cell, or by aliases alone."""
    if raw.faults or raw.doubts or ("answer" in raw.values and not raw.below):
        return False
    if raw.below:
        return bool(raw.values.keys() & {"question", "aliases"})
    if "id" in raw.values:
        return raw.values["id"] == above.values.get("id") and bool(raw.values.keys() & {"question", "aliases"})
    return raw.values.keys() == {"aliases"}


def joined(records: Sequence[Record], *, by_answer: bool) -> list[Record]:
    """Return the records; those with one answer become one where they are alike in all but the question.

    Without `by_answer` that counts for long answers and for rows with one id: two questions may both have "Yes." for an
    answer.
    """
    shared = repeated(_key(record, by_answer=by_answer) for record in records)
    groups: dict[tuple[object, ...], list[Record]] = {}
    places: dict[tuple[object, ...], int] = {}
    whole: list[Record] = []
    for record in records:
        key = _key(record, by_answer=by_answer)
        if hash(key) in shared:
            groups.setdefault(key, []).append(record)
        if hash(key) not in shared or places.setdefault(key, len(whole)) == len(whole):
            whole.append(_one([record]))
    for key, at in places.items():
        whole[at] = _one(groups[key])
    return whole


def _key(record: Record, *, by_answer: bool) -> tuple[object, ...]:
    (answer,) = record.passages
    long = by_answer or len(answer) >= _LONG_ANSWER or record.id is not None
    said = " ".join(answer.split()), record.locale, record.audience, record.region, record.category, record.status
    return (record.id, *said) if long else (record.question, *said)


def _one(group: Sequence[Record]) -> Record:
    first = group[0]
    asked = dict.fromkeys(text for record in group for text in (record.question, *record.aliases))
    notes = dict.fromkeys(record.staff_note for record in group if record.staff_note)
    aliases, note = tuple(text for text in asked if text != first.question), "\n\n".join(notes) or None
    is_so = (aliases, note) == (first.aliases, first.staff_note)
    return first if is_so else replace(first, aliases=aliases, staff_note=note)


_COLUMNS = frozenset({"question", "answer", "metadata"})
# Paths such as C:\\new\\texts are no escapes.
_BREAK = re.compile(r"(?<!\b[A-Z]:)(?:\\r\\n|\\n|\\r)")
_TAB = re.compile(r"(?<!\w)(?<!\w:)\\t|\\t(?!\w)")
_EDITORIAL = frozenset({"", "editorial"})
SMALL_TALK = ("this is small talk, not an entry of an FAQ", "leave it out, or take it as a draft")
_SMALL_TALK = re.compile(
    r"(?:greet|greetings?|hello|hi|goodbye|bye|affirm|deny|confirm|yes|no|thanks?|thank_?you|mood_\w+|bot_challenge"
    r"|welcome|good_?(?:morning|evening|night)|(?:how|who)_?are_?you|jokes?|funny|no_?answer|small_?talk\w*"
    r"|chitchat\w*|nlu_fallback|out_of_scope|fallback|help|stop|inform|restart|back|session_start)(?:/.*)?",
    re.IGNORECASE,
)


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
        yield SMALL_TALK


def is_small_talk(intent: str) -> bool:
    """Return whether an intent of an assistant is by its name about the talk itself, as greetings are."""
    return _SMALL_TALK.fullmatch(re.sub(r"[\s-]+", "_", intent.strip())) is not None

"""Make one record of the rows that belong to one answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.formats.records import Record
from bot.formats.tables.raw import Raw

_LONG_ANSWER = 60


def continued(raws: Sequence[Raw]) -> list[Raw]:
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


def joined(records: Iterable[Record], *, by_answer: bool) -> list[Record]:
    """Return the records; those with one answer become one where they are alike in all but the question.

    Without `by_answer` that counts for long answers and for rows with one id: two questions may both have "Yes." for an
    answer.
    """
    groups: dict[object, list[Record]] = {}
    for record in records:
        groups.setdefault(_key(record, by_answer=by_answer), []).append(record)
    return [_one(group) for group in groups.values()]


def _key(record: Record, *, by_answer: bool) -> object:
    (answer,) = record.passages
    long = by_answer or len(answer) >= _LONG_ANSWER or record.id is not None
    said = " ".join(answer.split()), record.locale, record.audience, record.region, record.category, record.status
    return (record.id, *said) if long else (record.question, *said)


def _one(group: Sequence[Record]) -> Record:
    first = group[0]
    asked = dict.fromkeys(text for record in group for text in (record.question, *record.aliases))
    notes = dict.fromkeys(record.staff_note for record in group if record.staff_note)
    return replace(
        first,
        aliases=tuple(text for text in asked if text != first.question),
        staff_note="\n\n".join(notes) or None,
    )

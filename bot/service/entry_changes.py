"""Change single entries in a transaction that has the content locked, and accept only values that a file could have."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.core.fields import OF_ANSWER, SCALARS, read_value, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Origin, Status
from bot.core.searching.text import normalise
from bot.core.wording import expected
from bot.errors import EntryExistsError, EntryFieldError, EntryNotFoundError, PhraseTakenError
from bot.formats.titles import slug
from bot.store import Transaction
from bot.store.entries import begin_change, get_entry
from bot.store.entry_changes import save_entry
from bot.store.records import Draft, StoredEntry

OF_SOURCE = "source."
_ALIASES = "aliases"
_ANSWERS, _NEVER = "answers", "never"
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
    values = {
        name: value for name, value in values_of(entry).items() if value is not None and name not in {_ANSWERS, _NEVER}
    }
    read = {name: checked_value(name, str(value)) for name, value in values.items()}
    aliases = tuple(checked_alias(alias) for alias in entry.aliases)
    whole = replace(with_values(entry, read), id=checked_value("id", entry.id), aliases=aliases)
    return replace(whole, answers=_checked_answers(whole), never=tuple(map(checked_alias, entry.never)))


def _checked_answers(entry: Entry) -> tuple[LocalAnswer, ...]:
    answers = tuple(_checked_answer(one) for one in entry.answers)
    unfit = unfit_answers(answers, locale=entry.locale, region=entry.region)
    if unfit is not None:
        raise EntryFieldError(_ANSWERS, unfit.what, unfit.remedy)
    return answers


def _checked_answer(one: LocalAnswer) -> LocalAnswer:
    values = {name: getattr(one, name) for name in OF_ANSWER}
    read = {name: checked_value(name, value) for name, value in values.items() if value is not None}
    return replace(one, **read, aliases=tuple(checked_alias(alias) for alias in one.aliases))


def checked_value(name: str, written: str) -> Any:  # noqa: ANN401  # each field has a type of its own
    """Return the value of a field as a file would give it, or refuse it."""
    value = read_value(name, written)
    if value is None:
        raise EntryFieldError(name, written, str(expected.OF_ENTRY[name]))
    return value


def checked_alias(text: str) -> str:
    """Return an alias on one line, or refuse it."""
    line = " ".join(text.split())
    if read_value("question", line) is None:
        raise EntryFieldError(_ALIASES, text, str(expected.OF_ENTRY[_ALIASES]))
    return line


def _changed(name: str, written: str | None) -> Any:  # noqa: ANN401  # each field has a type of its own
    if name == "id" or name not in SCALARS:
        changeable = (each for each in SCALARS if each != "id")
        raise EntryFieldError(name, written or "", expected.one_field_of(changeable))
    if written is not None:
        return checked_value(name, written)
    if name in _REQUIRED:
        raise EntryFieldError(name, "", str(expected.OF_ENTRY[name]))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who makes a change, when and why."""

    actor: str
    at: datetime
    reason: str | None = None


async def exists(tx: Transaction, entry_id: str) -> bool:
    """Return whether an entry has this id."""
    try:
        await get_entry(tx, entry_id, audience=Audience.INTERNAL)
    except EntryNotFoundError:
        return False
    return True


async def free_id(tx: Transaction, title: str) -> str:
    """Return an id made from a title, with a number when other entries have it without."""
    wanted = slug(title)
    for number in count(2):
        if not await exists(tx, wanted):
            break
        wanted = f"{slug(title)}-{number}"
    return wanted


async def add(tx: Transaction, entry: Entry, by: By) -> StoredEntry:
    """Store an entry under an id that nobody has."""
    entry = checked(entry)
    if await exists(tx, entry.id):
        raise EntryExistsError(entry.id)
    return await _save(tx, entry, by)


async def change(tx: Transaction, entry_id: str, changes: Mapping[str, str | None], by: By) -> StoredEntry:
    """Change fields of an entry; a change that changes nothing leaves no trace."""
    stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
    return await put(tx, stored, with_changes(stored.entry, changes), by)


async def put(tx: Transaction, stored: StoredEntry, entry: Entry, by: By) -> StoredEntry:
    """Store an entry in place of what it was, unless it is the same."""
    return stored if entry == stored.entry else await _save(tx, entry, by)


async def add_alias(tx: Transaction, stored: StoredEntry, text: str, by: By) -> StoredEntry:
    """Add a phrasing to an entry, unless it has an equal one."""
    alias = checked_alias(text)
    if normalise(alias) in {phrase.normalised for phrase in stored.phrases}:
        return stored
    return await _save(tx, replace(stored.entry, aliases=(*stored.entry.aliases, alias)), by)


async def _save(tx: Transaction, entry: Entry, by: By) -> StoredEntry:
    leave = await begin_change(tx, actor=by.actor, at=by.at, reason=by.reason)
    try:
        return await save_entry(tx, Draft(entry=entry, origin=Origin.MODERATOR), change=leave)
    except PhraseTakenError as error:
        owner = await get_entry(tx, error.entry_id, audience=Audience.INTERNAL)
        raise PhraseTakenError(error.phrase, error.entry_id, owner.entry.status is Status.RETIRED) from None

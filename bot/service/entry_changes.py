"""Change single entries in a transaction that has the content locked, show their history, and bring versions back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from bot.core.fields import OF_ANSWER, SCALARS, read_value, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Origin, Status
from bot.core.searching.text import normalise
from bot.core.wording import refusals
from bot.core.wording.expected import OF_ENTRY
from bot.errors import EntryExistsError, EntryFieldError, EntryNotFoundError, PhraseTakenError, VersionNotFoundError
from bot.formats.titles import slug
from bot.service import Clock
from bot.store import Database, Transaction
from bot.store.audit import EntryVersion, versions_of
from bot.store.entries import begin_change, get_entry, lock_content
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


def with_alias(entry: Entry, text: str) -> Entry:
    """Return the entry with another phrasing, unless it has an equal one."""
    alias = checked_alias(text)
    known = normalise(alias) in map(normalise, entry.every_phrasing)
    return entry if known else replace(entry, aliases=(*entry.aliases, alias))


def without_alias(entry: Entry, text: str) -> Entry:
    """Return the entry without an alias, however that is typed; its question stays."""
    return replace(entry, aliases=tuple(each for each in entry.aliases if normalise(each) != normalise(text)))


def with_never(entry: Entry, text: str) -> Entry:
    """Return the entry with another example of what it never answers, unless it has an equal one."""
    known = normalise(text) in map(normalise, entry.never)
    return entry if known else replace(entry, never=(*entry.never, text))


def without_never(entry: Entry, text: str) -> Entry:
    """Return the entry without an example of what it never answers, however that is typed."""
    return replace(entry, never=tuple(each for each in entry.never if normalise(each) != normalise(text)))


def with_answer(entry: Entry, local: LocalAnswer) -> Entry:
    """Return the entry with an answer in place of the one for the same locale and region.

    The phrasings of that one stay, unless another question is given.
    """
    at = next((at for at, one in enumerate(entry.answers) if _place(entry, one) == _place(entry, local)), None)
    if at is None:
        return replace(entry, answers=(*entry.answers, local))
    old = entry.answers[at]
    new = replace(old, answer=local.answer, question=local.question or old.question)
    return replace(entry, answers=(*entry.answers[:at], new, *entry.answers[at + 1 :]))


def without_answer(entry: Entry, local: LocalAnswer) -> Entry:
    """Return the entry without its answer for a locale and a region, and without the phrasings of that."""
    place = _place(entry, local)
    return replace(entry, answers=tuple(one for one in entry.answers if _place(entry, one) != place))


def _place(entry: Entry, one: LocalAnswer) -> tuple[str, str | None]:
    return one.locale or entry.locale, None if one.region is None else one.region.casefold()


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
        raise EntryFieldError(name, written, str(OF_ENTRY[name]))
    return value


def checked_alias(text: str) -> str:
    """Return an alias on one line, or refuse it."""
    line = " ".join(text.split())
    if read_value("question", line) is None:
        raise EntryFieldError(_ALIASES, text, str(OF_ENTRY[_ALIASES]))
    return line


def _changed(name: str, written: str | None) -> Any:  # noqa: ANN401  # each field has a type of its own
    if name == "id" or name not in SCALARS:
        changeable = (each for each in SCALARS if each != "id")
        raise EntryFieldError(name, written or "", refusals.one_field_of(changeable))
    if written is not None:
        return checked_value(name, written)
    if name in _REQUIRED:
        raise EntryFieldError(name, "", str(OF_ENTRY[name]))
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
    wanted, number = slug(title), 1
    while await exists(tx, wanted):
        number += 1
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


async def _save(tx: Transaction, entry: Entry, by: By) -> StoredEntry:
    leave = await begin_change(tx, actor=by.actor, at=by.at, reason=by.reason)
    try:
        return await save_entry(tx, Draft(entry=entry, origin=Origin.MODERATOR), change=leave)
    except PhraseTakenError as error:
        owner = await get_entry(tx, error.entry_id, audience=Audience.INTERNAL)
        raise PhraseTakenError(error.phrase, error.entry_id, owner.entry.status is Status.RETIRED) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What a field held before and holds after; None where it is empty."""

    field: str
    before: str | None
    after: str | None


class EntryHistories:
    """Return the versions of entries, and revert or restore them; a dry run keeps nothing."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def history(self, entry_id: str) -> tuple[EntryVersion, ...]:
        """Return all versions of an entry, oldest first."""
        async with self._database.snapshot() as tx:
            return await versions_of(tx, entry_id)

    async def diff(self, entry_id: str, first: int | None = None, last: int | None = None) -> tuple[FieldChange, ...]:
        """Return what differs between two versions: without numbers the last two, with one that and the last."""
        versions = await self.history(entry_id)
        after = versions[-1] if last is None else _numbered(entry_id, versions, last)
        before = versions[max(0, len(versions) - 2)] if first is None else _numbered(entry_id, versions, first)
        return tuple(changes(before.entry, after.entry))

    async def revert(
        self, entry_id: str, version: int | None = None, *, actor: str, reason: str | None = None, dry_run: bool = False
    ) -> StoredEntry:
        """Store an earlier version once more, without a number the last that read otherwise; the history stays."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            versions = await versions_of(tx, entry_id)
            others = (each.number for each in reversed(versions) if each.entry != versions[-1].entry)
            wanted = next(others, versions[-1].number - 1) if version is None else version
            entry = _numbered(entry_id, versions, wanted).entry
            return await _put(tx, entry, by if reason else replace(by, reason=f"version {wanted}"), dry_run=dry_run)

    async def restore(
        self, entry_id: str, *, actor: str, reason: str | None = None, dry_run: bool = False
    ) -> StoredEntry:
        """Restore the status and the phrasings that a retired entry had before; any other one stays as it is."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            *earlier, last = await versions_of(tx, entry_id)
            stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
            if last.entry.status is not Status.RETIRED:
                return stored
            before = next((each.entry for each in reversed(earlier) if each.entry.status is not Status.RETIRED), None)
            status = Status.PUBLISHED if before is None else before.status
            entry = replace(last.entry, status=status)
            if before is not None and not stored.phrases:  # its phrasings were released
                entry = replace(entry, aliases=before.aliases, answers=before.answers)
            return await _put(tx, entry, by, dry_run=dry_run)


def changes(before: Entry, after: Entry) -> Iterator[FieldChange]:
    """Yield the fields that differ, phrasings a line each."""
    old, new = _texts(before), _texts(after)
    for name in old:
        if old[name] != new[name]:
            yield FieldChange(field=name, before=old[name], after=new[name])


def _texts(entry: Entry) -> dict[str, str | None]:
    values = {name: None if value is None else str(value) for name, value in values_of(entry).items()}
    values["answers"] = "\n".join(map(local_text, entry.answers)) or None
    return {"question": values["question"], "aliases": "\n".join(entry.aliases) or None, **values}


def local_text(one: LocalAnswer) -> str:
    """Return a further answer in lines: for whom, how it is asked for, and what it says."""
    return "\n".join([" ".join(filter(None, (one.locale, one.region))), *one.phrasings, one.answer])


def _numbered(entry_id: str, versions: Sequence[EntryVersion], number: int) -> EntryVersion:
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise VersionNotFoundError(entry_id, number, versions[-1].number)
    return found


async def _put(tx: Transaction, entry: Entry, by: By, *, dry_run: bool) -> StoredEntry:
    stored = await get_entry(tx, entry.id, audience=Audience.INTERNAL)
    saved = await put(tx, stored, entry, by)
    if dry_run:
        await tx.rollback()
    return saved

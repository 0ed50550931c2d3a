"""Store who did what, and read the versions of an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from bot.core.fields import OF_ENTRY, fields_of
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Source, Status
from bot.store.database import Transaction
from bot.store.entries import as_json, get_entry
from bot.store.records import AuditRecord
from bot.store.tables import AuditRow, EntryRevisionRow


async def append(tx: Transaction, record: AuditRecord) -> None:
    """Add one line to the log."""
    tx.add(AuditRow(**_columns(record)))


async def append_all(tx: Transaction, records: Sequence[AuditRecord]) -> None:
    """Add lines to the log in one statement, at least one."""
    await tx.execute(insert(AuditRow), [_columns(record) for record in records])


def _columns(record: AuditRecord) -> dict[str, Any]:
    sides = {"before": record.before, "after": record.after}
    return fields_of(record) | {name: None if side is None else dict(side) for name, side in sides.items()}


async def read(tx: Transaction, name: str) -> tuple[AuditRecord, ...]:
    """Return what was done to an object, oldest first."""
    rows = await tx.scalars(select(AuditRow).where(AuditRow.object == name).order_by(AuditRow.id))
    return tuple(map(_record, rows))


async def read_last(tx: Transaction, name: str) -> AuditRecord | None:
    """Return what was done to an object last."""
    row = await tx.scalar(select(AuditRow).where(AuditRow.object == name).order_by(AuditRow.id.desc()).limit(1))
    return None if row is None else _record(row)


def _record(row: AuditRow) -> AuditRecord:
    return AuditRecord(
        actor=row.actor,
        action=row.action,
        object=row.object,
        at=row.at,
        reason=row.reason,
        before=row.before,
        after=row.after,
    )


_DAYS = ("review_by", "valid_until")
_SOURCE_DAYS = ("published", "updated")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVersion:
    """One version of an entry, and who made it, when and why, as far as the log still has that."""

    number: int
    entry: Entry
    actor: str | None = None
    at: datetime | None = None
    reason: str | None = None


async def versions_of(tx: Transaction, entry_id: str) -> tuple[EntryVersion, ...]:
    """Return all versions of an entry, oldest first."""
    stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
    columns = (EntryRevisionRow.version, EntryRevisionRow.content)
    query = select(*columns).where(EntryRevisionRow.entry_id == entry_id).order_by(EntryRevisionRow.version)
    contents = [(number, content) for number, content in await tx.execute(query)]
    contents.append((stored.version, as_json(stored)))
    # A line of the log for each version; those that were removed are missing at its beginning.
    lines = (await read(tx, f"entry:{entry_id}"))[-len(contents) :]
    made: Mapping[int, AuditRecord] = dict(
        zip(reversed([number for number, _ in contents]), reversed(lines), strict=False)
    )
    return tuple(_version(entry_id, number, content, made.get(number)) for number, content in contents)


def _version(entry_id: str, number: int, content: Mapping[str, Any], made: AuditRecord | None) -> EntryVersion:
    entry = _entry(entry_id, content)
    if made is None:
        return EntryVersion(number=number, entry=entry)
    return EntryVersion(number=number, entry=entry, actor=made.actor, at=made.at, reason=made.reason)


def _entry(entry_id: str, content: Mapping[str, Any]) -> Entry:
    """Return the entry that an earlier version was, with what was not known of entries at that time left out."""
    names = {field.name for field in fields(Entry)} & content.keys() & (OF_ENTRY.keys() - {"id"})
    values = {name: content[name] for name in names}
    values |= {name: _day(content.get(name)) for name in _DAYS}
    source: dict[str, Any] = {**content["source"]}
    source |= {name: _day(source.get(name)) for name in _SOURCE_DAYS}
    locale = values["locale"]
    phrases = [each["text"] for each in content["phrases"] if each.get("locale", locale) == locale]
    answers = (LocalAnswer(**{**one, "aliases": tuple(one["aliases"])}) for one in content.get("answers", ()))
    values |= {"audience": Audience(values["audience"]), "status": Status(values["status"])}
    whole = Entry(id=entry_id, source=Source(**source), **values)
    never = tuple(content.get("never", ()))
    return replace(whole, aliases=tuple(phrases[1:]), answers=tuple(answers), never=never)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)

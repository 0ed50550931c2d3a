"""Write entries: every change leaves the earlier version and a line in the audit log."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update

from bot.core.models import Audience, Origin
from bot.store import audit
from bot.store.contents import as_json, columns_of
from bot.store.database import Transaction, chunks
from bot.store.entries import read
from bot.store.phrases import phrases_of, replace_phrases
from bot.store.records import AuditRecord, Change, Draft, Phrase, StoredEntry
from bot.store.tables import EntryRevisionRow, EntryRow
from bot.store.vectors import drop_unsaid


async def save_entry(tx: Transaction, draft: Draft, *, change: Change) -> StoredEntry:
    """Insert or update one entry."""
    return (await save_entries(tx, [draft], change=change))[0]


async def save_entries(tx: Transaction, drafts: Sequence[Draft], *, change: Change) -> tuple[StoredEntry, ...]:
    """Insert or update entries; phrasings may move between them.

    A phrasing that is left out is removed, and one that says the same as an earlier phrasing of its entry is
    left out. One that belongs to another entry is refused, and then the transaction has to be given up.
    """
    before = await _stored(tx, drafts)
    phrased = [
        phrases_of(
            draft.entry,
            known=_known(before.get(draft.entry.id)),
            origin=draft.origin,
            approved_by=None if draft.origin is Origin.IMPORT else change.actor,
        )
        for draft in drafts
    ]
    await _write_entries(tx, drafts, before, change)
    await replace_phrases(tx, phrased)
    after = await _stored(tx, drafts)
    await drop_unsaid(tx, [stored.entry for stored in after.values()])
    for entry_id, stored in after.items():
        await _record(tx, before.get(entry_id), stored, change)
    return tuple(after[draft.entry.id] for draft in drafts)


async def _stored(tx: Transaction, drafts: Sequence[Draft]) -> dict[str, StoredEntry]:
    found: dict[str, StoredEntry] = {}
    for some in chunks([draft.entry.id for draft in drafts]):
        stored = await read(tx, EntryRow.id.in_(some), audience=Audience.INTERNAL)
        found |= {one.entry.id: one for one in stored}
    return found


def _known(stored: StoredEntry | None) -> tuple[Phrase, ...]:
    return () if stored is None else stored.phrases


async def _write_entries(
    tx: Transaction, drafts: Sequence[Draft], before: Mapping[str, StoredEntry], change: Change
) -> None:
    added, changed = [], []
    for draft in drafts:
        old = before.get(draft.entry.id)
        imported = draft.imported if draft.imported or not old else old.imported
        columns = columns_of(draft.entry, imported)
        columns |= {"content_version": change.content_version, "updated_at": change.at}
        if old is None:
            added.append(columns | {"version": 1, "created_at": change.at})
        else:
            changed.append(columns | {"version": old.version + 1})
    if added:
        await tx.execute(insert(EntryRow), added)
    if changed:
        await tx.execute(update(EntryRow), changed)


async def _record(tx: Transaction, old: StoredEntry | None, new: StoredEntry, change: Change) -> None:
    before, after = None, as_json(new)
    if old is not None:
        whole = as_json(old)
        tx.add(_revision(old, whole, change))
        different = [name for name in after if whole[name] != after[name]]
        before, after = {name: whole[name] for name in different}, {name: after[name] for name in different}
    record = AuditRecord(
        actor=change.actor,
        action="add" if old is None else "change",
        object=f"entry:{new.entry.id}",
        at=change.at,
        reason=change.reason,
        before=before,
        after=after,
    )
    await audit.append(tx, record)


def _revision(old: StoredEntry, content: dict[str, Any], change: Change) -> EntryRevisionRow:
    return EntryRevisionRow(
        entry_id=old.entry.id,
        version=old.version,
        content=content,
        replaced_by=change.actor,
        replaced_at=change.at,
        reason=change.reason,
    )

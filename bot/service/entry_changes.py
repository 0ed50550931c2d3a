"""Change single entries, in a transaction that has the content locked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.core.models import Audience, Entry, Origin, Status
from bot.core.searching.text import normalise
from bot.errors import EntryExistsError, EntryNotFoundError, PhraseTakenError
from bot.formats.titles import slug
from bot.service.fields import checked, checked_alias, with_changes
from bot.store import Transaction
from bot.store.entries import begin_change, get_entry
from bot.store.entry_changes import save_entry
from bot.store.records import Draft, StoredEntry


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

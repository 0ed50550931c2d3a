"""Show how entries changed, and bring earlier versions back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Status
from bot.errors import VersionNotFoundError
from bot.service import Clock, entry_changes
from bot.service.entry_changes import By, values_of
from bot.store import Database, Transaction
from bot.store.entries import get_entry, lock_content
from bot.store.records import StoredEntry
from bot.store.revisions import EntryVersion, versions_of


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
        """Store an earlier version once more, without a number the one before the last; the history stays."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            versions = await versions_of(tx, entry_id)
            wanted = versions[-1].number - 1 if version is None else version
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
    values["answers"] = "\n".join(map(_local, entry.answers)) or None
    return {"question": values["question"], "aliases": "\n".join(entry.aliases) or None, **values}


def _local(one: LocalAnswer) -> str:
    """Return a further answer in lines: for whom, how it is asked for, and what it says."""
    return "\n".join([" ".join(filter(None, (one.locale, one.region))), *one.phrasings, one.answer])


def _numbered(entry_id: str, versions: Sequence[EntryVersion], number: int) -> EntryVersion:
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise VersionNotFoundError(entry_id, number, versions[-1].number)
    return found


async def _put(tx: Transaction, entry: Entry, by: By, *, dry_run: bool) -> StoredEntry:
    stored = await get_entry(tx, entry.id, audience=Audience.INTERNAL)
    put = await entry_changes.put(tx, stored, entry, by)
    if dry_run:
        await tx.rollback()
    return put

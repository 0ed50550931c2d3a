"""Synchronise a folder with the store."""

from collections.abc import Mapping, Sequence

from bot.core.models import Audience, Entry, Status
from bot.formats import Document
from bot.service import Clock
from bot.service.import_plan import Edits
from bot.service.imports import ImportReport, ImportService
from bot.store import Database, Transaction, audit
from bot.store.entries import list_entries, lock_content
from bot.store.records import AuditRecord, StoredEntry


class SyncService:
    """Bring in what a folder says, and return what it is to say.

    The audit log has which version of each entry the folder had last. What differs from that in the folder was
    changed there, and what differs from it here was changed here.
    """

    def __init__(self, *, database: Database, imports: ImportService, clock: Clock) -> None:
        self._database = database
        self._imports = imports
        self._clock = clock

    async def bring_in(
        self,
        documents: Sequence[Document],
        *,
        source: str,
        actor: str,
        edits: Edits = Edits.KEPT,
        dry_run: bool = False,
    ) -> ImportReport:
        """Import what was changed in a folder, and retire what was taken out of it, unless that was edited here."""
        async with self._database.snapshot() as tx:
            bases = await _bases(tx, source)
        return await self._imports.import_documents(
            documents, source=source, actor=actor, prune=True, edits=edits, bases=bases, dry_run=dry_run
        )

    async def contents(self, *, source: str) -> tuple[StoredEntry, ...]:
        """Return the entries of a folder and those that people added here, without what is retired."""
        async with self._database.snapshot() as tx:
            return await _contents(tx, source)

    async def planned(self, report: ImportReport, *, source: str) -> list[Entry]:
        """Return what `contents` would have after an import that was only tried."""
        entries = {each.entry.id: each.entry for each in await self.contents(source=source)}
        return list(filter(_is_live, (entries | {each.id: each for each in report.entries}).values()))

    async def note_written(self, written: Sequence[StoredEntry], *, source: str, actor: str) -> None:
        """Store which versions a folder has now, and which it had of entries that are retired."""
        versions = {each.entry.id: each.version for each in written}
        async with self._database.transaction() as tx:
            await lock_content(tx)
            last = await audit.read_last(tx, _name_of(source))
            given = _given(last)
            for each in await list_entries(tx, audience=Audience.INTERNAL):
                if each.entry.id in given and not _is_live(each.entry):
                    versions[each.entry.id] = each.version
            if last is None or last.after != versions:
                record = AuditRecord(
                    actor=actor, action="synced", object=_name_of(source), at=self._clock(), after=versions
                )
                await audit.append(tx, record)


async def _bases(tx: Transaction, source: str) -> dict[str, Entry]:
    """Return what each entry of a folder was when that was written last; those that it lacks were retired."""
    given = _given(await audit.read_last(tx, _name_of(source)))
    bases: dict[str, Entry] = {}
    for stored in await list_entries(tx, audience=Audience.INTERNAL):
        version = given.get(stored.entry.id)
        if version == stored.version:
            bases[stored.entry.id] = stored.entry
        elif version is not None and _is_from(stored, source):
            versions = await audit.versions_of(tx, stored.entry.id)
            bases[stored.entry.id] = next(each.entry for each in versions if each.number == version)
    return bases


def _given(last: AuditRecord | None) -> Mapping[str, int]:
    return {} if last is None or last.after is None else last.after


async def _contents(tx: Transaction, source: str) -> tuple[StoredEntry, ...]:
    stored = await list_entries(tx, audience=Audience.INTERNAL)
    return tuple(each for each in stored if _is_from(each, source) and _is_live(each.entry))


def _is_from(stored: StoredEntry, source: str) -> bool:
    return stored.imported is None or stored.imported.source == source


def _is_live(entry: Entry) -> bool:
    return entry.status is not Status.RETIRED


def _name_of(source: str) -> str:
    return f"sync:{source}"

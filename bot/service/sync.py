"""Synchronise a folder with the store."""

from collections.abc import Mapping, Sequence

from bot.core.models import Audience, Entry, Status
from bot.formats import Document
from bot.service import Clock
from bot.service.imports import ImportReport, ImportService
from bot.store import Database, Transaction, audit
from bot.store.entries import list_entries, lock_content
from bot.store.records import AuditRecord, StoredEntry


class SyncService:
    """Bring in what a folder says, and return what it is to say.

    The audit log has which version of each entry the folder had last. Of one that has not changed here since, the
    folder may change everything; of any other, what people edited stays.
    """

    def __init__(self, *, database: Database, imports: ImportService, clock: Clock) -> None:
        self._database = database
        self._imports = imports
        self._clock = clock

    async def bring_in(
        self, documents: Sequence[Document], *, source: str, actor: str, dry_run: bool = False
    ) -> ImportReport:
        """Import what a folder has, and retire what it has no longer, unless that was edited here."""
        async with self._database.snapshot() as tx:
            last = await audit.read_last(tx, _name_of(source))
            stored = await list_entries(tx, audience=Audience.INTERNAL)
        given: Mapping[str, int] = {} if last is None or last.after is None else last.after
        settled = {each.entry.id for each in stored if given.get(each.entry.id) == each.version}
        return await self._imports.import_documents(
            documents, source=source, actor=actor, prune=True, settled=settled, dry_run=dry_run
        )

    async def contents(self, *, source: str) -> tuple[StoredEntry, ...]:
        """Return the entries of a folder and those that people added here, without what is retired."""
        async with self._database.snapshot() as tx:
            return await _contents(tx, source)

    async def note_written(self, written: Sequence[StoredEntry], *, source: str, actor: str) -> None:
        """Store which versions a folder has now."""
        versions = {each.entry.id: each.version for each in written}
        async with self._database.transaction() as tx:
            await lock_content(tx)
            last = await audit.read_last(tx, _name_of(source))
            if last is None or last.after != versions:
                record = AuditRecord(
                    actor=actor, action="synced", object=_name_of(source), at=self._clock(), after=versions
                )
                await audit.append(tx, record)


async def _contents(tx: Transaction, source: str) -> tuple[StoredEntry, ...]:
    stored = await list_entries(tx, audience=Audience.INTERNAL)
    return tuple(each for each in stored if _is_from(each, source) and _is_live(each.entry))


def _is_from(stored: StoredEntry, source: str) -> bool:
    return stored.imported is None or stored.imported.source == source


def _is_live(entry: Entry) -> bool:
    return entry.status is not Status.RETIRED


def _name_of(source: str) -> str:
    return f"sync:{source}"

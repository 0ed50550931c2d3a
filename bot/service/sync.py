"""Synchronise a folder with the store."""

from collections.abc import Collection, Mapping, Sequence

from bot.core.models import Audience, Entry, Status
from bot.formats import Document, collect
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

    async def bring_in(  # noqa: PLR0913  # what may be said of it
        self,
        documents: Sequence[Document],
        *,
        source: str,
        actor: str,
        edits: Edits = Edits.KEPT,
        adopt: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Import what was changed in a folder, and retire what was taken out of it, unless that was edited here.

        To `adopt` is to let it have entries that were imported without a source: they go by their last import.
        """
        collected = collect(documents, audience=Audience.PUBLIC)
        adopted = {each.entry.id for each in collected.entries} if adopt else set()
        async with self._database.snapshot() as tx:
            bases = await _bases(tx, source, adopted)
        return await self._imports.import_collected(
            collected, source=source, actor=actor, prune=True, edits=edits, bases=bases, dry_run=dry_run
        )

    async def contents(self, *, source: str, adopt: bool = False) -> tuple[StoredEntry, ...]:
        """Return the entries of a folder and those that people added here, without what is retired."""
        async with self._database.snapshot() as tx:
            return await _contents(tx, source, adopt=adopt)

    async def count_apart(self, *, source: str) -> int:
        """Return how many entries were imported without a source, and are not in a folder."""
        async with self._database.snapshot() as tx:
            return len(await _contents(tx, source, adopt=True)) - len(await _contents(tx, source, adopt=False))

    async def planned(self, report: ImportReport, *, source: str, adopt: bool = False) -> list[Entry]:
        """Return what `contents` would have after an import that was only tried."""
        entries = {each.entry.id: each.entry for each in await self.contents(source=source, adopt=adopt)}
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


async def _bases(tx: Transaction, source: str, adopted: Collection[str]) -> dict[str, Entry]:
    """Return what each entry of a folder was when that was written last; those that it lacks were retired."""
    given = _given(await audit.read_last(tx, _name_of(source)))
    bases: dict[str, Entry] = {}
    for stored in await list_entries(tx, audience=Audience.INTERNAL):
        name = stored.entry.id
        version = given.get(name)
        if version == stored.version:
            bases[name] = stored.entry
        elif version is not None and _is_from(stored, source, given):
            versions = await audit.versions_of(tx, name)
            bases[name] = next(each.entry for each in versions if each.number == version)
        elif name in adopted and _has_no_source(stored):
            first, *others = await audit.versions_of(tx, name)
            bases[name] = [first, *(each for each in others if each.reason == "import")][-1].entry
    return bases


def _given(last: AuditRecord | None) -> Mapping[str, int]:
    return {} if last is None or last.after is None else last.after


async def _contents(tx: Transaction, source: str, *, adopt: bool) -> tuple[StoredEntry, ...]:
    given = _given(await audit.read_last(tx, _name_of(source)))
    live = [each for each in await list_entries(tx, audience=Audience.INTERNAL) if _is_live(each.entry)]
    return tuple(each for each in live if _is_from(each, source, given) or (adopt and _has_no_source(each)))


def _is_from(stored: StoredEntry, source: str, given: Collection[str]) -> bool:
    """Return whether an entry is of a folder, which may have adopted it."""
    if stored.imported is None or stored.imported.source == source:
        return True
    return _has_no_source(stored) and stored.entry.id in given


def _has_no_source(stored: StoredEntry) -> bool:
    return stored.imported is not None and stored.imported.source is None


def _is_live(entry: Entry) -> bool:
    return entry.status is not Status.RETIRED


def _name_of(source: str) -> str:
    return f"sync:{source}"

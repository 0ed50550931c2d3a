"""Show the entries and change them one by one."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.core.models import Audience, Entry, Status
from bot.service import Clock, entry_changes
from bot.service.deliveries import plan_corrections
from bot.service.entry_changes import By
from bot.service.periods import USUAL, Periods
from bot.store import Database, Transaction
from bot.store.entries import EVERY_ENTRY, get_entry, list_entries, lock_content
from bot.store.records import EntryFilter, StoredEntry

__all__ = ["Catalogue", "EntryFilter", "StoredEntry"]


class Catalogue:
    """List, show and change entries; a dry run of a change returns or refuses the same, and keeps nothing of it."""

    def __init__(self, *, database: Database, clock: Clock, periods: Periods = USUAL) -> None:
        self._database = database
        self._clock = clock
        self._periods = periods

    async def list(
        self, wanted: EntryFilter = EVERY_ENTRY, *, audience: Audience = Audience.INTERNAL
    ) -> tuple[StoredEntry, ...]:
        """Return the entries that a filter lets through, sorted by id."""
        async with self._database.snapshot() as tx:
            return await list_entries(tx, audience=audience, wanted=wanted)

    async def show(self, entry_id: str, *, audience: Audience = Audience.INTERNAL) -> StoredEntry:
        """Return one entry."""
        async with self._database.snapshot() as tx:
            return await get_entry(tx, entry_id, audience=audience)

    async def add(self, entry: Entry, *, actor: str, dry_run: bool = False) -> StoredEntry:
        """Add an entry under an id that nobody has; one without an id gets one made from its question."""
        async with self._changing(dry_run=dry_run) as tx:
            named = entry if entry.id else replace(entry, id=await entry_changes.free_id(tx, entry.question))
            return await entry_changes.add(tx, named, By(actor=actor, at=self._clock()))

    async def edit(  # noqa: PLR0913  # what a moderator may say of a change
        self,
        entry_id: str,
        changes: Mapping[str, str | None],
        *,
        actor: str,
        reason: str | None = None,
        correct: bool = False,
        dry_run: bool = False,
    ) -> StoredEntry:
        """Change fields, named as in a file (`source.url` too); None empties one that may be empty.

        To `correct` is to tell everybody who was lately given another answer than the entry now has.
        """
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._changing(dry_run=dry_run) as tx:
            stored = await entry_changes.change(tx, entry_id, changes, by)
            if correct:
                await plan_corrections(tx, stored, by, periods=self._periods)
            return stored

    async def add_alias(self, entry_id: str, text: str, *, actor: str, dry_run: bool = False) -> StoredEntry:
        """Add a phrasing to an entry; nothing changes when it has an equal one."""
        async with self._changing(dry_run=dry_run) as tx:
            stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
            return await entry_changes.add_alias(tx, stored, text, By(actor=actor, at=self._clock()))

    async def retire(
        self, entry_id: str, *, actor: str, reason: str | None = None, correct: bool = False, dry_run: bool = False
    ) -> StoredEntry:
        """Retire an entry, so that it is not answered with; it keeps its id and its phrasings."""
        retired = {"status": Status.RETIRED}
        return await self.edit(entry_id, retired, actor=actor, reason=reason, correct=correct, dry_run=dry_run)

    @asynccontextmanager
    async def _changing(self, *, dry_run: bool) -> AsyncIterator[Transaction]:
        """Open a transaction in which what was looked at stays as it is until it is changed; a dry run gives it up."""
        async with self._database.transaction() as tx:
            await lock_content(tx)
            yield tx
            if dry_run:
                await tx.rollback()

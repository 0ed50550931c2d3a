"""Show the entries and change them one by one."""

from collections.abc import Mapping

from bot.core.models import Audience, Entry
from bot.service import Clock
from bot.store import Database
from bot.store.entries import EVERY_ENTRY
from bot.store.records import EntryFilter, StoredEntry


class Catalogue:
    """List, show and change entries."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(
        self, wanted: EntryFilter = EVERY_ENTRY, *, audience: Audience = Audience.INTERNAL
    ) -> tuple[StoredEntry, ...]:
        """Return the entries that a filter lets through, sorted by id."""
        raise NotImplementedError

    async def show(self, entry_id: str, *, audience: Audience = Audience.INTERNAL) -> StoredEntry:
        """Return one entry."""
        raise NotImplementedError

    async def add(self, entry: Entry, *, actor: str) -> StoredEntry:
        """Add an entry under an id that nobody has."""
        raise NotImplementedError

    async def edit(
        self, entry_id: str, changes: Mapping[str, str | None], *, actor: str, reason: str | None = None
    ) -> StoredEntry:
        """Change fields, named as in a file (`source.url` too); None empties one that may be empty."""
        raise NotImplementedError

    async def add_alias(self, entry_id: str, text: str, *, actor: str) -> StoredEntry:
        """Give an entry one more phrasing; nothing changes when it has one that says the same."""
        raise NotImplementedError

    async def retire(self, entry_id: str, *, actor: str, reason: str | None = None) -> StoredEntry:
        """Take an entry out of what can be answered; it keeps its id and its phrasings."""
        raise NotImplementedError

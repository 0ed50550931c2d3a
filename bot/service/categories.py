"""List the categories of entries, find one by what somebody types, and rename it."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from bot.core.models import Audience
from bot.errors import CategoryNotFoundError
from bot.service import Clock, entry_changes
from bot.service.entry_changes import By
from bot.store import Database
from bot.store.categories import count_categories
from bot.store.entries import list_entries, lock_content
from bot.store.records import StoredEntry

# Of 100 for the same name; a slip or two of the keys leaves more than this.
_SIMILAR, _MOST_SIMILAR = 70, 3


class CategoryService:
    """List and rename categories; case and blanks make no difference to which one is meant."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def counts(self) -> Mapping[str | None, int]:
        """Return how many entries each category has."""
        async with self._database.snapshot() as tx:
            return await count_categories(tx)

    async def spellings(self, name: str) -> frozenset[str]:
        """Return the ways in which the category is written that somebody means, or refuse what is none."""
        return _spellings(name, await self.counts())

    async def rename(self, old: str, new: str, *, actor: str, reason: str | None = None) -> tuple[StoredEntry, ...]:
        """Move all entries of a category to another one, and return those that this changed."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            meant = _spellings(old, await count_categories(tx))
            stored = await list_entries(tx, audience=Audience.INTERNAL)
            theirs = [each for each in stored if each.entry.category in meant]
            changed = [await entry_changes.change(tx, each.entry.id, {"category": new}, by) for each in theirs]
            return tuple(one for one, before in zip(changed, theirs, strict=True) if one.version != before.version)


def _spellings(name: str, known: Iterable[str | None]) -> frozenset[str]:
    names = [each for each in known if each is not None]
    found = frozenset(each for each in names if _folded(each) == _folded(name))
    if found:
        return found
    near = process.extract(
        name, names, scorer=fuzz.ratio, processor=_folded, limit=_MOST_SIMILAR, score_cutoff=_SIMILAR
    )
    raise CategoryNotFoundError(name, tuple(each for each, _, _ in near))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())

"""Bring the entries of FAQ files into the store, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.models import Audience
from bot.formats import Document, Merged
from bot.service import Clock
from bot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Name an entry of an import, and the file and line of its (first) record."""

    id: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Name an entry of which these fields stayed as moderators wrote them, although the file has others."""

    id: str
    place: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Say what an import did, or would do: each entry is new, changed or unchanged, and may be merged or kept too."""

    new: tuple[Imported, ...]
    changed: tuple[Imported, ...]
    unchanged: tuple[Imported, ...]
    merged: tuple[Merged, ...]
    kept: tuple[Kept, ...]


class ImportService:
    """Import FAQ files."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def import_documents(
        self,
        documents: Sequence[Document],
        *,
        source: str | None = None,
        audience: Audience = Audience.PUBLIC,
        actor: str,
        dry_run: bool = False,
    ) -> ImportReport:
        """Write what is new and what changed; raise an error with all problems when there is one.

        `audience` is for records that name none. A dry run writes nothing and returns the same report.
        """
        raise NotImplementedError

"""Turn what somebody replied into an entry: at once for a moderator, as a suggestion or a draft for anybody else."""

import logging
from dataclasses import dataclass, replace

from bot.core.models import Entry, Status
from bot.errors import EntryUnfitError, ItemClosedError, ItemNotFoundError
from bot.service.catalogue import Catalogue
from bot.service.reviewing import ReviewService

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Say what became of a reply: an entry, for an item or without one, or a suggestion for an item."""

    entry_id: str | None = None
    status: Status | None = None
    item_id: str | None = None
    told: int = 0


class DraftService:
    """Keep what people make of replies; `item_id` is the item of the question that was replied to, if it has one."""

    def __init__(self, *, catalogue: Catalogue, reviewing: ReviewService) -> None:
        self._catalogue = catalogue
        self._reviewing = reviewing

    async def save(self, entry: Entry, *, item_id: str | None, actor: str) -> Drafted:
        """Add an entry that a moderator wrote, and link the item with it, if that is open and its askers may read it.

        The entry stands even where the item was closed meanwhile.
        """
        stored = (await self._catalogue.add(entry, actor=actor)).entry
        saved = Drafted(entry_id=stored.id, status=stored.status)
        if item_id is None:
            return saved
        try:
            linked = await self._reviewing.link(item_id, stored.id, actor=actor)
        except (ItemClosedError, ItemNotFoundError, EntryUnfitError) as error:
            _log.info("An entry was not linked", extra={"item_id": item_id, "reason": type(error).__name__})
            return saved
        return replace(saved, item_id=item_id, told=linked.told)

    async def propose(self, entry: Entry, *, item_id: str | None, actor: str) -> Drafted:
        """Suggest an answer for the item, or leave a draft where there is none that is open."""
        if item_id is not None:
            try:
                await self._reviewing.suggest(item_id, answer=entry.answer, question=entry.question, actor=actor)
            except (ItemClosedError, ItemNotFoundError):
                _log.info("A suggestion came too late and is left as a draft", extra={"item_id": item_id})
            else:
                return Drafted(item_id=item_id)
        stored = await self._catalogue.add(replace(entry, status=Status.DRAFT), actor=actor)
        return Drafted(entry_id=stored.entry.id, status=stored.entry.status)

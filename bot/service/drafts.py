"""Turn what somebody replied into an entry, and close with it the item of the question that was replied to."""

import logging
from dataclasses import dataclass

from bot.core.models import Entry
from bot.errors import EntryUnfitError, ItemClosedError, ItemNotFoundError
from bot.service.catalogue import Catalogue
from bot.service.review import Reviewed, ReviewService

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The entry that was made, and the outcome of the item that it answers, if there is one."""

    entry: Entry
    done: Reviewed | None = None


class DraftService:
    """Make entries of replies."""

    def __init__(self, *, catalogue: Catalogue, review: ReviewService) -> None:
        self._catalogue = catalogue
        self._review = review

    async def save(self, entry: Entry, *, item_id: str | None, actor: str) -> Drafted:
        """Add an entry, and link an item with it if that is open and those who asked may read it.

        The entry stands even where the item was closed meanwhile.
        """
        stored = (await self._catalogue.add(entry, actor=actor)).entry
        if item_id is None:
            return Drafted(entry=stored)
        try:
            return Drafted(entry=stored, done=await self._review.link(item_id, stored.id, actor=actor))
        except (ItemClosedError, ItemNotFoundError, EntryUnfitError) as error:
            _log.info("review.link.failed", extra={"item_id": item_id, "reason": type(error).__name__})
            return Drafted(entry=stored)

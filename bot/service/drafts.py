"""Store what moderators wrote until they save it, and turn what somebody replied into an entry.

- A draft is kept until its author has seen what it would change, and no longer than a quarter of an hour.
- It survives a restart, and any process on the same store has it.
- It belongs to its author, and to what they wrote it about in the version that they saw.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.core.models import Entry
from bot.errors import EntryUnfitError, ItemClosedError, ItemNotFoundError
from bot.service.catalogue import Catalogue
from bot.service.deliveries import key_of
from bot.service.review import ReviewService
from bot.service.review_queue import Reviewed
from bot.store import Database
from bot.store.drafts import LIFETIME, drop, put, take

_log = logging.getLogger(__name__)
_KIND = "draft"


class DraftKind(StrEnum):
    """What a draft is to become."""

    ANSWER = "answer"
    LINK = "link"
    ENTRY = "entry"
    EDIT = "edit"
    RETIRE = "retire"
    CORRECT = "correct"
    ADD_PHRASING = "phrase"
    REMOVE_PHRASING = "unphrase"
    ACCEPT = "accept"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratorDraft:
    """What a moderator filled in, by the names of the fields; `seen` is the version of the item or entry that they saw.

    `accepted` is the suggestion that they began with. `entry_id` is the entry that is to change, and `question_id` the
    question that it was the answer to.
    """

    kind: DraftKind
    values: Mapping[str, str] = field(default_factory=dict)
    item_id: str = ""
    seen: int | None = None
    accepted: str | None = None
    entry_id: str = ""
    question_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The entry that was made, and the outcome of the item that it answers, if there is one."""

    entry: Entry
    done: Reviewed | None = None


class DraftService:
    """Store drafts, and make entries of replies."""

    def __init__(self, *, database: Database, catalogue: Catalogue, review: ReviewService) -> None:
        self._database = database
        self._catalogue = catalogue
        self._review = review

    async def keep(self, draft: ModeratorDraft, *, actor: str, about: tuple[str, ...]) -> None:
        """Store a draft in place of what its author wrote about the same before."""
        async with self._database.transaction() as tx:
            await drop(tx, older=LIFETIME)
            await put(tx, key_of(_KIND, actor, *about), json.dumps(asdict(draft)))

    async def take(self, *, actor: str, about: tuple[str, ...]) -> ModeratorDraft | None:
        """Return a draft and remove it; None where its author has none, or not any more."""
        async with self._database.transaction() as tx:
            await drop(tx, older=LIFETIME)
            content = await take(tx, key_of(_KIND, actor, *about))
        if content is None:
            return None
        stored = json.loads(content)
        return ModeratorDraft(**{**stored, "kind": DraftKind(stored["kind"])})

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

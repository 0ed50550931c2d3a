"""Define an item of the review with all that is known of it, and what became of one."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.deciding.differences import SortedWordings
from bot.core.models import ItemStatus
from bot.core.review import ReviewItem
from bot.service.resolutions import Act, Proposal, close, set_apart
from bot.store.feedback import Suggestion, Taken
from bot.store.items import get_item
from bot.store.records import AuditRecord, StoredEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An item with its suggestions and its history."""

    item: ReviewItem
    suggestions: tuple[Suggestion, ...]
    history: tuple[AuditRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An item after an action, the entry that answers it if one does, and how many people are notified.

    `apart` is the item that keeps open what differs from the entry.
    """

    item: ReviewItem
    entry: StoredEntry | None = None
    told: int = 0
    wordings: SortedWordings | None = None
    apart: str | None = None


async def resolved(  # noqa: PLR0913  # how an item is closed
    act: Act,
    status: ItemStatus,
    stored: StoredEntry,
    proposal: Proposal,
    *,
    is_taken: Taken,
    accepted: str | None,
    lasting: timedelta,
) -> Reviewed:
    """Close an item with an entry; what differs from that stays open."""
    apart = await set_apart(act, proposal.wordings)
    told = await close(
        act,
        status,
        stored=stored,
        is_taken=is_taken,
        accepted=accepted,
        lasting=lasting,
        aliases=list(proposal.aliases),
    )
    item = await get_item(act.tx, act.item.id, at=act.by.at)
    return Reviewed(item=item, entry=stored, told=told, wordings=proposal.wordings, apart=apart)

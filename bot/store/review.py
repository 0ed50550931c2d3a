"""Define which review items the store is asked for, and a page of them."""

from dataclasses import dataclass

from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.review import ReviewItem

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items are wanted, and from which position on; without a status, those of any."""

    status: ItemStatus | None = ItemStatus.OPEN
    kind: ItemKind | None = None
    audience: Audience | None = None
    platform: str | None = None
    assignee: str | None = None
    first: int = 0
    limit: int = MOST_ITEMS


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items of a list, and how many there are in all."""

    items: tuple[ReviewItem, ...]
    total: int

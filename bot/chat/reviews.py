"""Reject an action on a review item that changed since the moderator saw it."""

from bot.core.review import ReviewItem
from bot.errors import ItemChangedError, ItemClosedError
from bot.service.review import Review


def item_as_seen(review: Review, seen: int | None) -> ReviewItem:
    """Return an item that is open and that nobody acted on since its reader saw it; refuse any other."""
    item, last = review.item, review.history[-1:]
    if seen not in {None, item.version}:
        raise ItemChangedError(item.id, *((last[0].action, last[0].actor) if last else ("changed", "")))
    if not item.is_open:
        raise ItemClosedError(item.id, item.status, item.resolution.actor if item.resolution else "")
    return item

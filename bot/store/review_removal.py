"""Remove questions from the review; close an item that none is left in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from bot.core.models import DismissReason, ItemStatus
from bot.store.database import Transaction, chunks
from bot.store.questions import row_of
from bot.store.queue import OPEN, begin_version, put_into
from bot.store.tables import QuestionRow, ReviewItemRow, ReviewQueueRow


@dataclass(frozen=True, slots=True)
class Removal:
    """Who had something removed, when and why."""

    actor: str
    at: datetime
    reason: str


async def lock_review(tx: Transaction) -> None:
    """Lock the queue; to lock a question as well, lock the queue first."""
    await tx.execute(select(ReviewQueueRow.id).with_for_update())


async def take_out(tx: Transaction, question_id: str, removal: Removal) -> None:
    """Remove a question from its item, if that is open."""
    version = await begin_version(tx)
    row = await row_of(tx, question_id)
    item = None if row.review_item_id is None else await tx.get(ReviewItemRow, row.review_item_id)
    if item is not None and item.status in OPEN:
        await put_into(tx, None, [row.id], version=version)
        await close_empty(tx, [item.id], version, removal)


async def close_empty(tx: Transaction, items: Sequence[int], version: int, removal: Removal) -> int:
    """Close those of the items that are open and have no question left, and return how many."""
    members = exists().where(QuestionRow.review_item_id == ReviewItemRow.id)
    closed = {"status": ItemStatus.DISMISSED, "reason": DismissReason.OTHER, "note": removal.reason, "version": version}
    by = {"resolved_by": removal.actor, "resolved_at": removal.at}
    count = 0
    for some in chunks(items):
        step = update(ReviewItemRow).where(ReviewItemRow.id.in_(some), ReviewItemRow.status.in_(OPEN), ~members)
        count += len((await tx.scalars(step.values(**closed, **by).returning(ReviewItemRow.id))).all())
    return count

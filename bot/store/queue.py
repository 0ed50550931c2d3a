"""Put questions into review items, and tell what has changed about that."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, or_, select, update

from bot.core.models import Audience, ItemKind, ItemStatus
from bot.store.database import Transaction
from bot.store.questions import row_of
from bot.store.tables import QuestionRow, ReviewItemRow, ReviewQueueRow

OPEN = (ItemStatus.OPEN, ItemStatus.SNOOZED)


class Member(NamedTuple):
    """Hold a question that is or was in the review: `item` is None when it is in no open item, or not any more."""

    question: int
    audience: Audience
    text: str | None
    item: int | None


class Candidate(NamedTuple):
    """Hold a question that is to join the review, and the entry that it was answered with, if it was."""

    question: int
    audience: Audience
    text: str
    entry_id: str | None


async def queue_version(tx: Transaction) -> int:
    """Return the number of the last change of the queue."""
    return (await tx.scalars(select(ReviewQueueRow.version))).one()


async def begin_version(tx: Transaction) -> int:
    """Return the number of the change that this transaction makes; until its end nobody else changes the queue."""
    step = update(ReviewQueueRow).values(version=ReviewQueueRow.version + 1).returning(ReviewQueueRow.version)
    return (await tx.scalars(step)).one()


async def members(tx: Transaction, *, since: int) -> Sequence[Member]:
    """Return the questions whose membership changed after a version, oldest first; after 0, all of the open items."""
    item = case((ReviewItemRow.status.in_(OPEN), ReviewItemRow.id))
    query = select(QuestionRow.id, QuestionRow.audience, QuestionRow.text, item).order_by(QuestionRow.id)
    if not since:
        found = query.join(ReviewItemRow).where(ReviewItemRow.status.in_(OPEN))
    else:
        changed = select(ReviewItemRow.id).where(ReviewItemRow.version > since)
        mine = or_(QuestionRow.review_version > since, QuestionRow.review_item_id.in_(changed))
        found = query.outerjoin(ReviewItemRow).where(mine)
    return [Member(*row) for row in await tx.execute(found)]


async def candidate(tx: Transaction, question_id: str) -> Candidate:
    """Return what decides where a question of the log belongs."""
    row = await row_of(tx, question_id)
    return Candidate(row.id, row.audience, row.text or "", row.entry_id)


async def open_item(tx: Transaction, kind: ItemKind, about: Candidate, *, version: int, at: datetime) -> int:
    """Open a new item and return its number."""
    row = ReviewItemRow(kind=kind, audience=about.audience, entry_id=about.entry_id, status=ItemStatus.OPEN)
    row.version, row.created_at = version, at
    tx.add(row)
    await tx.flush()
    return row.id


async def put_into(tx: Transaction, item: int | None, questions: Sequence[int], *, version: int) -> None:
    """Put questions into an item, or take them out of theirs."""
    step = update(QuestionRow).where(QuestionRow.id.in_(questions))
    await tx.execute(step.values(review_item_id=item, review_version=version))

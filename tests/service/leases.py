"""Move the time for leases and due times, which go by the database's clock and not by that of a test."""

from datetime import timedelta

from sqlalchemy import select

from bot.store import Database
from bot.store.tables import ClaimRow, DeliveryRow, DraftRow, HeldReplyRow, QuestionRow


async def elapse(database: Database, by: timedelta) -> None:
    """Make every question, lease, due time, call and draft older, as if so much time had gone by."""
    async with database.transaction() as tx:
        for asked in await tx.scalars(select(QuestionRow)):
            for name in ("heard_at", "reply_until", "called_at"):
                if (at := getattr(asked, name)) is not None:
                    setattr(asked, name, at - by)
        for delivery in await tx.scalars(select(DeliveryRow)):
            delivery.next_try_at -= by
            delivery.expires_at -= by
            if delivery.sent_at is not None:
                delivery.sent_at -= by
        for held in await tx.scalars(select(HeldReplyRow).where(HeldReplyRow.waits_until.is_not(None))):
            held.waits_until = held.waits_until and held.waits_until - by
        for draft in await tx.scalars(select(DraftRow)):
            draft.written_at -= by
        for claim in await tx.scalars(select(ClaimRow)):
            claim.taken_at -= by
            if claim.until is not None:
                claim.until -= by

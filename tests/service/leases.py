"""Move the time for leases and due times, which go by the database's clock and not by that of a test."""

from datetime import timedelta

from sqlalchemy import select

from bot.store import Database
from bot.store.tables import ClaimRow, DeliveryRow, QuestionRow


async def elapse(database: Database, by: timedelta) -> None:
    """Make every lease, due time and call older, as if so much time had gone by."""
    async with database.transaction() as tx:
        for asked in await tx.scalars(select(QuestionRow)):
            if asked.reply_until is not None:
                asked.reply_until -= by
            if asked.called_at is not None:
                asked.called_at -= by
        for delivery in await tx.scalars(select(DeliveryRow)):
            delivery.next_try_at -= by
            delivery.expires_at -= by
        for claim in await tx.scalars(select(ClaimRow)):
            claim.taken_at -= by
            if claim.until is not None:
                claim.until -= by

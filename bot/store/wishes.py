"""Store what people chose for themselves: their region, and whether they want messages."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.core.manners import OptOut
from bot.store.database import Alone, Transaction, insert_into
from bot.store.deliveries import cancel
from bot.store.tables import DeliveryRow, OptOutRow, QuestionRow, RegionRow


async def region_of(tx: Transaction, author: str) -> str | None:
    """Return the region that somebody chose, empty where it is none of those that were offered, None before that."""
    return await tx.scalar(select(RegionRow.region).where(RegionRow.author == author))


async def put_region(tx: Transaction, author: str, region: str, *, at: datetime) -> None:
    """Store the region of somebody, in the place of an earlier one."""
    values = {"region": region, "chosen_at": at}
    step = insert_into(tx, RegionRow).values(author=author, **values)
    await tx.execute(step.on_conflict_do_update(index_elements=["author"], set_=values))


async def opt_out(tx: Transaction, author: str, extent: OptOut, *, at: datetime) -> int:
    """Send a person nothing more, or nothing unasked at all; return how many messages still waited."""
    step = insert_into(tx, OptOutRow).values(author=author, opted_out_at=at, extent=extent)
    await tx.execute(step.on_conflict_do_update(index_elements=["author"], set_={"extent": extent}))
    return await cancel(tx, DeliveryRow.question_id.in_(select(QuestionRow.id).where(QuestionRow.author == author)))


async def opted_out(tx: Transaction | Alone, author: str) -> OptOut | None:
    """Return what a person opted out of, None where that is nothing."""
    return await tx.scalar(select(OptOutRow.extent).where(OptOutRow.author == author))


async def opt_in(tx: Transaction, author: str) -> bool:
    """Allow messages to a person again; return whether that is a change."""
    step = delete(OptOutRow).where(OptOutRow.author == author).returning(OptOutRow.author)
    return (await tx.scalars(step)).one_or_none() is not None

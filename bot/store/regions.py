"""Store which region people chose; the pseudonym stands for the person."""

from datetime import datetime

from sqlalchemy import select

from bot.store.database import Transaction, insert_into
from bot.store.tables import RegionRow


async def region_of(tx: Transaction, author: str) -> str | None:
    """Return the region that somebody chose, empty where it is none of those that were offered, None before that."""
    return await tx.scalar(select(RegionRow.region).where(RegionRow.author == author))


async def put_region(tx: Transaction, author: str, region: str, *, at: datetime) -> None:
    """Store the region of somebody, in the place of an earlier one."""
    values = {"region": region, "chosen_at": at}
    step = insert_into(tx, RegionRow).values(author=author, **values)
    await tx.execute(step.on_conflict_do_update(index_elements=["author"], set_=values))

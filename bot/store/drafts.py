"""Store what moderators draft, until they save it."""

from datetime import timedelta

from sqlalchemy import delete

from bot.store.columns import from_now, now
from bot.store.database import Transaction, insert_into
from bot.store.tables import DraftRow

LIFETIME = timedelta(minutes=15)
"""For so long a draft is kept."""


async def put(tx: Transaction, key: str, content: str) -> None:
    """Store a draft in place of an earlier one with this key."""
    insertion = insert_into(tx, DraftRow).values(key=key, written_at=now(), content=content)
    newer = {"written_at": insertion.excluded.written_at, "content": insertion.excluded.content}
    await tx.execute(insertion.on_conflict_do_update(index_elements=(DraftRow.key,), set_=newer))


async def take(tx: Transaction, key: str) -> str | None:
    """Remove a draft and return it, None where there is none."""
    step = delete(DraftRow).where(DraftRow.key == key).returning(DraftRow.content)
    return (await tx.scalars(step)).one_or_none()


async def drop(tx: Transaction, *, older: timedelta) -> None:
    """Remove what was written longer ago than that."""
    await tx.execute(delete(DraftRow).where(DraftRow.written_at < from_now(-older)))

"""Read the categories of entries."""

from collections.abc import Mapping

from sqlalchemy import func, select

from bot.store.database import Transaction
from bot.store.tables import EntryRow


async def count_categories(tx: Transaction) -> Mapping[str | None, int]:
    """Return how many entries of any status each category has; None is that of entries without one."""
    query = select(EntryRow.category, func.count()).group_by(EntryRow.category)
    return {name: count for name, count in await tx.execute(query)}  # noqa: C416  # rows are no pairs to mypy

"""Store what people suggest for review items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Update, select, update

from bot.core.models import SuggestionStatus
from bot.errors import SuggestionNotFoundError
from bot.store.database import Transaction
from bot.store.records import from_suggestion_id, to_item_id, to_suggestion_id
from bot.store.tables import SuggestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An answer, or the id of an entry to link, that somebody suggests for an item."""

    id: str
    item_id: str
    suggested_by: str
    suggested_at: datetime
    question: str | None = None
    answer: str | None = None
    entry_id: str | None = None


Taken: TypeAlias = Callable[[Suggestion], bool]
"""Returns whether a moderator accepted a suggestion unchanged."""


async def suggest(  # noqa: PLR0913  # the columns of a suggestion
    tx: Transaction,
    item: int,
    *,
    question: str | None,
    answer: str | None,
    entry_id: str | None,
    actor: str,
    at: datetime,
) -> Suggestion:
    """Store a suggestion."""
    row = SuggestionRow(item_id=item, question=question, answer=answer, entry_id=entry_id)
    row.status, row.suggested_by, row.suggested_at = SuggestionStatus.OPEN, actor, at
    tx.add(row)
    await tx.flush()
    return _suggestion(row)


async def get_suggestion(tx: Transaction, suggestion_id: str) -> Suggestion:
    """Return an open suggestion."""
    number = from_suggestion_id(suggestion_id)
    mine = (SuggestionRow.id == number, SuggestionRow.status == SuggestionStatus.OPEN)
    row = None if number is None else (await tx.scalars(select(SuggestionRow).where(*mine))).one_or_none()
    if row is None:
        raise SuggestionNotFoundError(suggestion_id)
    return _suggestion(row)


async def open_suggestions(tx: Transaction, item: int) -> tuple[Suggestion, ...]:
    """Return what is suggested for an item, oldest first."""
    mine = (SuggestionRow.item_id == item, SuggestionRow.status == SuggestionStatus.OPEN)
    rows = await tx.scalars(select(SuggestionRow).where(*mine).order_by(SuggestionRow.id))
    return tuple(map(_suggestion, rows))


async def close_suggestions(  # noqa: PLR0913  # which, and how they are closed
    tx: Transaction, item: int, *, is_taken: Taken, wanted: str | None, actor: str, at: datetime
) -> list[str]:
    """Close all that is suggested for an item, and return the ids.

    One of those that were taken counts as accepted: the wanted one, else the first.
    """
    found = await open_suggestions(tx, item)
    taken = [one.id for one in found if is_taken(one)]
    accepted = wanted if wanted in taken else next(iter(taken), None)
    closed = [one.id for one in found]
    for suggestion_id in closed:
        status = SuggestionStatus.ACCEPTED if suggestion_id == accepted else SuggestionStatus.CLOSED
        step = update(SuggestionRow).where(SuggestionRow.id == from_suggestion_id(suggestion_id))
        await tx.execute(step.values(status=status, closed_by=actor, closed_at=at))
    return closed


async def move_suggestions(tx: Transaction, suggestion_ids: Sequence[str], *, item: int) -> None:
    """Make suggestions those of another item."""
    await tx.execute(_those(suggestion_ids).values(item_id=item))


async def reopen_suggestions(tx: Transaction, suggestion_ids: Sequence[str]) -> None:
    """Open suggestions again."""
    await tx.execute(_those(suggestion_ids).values(status=SuggestionStatus.OPEN, closed_by=None, closed_at=None))


def _those(suggestion_ids: Sequence[str]) -> Update:
    return update(SuggestionRow).where(SuggestionRow.id.in_([from_suggestion_id(one) for one in suggestion_ids]))


def _suggestion(row: SuggestionRow) -> Suggestion:
    return Suggestion(
        id=to_suggestion_id(row.id),
        item_id=to_item_id(row.item_id),
        suggested_by=row.suggested_by,
        suggested_at=row.suggested_at,
        question=row.question,
        answer=row.answer,
        entry_id=row.entry_id,
    )

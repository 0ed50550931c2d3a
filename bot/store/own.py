"""Tell people how far their questions have come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from bot.core.models import Audience, DecisionKind, ItemStatus, Progress
from bot.store.database import Transaction
from bot.store.short_ids import to_question_id
from bot.store.tables import EntryRow, QuestionRow, ReviewItemRow

_LATER = ReviewItemRow.status.in_([ItemStatus.ANSWERED, ItemStatus.LINKED])
_WAITING = ReviewItemRow.status.in_([ItemStatus.OPEN, ItemStatus.SNOOZED, ItemStatus.MERGED])
_PROGRESS = case(
    (_LATER, Progress.ANSWERED_LATER),
    (_WAITING, Progress.WAITING),
    (QuestionRow.decision == DecisionKind.ANSWERED, Progress.ANSWERED),
    (QuestionRow.decision == DecisionKind.SUGGESTED, Progress.OFFERED),
    else_=Progress.CLOSED,
)
_ENTRY_ID = func.coalesce(ReviewItemRow.resolved_entry_id, QuestionRow.entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """Hold a question as whoever asked it may see it, with the question of the entry that answers it."""

    id: str
    text: str
    asked_at: datetime
    progress: Progress
    entry_id: str | None = None
    title: str | None = None


async def questions_of(tx: Transaction, author: str, *, limit: int) -> tuple[OwnQuestion, ...]:
    """Return the last questions of somebody that are still there, newest first."""
    columns = (QuestionRow.id, QuestionRow.text, QuestionRow.asked_at, _PROGRESS, EntryRow.id, EntryRow.question)
    query = (
        select(*columns)
        .outerjoin(ReviewItemRow, ReviewItemRow.id == QuestionRow.review_item_id)
        .outerjoin(EntryRow, and_(EntryRow.id == _ENTRY_ID, _readable()))
        .where(
            QuestionRow.author == author,
            QuestionRow.text.is_not(None),
            QuestionRow.decision != DecisionKind.IGNORED,
            QuestionRow.shadow.is_(False),
        )
        .order_by(QuestionRow.id.desc())
        .limit(limit)
    )
    return tuple(
        OwnQuestion(
            id=to_question_id(number), text=text, asked_at=at, progress=Progress(progress), entry_id=entry, title=title
        )
        for number, text, at, progress, entry, title in await tx.execute(query)
    )


def _readable() -> ColumnElement[bool]:
    return or_(QuestionRow.audience == Audience.INTERNAL, EntryRow.audience == Audience.PUBLIC)

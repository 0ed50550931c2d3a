"""Show people the state of their own questions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from bot.core.models import Audience, DecisionKind, ItemStatus, MessageRef, Progress, Surface
from bot.store.database import Transaction
from bot.store.questions import ref_of
from bot.store.queue import OPEN, WITH_AN_ENTRY
from bot.store.records import to_question_id
from bot.store.tables import EntryRow, QuestionRow, ReviewItemRow

_LATER = ReviewItemRow.status.in_(WITH_AN_ENTRY)
_WAITING = ReviewItemRow.status.in_([*OPEN, ItemStatus.MERGED])
_PROGRESS = case(
    (_LATER, Progress.ANSWERED_LATER),
    (_WAITING, Progress.WAITING),
    (QuestionRow.decision == DecisionKind.ANSWERED, Progress.ANSWERED),
    (QuestionRow.decision == DecisionKind.SUGGESTED, Progress.OFFERED),
    else_=Progress.CLOSED,
)
# Nobody but who gave a command saw it.
_NO_MESSAGE = frozenset({Surface.COMMAND, Surface.CONSOLE})
_ENTRY_ID = func.coalesce(ReviewItemRow.resolved_entry_id, QuestionRow.entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as its asker may see it, a link to it, and the question of the entry that answers it."""

    id: str
    text: str
    asked_at: datetime
    progress: Progress
    ref: MessageRef | None = None
    entry_id: str | None = None
    title: str | None = None


async def questions_of(tx: Transaction, author: str, *, limit: int) -> tuple[OwnQuestion, ...]:
    """Return the last questions of somebody that are still there, newest first."""
    query = (
        select(QuestionRow, _PROGRESS, EntryRow.id, EntryRow.question)
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
    found = await tx.execute(query)
    return tuple(_own(question, Progress(progress), entry, title) for question, progress, entry, title in found)


def _own(question: QuestionRow, progress: Progress, entry_id: str | None, title: str | None) -> OwnQuestion:
    return OwnQuestion(
        id=to_question_id(question.id),
        text=question.text or "",
        asked_at=question.asked_at,
        progress=progress,
        ref=None if question.surface in _NO_MESSAGE else ref_of(question),
        entry_id=entry_id,
        title=title,
    )


def _readable() -> ColumnElement[bool]:
    return or_(QuestionRow.audience == Audience.INTERNAL, EntryRow.audience == Audience.PUBLIC)

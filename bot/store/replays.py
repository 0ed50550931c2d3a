"""Find questions that were asked before, and what moderators said is right for them."""

from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from bot.core.deciding.replays import Past
from bot.core.models import DecisionKind
from bot.store.database import Transaction
from bot.store.questions import unpacked
from bot.store.queue import WITH_AN_ENTRY
from bot.store.records import to_question_id
from bot.store.tables import GradeRow, QuestionRow, ReviewItemRow

# A decision is reviewed by the first and the runner-up.
_MATCHES = 2
_COLUMNS = (
    QuestionRow.id,
    QuestionRow.text,
    QuestionRow.surface,
    QuestionRow.audience,
    QuestionRow.candidates,
    QuestionRow.scorer_version,
    GradeRow.question_id.label("graded"),
    GradeRow.entry_id.label("graded_entry_id"),
    ReviewItemRow.resolved_entry_id.label("linked_entry_id"),
)
_LINKED = and_(
    ReviewItemRow.id == QuestionRow.review_item_id,
    ReviewItemRow.status.in_(WITH_AN_ENTRY),
)
_LABELLED = or_(GradeRow.question_id.is_not(None), ReviewItemRow.resolved_entry_id.is_not(None))


async def last_questions(tx: Transaction, *, limit: int) -> tuple[Past, ...]:
    """Return the questions of the log whose text was kept, newest first; one text counts once per surface and audience.

    What was no question at all, such as a greeting, is left out.
    """
    return await _newest(tx, limit)


async def last_labelled(tx: Transaction, *, limit: int) -> tuple[Past, ...]:
    """Return the same, of the questions of which a grade or else the answer of their review item says what is right."""
    return await _newest(tx, limit, _LABELLED)


async def _newest(tx: Transaction, limit: int, *conditions: ColumnElement[bool]) -> tuple[Past, ...]:
    found: dict[tuple[Any, ...], Past] = {}
    asked = (QuestionRow.text.is_not(None), QuestionRow.decision != DecisionKind.IGNORED, *conditions)
    query = (
        select(*_COLUMNS).select_from(QuestionRow).outerjoin(GradeRow).outerjoin(ReviewItemRow, _LINKED).where(*asked)
    )
    page = query.order_by(QuestionRow.id.desc()).limit(limit)
    rows = (await tx.execute(page)).all()
    while rows and len(found) < limit:
        for row in rows:
            found.setdefault((row.text, row.surface, row.audience), _past(row))
        rows = (await tx.execute(page.where(QuestionRow.id < rows[-1].id))).all()
    return tuple(found.values())[:limit]


def _past(row: Row[Any]) -> Past:
    right = row.graded_entry_id if row.graded is not None else row.linked_entry_id
    known = row.graded is not None or right is not None
    return Past(
        text=row.text,
        surface=row.surface,
        audience=row.audience,
        question_id=to_question_id(row.id),
        expect=frozenset([right] if right else ()) if known else None,
        logged=unpacked(row.candidates[:_MATCHES] if row.candidates else None),
        scorer=row.scorer_version,
    )

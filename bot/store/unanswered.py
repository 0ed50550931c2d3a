"""Group the questions that had no answer, and close them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, Text, cast, func, select, update

from bot.core.models import Audience
from bot.errors import QuestionClosedError
from bot.store.database import Transaction
from bot.store.decisions import matches_from_json
from bot.store.phrases import chunks
from bot.store.questions import row_of
from bot.store.records import Resolution, UnansweredGroup
from bot.store.short_ids import from_question_id, to_question_id
from bot.store.tables import OPEN_QUESTION, QuestionRow

MOST_GROUPS = 50

_Groups = Select[Audience, str | None, int, int, datetime, datetime, str]
_Found = Row[Audience, str | None, int, int, datetime, datetime, str]


async def unanswered(tx: Transaction, *, limit: int = MOST_GROUPS) -> tuple[UnansweredGroup, ...]:
    """Return the open unanswered questions, those that say the same as one, most distinct askers first."""
    return await _read(tx, _grouped().limit(limit))


async def group_of(tx: Transaction, question_id: str) -> UnansweredGroup:
    """Return the group that an open unanswered question is in."""
    row = await row_of(tx, question_id)
    for group in await _read(tx, _grouped(QuestionRow.normalised == row.normalised)):
        if to_question_id(row.id) in group.question_ids:
            return group
    raise await _closed(tx, question_id)


async def resolve(tx: Transaction, question_ids: Sequence[str], resolution: Resolution) -> None:
    """Close questions; when somebody else closed one of them first, the transaction has to be given up."""
    columns = {
        "resolution": resolution.kind,
        "resolved_by": resolution.actor,
        "resolved_at": resolution.at,
        "resolved_entry_id": resolution.entry_id,
        "resolution_reason": resolution.reason,
    }
    closed: set[int | None] = set()
    for some in chunks([from_question_id(one) for one in question_ids]):
        step = update(QuestionRow).where(QuestionRow.id.in_(some), OPEN_QUESTION).values(columns)
        closed |= set(await tx.scalars(step.returning(QuestionRow.id)))
    for one in question_ids:
        if from_question_id(one) not in closed:
            raise await _closed(tx, one)


async def _closed(tx: Transaction, question_id: str) -> QuestionClosedError:
    """Return the error for a question that is not open, or not any more."""
    row = await row_of(tx, question_id)
    return QuestionClosedError(question_id, str(row.resolution or row.decision))


def _grouped(*conditions: ColumnElement[bool]) -> _Groups:
    askers, asked, last = func.count(QuestionRow.author.distinct()), func.count(), func.max(QuestionRow.asked_at)
    rows = func.aggregate_strings(cast(QuestionRow.id, Text), ",")
    return (
        select(QuestionRow.audience, QuestionRow.normalised, asked, askers, func.min(QuestionRow.asked_at), last, rows)
        .where(OPEN_QUESTION, *conditions)
        .group_by(QuestionRow.audience, QuestionRow.normalised)
        .order_by(askers.desc(), asked.desc(), last.desc(), func.min(QuestionRow.id))
    )


async def _read(tx: Transaction, groups: _Groups) -> tuple[UnansweredGroup, ...]:
    return tuple([await _group(tx, found) for found in await tx.execute(groups)])


async def _group(tx: Transaction, found: _Found) -> UnansweredGroup:
    audience, words, asked, askers, first, last, rows = found
    numbers = sorted(int(number) for number in rows.split(","))
    newest = (await tx.scalars(select(QuestionRow).where(QuestionRow.id == numbers[-1]))).one()
    return UnansweredGroup(
        id=to_question_id(numbers[0]),
        text=newest.text or "",
        normalised=words or "",
        audience=audience,
        count=asked,
        askers=askers,
        first_asked=first,
        last_asked=last,
        nearest=matches_from_json(newest.candidates),
        question_ids=tuple(to_question_id(number) for number in numbers),
    )

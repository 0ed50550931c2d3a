"""Store replies that wait for a moderator, what became of them, and which message shows each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select, update

from bot.core.models import Audience, Rating
from bot.core.review import HeldStatus
from bot.store.columns import from_now, now
from bot.store.database import Transaction, insert_into
from bot.store.questions import logged_question
from bot.store.records import LoggedQuestion, from_question_id, to_question_id
from bot.store.tables import FeedbackRow, HeldReplyRow, OptOutRow, QuestionRow

_OUTDATED = HeldReplyRow.shown != HeldReplyRow.version
_WAITING = HeldReplyRow.status == HeldStatus.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """A reply that is or was held, with its question, which is `deleted` where nothing is left of that.

    It `is_late` where it has waited for too long by the database's clock.
    """

    question: LoggedQuestion
    status: HeldStatus
    version: int
    is_late: bool
    deleted: bool
    waits_until: datetime | None = None
    answer: str | None = None
    actor: str | None = None
    at: datetime | None = None
    card_id: str | None = None


async def put_held(tx: Transaction, question_id: str, *, lasting: timedelta) -> None:
    """Store that a reply is held; one that is held already waits no longer than it did."""
    first = {"status": HeldStatus.WAITING, "version": 1, "shown": 0, "waits_until": from_now(lasting)}
    insertion = insert_into(tx, HeldReplyRow).values(question_id=from_question_id(question_id), **first)
    until = func.coalesce(HeldReplyRow.waits_until, insertion.excluded.waits_until)
    again = {"answer": None, "decided_by": None, "decided_at": None, "waits_until": until}
    changed = {"status": HeldStatus.WAITING, "version": HeldReplyRow.version + 1, **again}
    await tx.execute(insertion.on_conflict_do_update(index_elements=(HeldReplyRow.question_id,), set_=changed))


async def get_held(tx: Transaction, question_id: str) -> HeldRecord | None:
    """Return the reply to a question as it is held, or was; None where it never was."""
    found = await _read(tx, HeldReplyRow.question_id == from_question_id(question_id))
    return found[0] if found else None


async def close_held(  # noqa: PLR0913  # how one ends
    tx: Transaction,
    question_id: str,
    status: HeldStatus,
    *,
    at: datetime,
    actor: str | None = None,
    answer: str | None = None,
) -> None:
    """Store what became of a reply that waits; any other stays as it is."""
    mine = (HeldReplyRow.question_id == from_question_id(question_id), _WAITING)
    what = {"status": status, "decided_by": actor, "decided_at": at, "answer": answer, "waits_until": None}
    await tx.execute(update(HeldReplyRow).where(*mine).values(**what, version=HeldReplyRow.version + 1))


async def waiting_held(
    tx: Transaction, platform: str, *, audiences: Sequence[Audience], limit: int
) -> tuple[tuple[HeldRecord, ...], int]:
    """Return some replies that are held for people of a platform and these audiences, and how many there are."""
    theirs = (QuestionRow.platform == platform, QuestionRow.audience.in_(audiences))
    open_ = (_WAITING, HeldReplyRow.waits_until > now(), QuestionRow.deleted_at.is_(None), *theirs)
    count = select(func.count()).select_from(HeldReplyRow).join(QuestionRow).where(*open_)
    return await _read(tx, *open_, limit=limit), (await tx.scalars(count)).one()


async def late_held(tx: Transaction, *, limit: int) -> Sequence[str]:
    """Return some questions whose held replies have waited for too long, the longest first."""
    late = select(HeldReplyRow.question_id).where(HeldReplyRow.waits_until <= now())
    return [to_question_id(number) for number in await tx.scalars(late.order_by(HeldReplyRow.waits_until).limit(limit))]


async def stale_held(
    tx: Transaction, platform: str, *, limit: int, question_id: str | None = None
) -> tuple[HeldRecord, ...]:
    """Return held replies to questions of a platform that no message shows as they are, the oldest first.

    With a question no other is looked at.
    """
    one = () if question_id is None else (HeldReplyRow.question_id == from_question_id(question_id),)
    return await _read(tx, _OUTDATED, QuestionRow.platform == platform, *one, limit=limit)


async def note_shown(tx: Transaction, question_id: str, *, card_id: str | None, version: int) -> None:
    """Store which message shows a held reply, and which version of it."""
    mine = HeldReplyRow.question_id == from_question_id(question_id)
    await tx.execute(update(HeldReplyRow).where(mine).values(card_id=card_id, shown=version))


async def erase_held(tx: Transaction, which: ColumnElement[bool]) -> None:
    """Drop the held replies to questions whose text is erased, and what moderators wrote in their place."""
    theirs = HeldReplyRow.question_id.in_(select(QuestionRow.id).where(which))
    status = case((_WAITING, HeldStatus.GONE), else_=HeldReplyRow.status)
    changed = {"status": status, "answer": None, "waits_until": None, "version": HeldReplyRow.version + 1}
    await tx.execute(update(HeldReplyRow).where(theirs).values(**changed))


async def opted_out_since(tx: Transaction, question: LoggedQuestion) -> bool:
    """Return whether the author of a question wanted no later messages any more after they had asked it."""
    found = select(OptOutRow.author).where(
        OptOutRow.author == question.author, OptOutRow.opted_out_at >= question.asked_at
    )
    return bool(await tx.scalar(select(found.exists())))


def is_content() -> ColumnElement[bool]:
    """Return whether a question got what a moderator wrote, and its author said nothing against that."""
    written = exists().where(HeldReplyRow.question_id == QuestionRow.id, HeldReplyRow.answer.is_not(None))
    against = exists().where(
        FeedbackRow.question_id == QuestionRow.id,
        FeedbackRow.author == QuestionRow.author,
        FeedbackRow.rating == Rating.WRONG,
    )
    return written & ~or_(against, QuestionRow.human_asked_at.is_not(None))


async def _read(tx: Transaction, *which: ColumnElement[bool], limit: int | None = None) -> tuple[HeldRecord, ...]:
    query = (
        select(HeldReplyRow, QuestionRow, func.coalesce(HeldReplyRow.waits_until <= now(), false()))
        .join(QuestionRow, QuestionRow.id == HeldReplyRow.question_id)
        .where(*which)
        .order_by(HeldReplyRow.question_id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return tuple(_record(row, question, is_late) for row, question, is_late in await tx.execute(query))


def _record(row: HeldReplyRow, question: QuestionRow, is_late: bool) -> HeldRecord:  # noqa: FBT001  # a column
    return HeldRecord(
        question=logged_question(question),
        status=row.status,
        version=row.version,
        is_late=is_late,
        deleted=question.deleted_at is not None,
        waits_until=row.waits_until,
        answer=row.answer,
        actor=row.decided_by,
        at=row.decided_at,
        card_id=row.card_id,
    )

"""Store moderators' grades of decisions, and read what all grades and ratings say of past questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, delete, false, func, or_, select

from bot.core.deciding.replays import DecisionFeedback, Past
from bot.core.models import Audience, DecisionKind, DismissReason, Grade, ItemStatus, Match, Rating, Surface
from bot.store.database import Transaction, insert_into, let_others_run
from bot.store.questions import QUESTIONS, row_of, unpacked
from bot.store.queue import WITH_AN_ENTRY
from bot.store.records import to_question_id
from bot.store.tables import ChoiceRow, FeedbackRow, GradeRow, QuestionRow, ReviewItemRow

# Dismissed as one of these, a question is one that no entry should answer.
_NOBODYS = (DismissReason.OFF_TOPIC, DismissReason.ACCOUNT_SPECIFIC, DismissReason.SPAM)
_REVIEWED = func.coalesce(
    or_(
        ReviewItemRow.status.in_(WITH_AN_ENTRY),
        and_(ReviewItemRow.status == ItemStatus.DISMISSED, ReviewItemRow.reason.in_(_NOBODYS)),
    ),
    false(),
)
_GRADABLE = (
    QuestionRow.decision.in_(QUESTIONS),
    QuestionRow.text.is_not(None),
    QuestionRow.confidence.is_not(None),
)
_DECISION = (
    QuestionRow.id,
    QuestionRow.platform,
    QuestionRow.surface,
    QuestionRow.audience,
    QuestionRow.asked_at,
    QuestionRow.text,
    QuestionRow.normalised,
    QuestionRow.scorer_version,
    QuestionRow.candidates,
    QuestionRow.decision,
)
_AT_ONCE = 50
_Columns = TypeVarTuple("_Columns")

# A decision is reviewed by the first and the runner-up.
_REVIEWED_MATCHES = 2
_PAST = (
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GradableDecision:
    """A decision of the log whose text and candidates are still there, with its grade and ratings."""

    question_id: str
    platform: str
    surface: Surface
    audience: Audience
    asked_at: datetime
    text: str
    normalised: str
    scorer_version: str
    candidates: tuple[Match, ...]
    said: DecisionFeedback


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRecord:
    """A moderator's grade of a decision: the right entry, None where none was."""

    grade: Grade
    entry_id: str | None
    actor: str
    at: datetime


async def decided(tx: Transaction, question_id: str) -> GradableDecision | None:
    """Return the decision on a question, None when there is nothing to grade about it."""
    row = await row_of(tx, question_id)
    found = await _read(tx, [row.id])
    return found[0] if found else None


async def scorers(tx: Transaction, *, limit: int) -> Mapping[str, int]:
    """Return how many of the last decisions each scorer made."""
    last = select(QuestionRow.scorer_version).where(*_GRADABLE).order_by(QuestionRow.id.desc()).limit(limit).subquery()
    found = await tx.execute(select(last.c.scorer_version, func.count()).group_by(last.c.scorer_version))
    return {scorer or "": count for scorer, count in found}


async def recent(tx: Transaction, *, limit: int) -> tuple[GradableDecision, ...]:
    """Return the last decisions, the newest first."""
    last = select(QuestionRow.id).where(*_GRADABLE).order_by(QuestionRow.id.desc()).limit(limit)
    return await _read(tx, (await tx.scalars(last)).all())


async def spoken_of(tx: Transaction, *, limit: int) -> tuple[GradableDecision, ...]:
    """Return the last decisions that anybody said something of, the newest first."""
    rated = select(FeedbackRow.question_id).union(select(ChoiceRow.question_id))
    known = or_(GradeRow.question_id.is_not(None), _REVIEWED, QuestionRow.id.in_(rated))
    query = _judged(select(QuestionRow.id)).where(*_GRADABLE, known).order_by(QuestionRow.id.desc()).limit(limit)
    return await _read(tx, (await tx.scalars(query)).all())


async def unjudged(
    tx: Transaction, *, scorer: str, limits: Mapping[Surface, float], looked_at: int, limit: int
) -> tuple[GradableDecision, ...]:
    """Return decisions of a scorer that no moderator judged, those nearest to the limit of their surface first.

    So many are looked at; of those on the same words there is one.
    """
    distance = func.abs(QuestionRow.confidence - case(dict(limits), value=QuestionRow.surface))
    waiting = (QuestionRow.scorer_version == scorer, GradeRow.question_id.is_(None), _REVIEWED.is_(false()))
    query = (
        _judged(select(QuestionRow.id, QuestionRow.audience, QuestionRow.normalised))
        .where(*_GRADABLE, *waiting)
        .order_by(distance, QuestionRow.id.desc())
        .limit(looked_at)
    )
    first: dict[tuple[Audience, str], int] = {}
    for number, audience, normalised in await tx.execute(query):
        first.setdefault((audience, normalised or ""), number)
    return await _read(tx, list(first.values())[:limit])


async def get_grade(tx: Transaction, question_id: str) -> GradeRecord | None:
    """Return what a moderator said of a decision, if one did."""
    row = await tx.get(GradeRow, (await row_of(tx, question_id)).id, populate_existing=True)
    if row is None:
        return None
    return GradeRecord(grade=row.grade, entry_id=row.entry_id, actor=row.graded_by, at=row.graded_at)


async def count_grades(tx: Transaction) -> int:
    """Return how many decisions are graded."""
    return (await tx.scalars(select(func.count()).select_from(GradeRow))).one()


async def save_grade(tx: Transaction, question_id: str, record: GradeRecord) -> None:
    """Store a moderator's grade of a decision, replacing an earlier one."""
    said = {"grade": record.grade, "entry_id": record.entry_id, "graded_by": record.actor, "graded_at": record.at}
    step = insert_into(tx, GradeRow).values(question_id=(await row_of(tx, question_id)).id, **said)
    await tx.execute(step.on_conflict_do_update(index_elements=[GradeRow.question_id], set_=said))


async def drop_grade(tx: Transaction, question_id: str) -> None:
    """Remove the grade of a decision."""
    await tx.execute(delete(GradeRow).where(GradeRow.question_id == (await row_of(tx, question_id)).id))


def _judged(query: Select[*_Columns]) -> Select[*_Columns]:
    """Add what moderators said of each decision."""
    # A question that was edited after it was graded was decided again.
    graded_now = or_(QuestionRow.edited_at.is_(None), GradeRow.graded_at >= QuestionRow.edited_at)
    return query.outerjoin(GradeRow, and_(GradeRow.question_id == QuestionRow.id, graded_now)).outerjoin(
        ReviewItemRow, ReviewItemRow.id == QuestionRow.review_item_id
    )


def _decisions(numbers: Sequence[int]) -> Select[Any]:
    votes, choices = _votes(numbers), _choices(numbers)
    said = (
        GradeRow.grade,
        GradeRow.entry_id,
        _REVIEWED,
        ReviewItemRow.resolved_entry_id,
        func.coalesce(votes.c.moderators, 0),
        func.coalesce(votes.c.all, 0),
        choices.c.entry_id,
    )
    return (
        _judged(select(*_DECISION, *said))
        .outerjoin(votes, votes.c.question_id == QuestionRow.id)
        .outerjoin(choices, choices.c.question_id == QuestionRow.id)
        .where(*_GRADABLE, QuestionRow.id.in_(numbers))
    )


def _votes(numbers: Sequence[int]) -> Subquery:
    """Return for each question the votes for its answer less those against it."""
    vote = case((FeedbackRow.rating == Rating.HELPFUL, 1), else_=-1)
    moderators = func.sum(case((FeedbackRow.moderator, vote), else_=0)).label("moderators")
    votes = select(FeedbackRow.question_id, func.sum(vote).label("all"), moderators)
    mine = votes.where(FeedbackRow.question_id.in_(numbers))
    return mine.group_by(FeedbackRow.question_id).subquery()


def _choices(numbers: Sequence[int]) -> Subquery:
    """Return for each question the entry that its asker took of the choices, if it was only one."""
    taken = select(ChoiceRow.question_id, func.min(ChoiceRow.entry_id).label("entry_id")).join(QuestionRow)
    mine = (ChoiceRow.author == QuestionRow.author, ChoiceRow.question_id.in_(numbers))
    own = taken.where(*mine).group_by(ChoiceRow.question_id)
    return own.having(func.count(ChoiceRow.entry_id.distinct()) == 1).subquery()


async def _read(tx: Transaction, numbers: Sequence[int]) -> tuple[GradableDecision, ...]:
    """Return decisions in this order, some at a time, so that others get their turn in between."""
    found: dict[str, GradableDecision] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        rows = await tx.execute(_decisions(numbers[start : start + _AT_ONCE]))
        found |= {one.question_id: one for one in map(_decided, rows)}
        await let_others_run()
    there = map(to_question_id, numbers)
    return tuple(found[question_id] for question_id in there if question_id in found)


def _decided(row: Sequence[Any]) -> GradableDecision:
    *decision, grade, graded, reviewed, resolved, moderators, votes, chosen = row
    number, platform, surface, audience, asked_at, text, normalised, scorer, candidates, kind = decision
    return GradableDecision(
        question_id=to_question_id(number),
        platform=platform,
        surface=surface,
        audience=audience,
        asked_at=asked_at,
        text=text or "",
        normalised=normalised or "",
        scorer_version=scorer or "",
        candidates=unpacked(candidates),
        said=DecisionFeedback(
            decision=kind or DecisionKind.UNANSWERED,
            grade=grade,
            graded_entry_id=graded,
            reviewed=bool(reviewed),
            reviewed_entry_id=resolved,
            moderators_votes=moderators,
            votes=votes,
            chosen=chosen,
        ),
    )


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
    query = select(*_PAST).select_from(QuestionRow).outerjoin(GradeRow).outerjoin(ReviewItemRow, _LINKED).where(*asked)
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
        logged=unpacked(row.candidates[:_REVIEWED_MATCHES] if row.candidates else None),
        scorer=row.scorer_version,
    )

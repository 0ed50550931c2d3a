"""Read review items."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import defer

from bot.core.models import ItemStatus, Match
from bot.errors import ItemNotFoundError
from bot.store.database import Transaction
from bot.store.decisions import unpacked
from bot.store.phrases import chunks
from bot.store.review import Item, ItemFilter, ItemQuestion, ItemResolution
from bot.store.short_ids import from_item_id, from_question_id, to_item_id, to_question_id
from bot.store.tables import EntryRow, FeedbackRow, QuestionRow, ReviewItemRow


class Changed(NamedTuple):
    """Say which items changed, or got a question or lost one, up to a version of the queue."""

    version: int
    item_ids: tuple[str, ...]


async def find_items(tx: Transaction, wanted: ItemFilter, *, at: datetime) -> tuple[Item, ...]:
    """Return the items that a filter lets through, most distinct askers first."""
    askers, asked = func.count(QuestionRow.author.distinct()), func.count(QuestionRow.id)
    order = (askers.desc(), asked.desc(), func.max(QuestionRow.id).desc(), ReviewItemRow.id)
    query = select(ReviewItemRow.id).outerjoin(QuestionRow).where(*_conditions(wanted, at)).group_by(ReviewItemRow.id)
    numbers = (await tx.scalars(query.order_by(*order).limit(wanted.limit))).all()
    found = await read_items(tx, numbers, at=at)
    return tuple(found[number] for number in numbers)


async def get_item(tx: Transaction, item_id: str, *, at: datetime) -> Item:
    """Return an item by its id, or by that of a question in it."""
    number, asked = from_item_id(item_id), from_question_id(item_id)
    if asked is not None:
        number = await tx.scalar(select(QuestionRow.review_item_id).where(QuestionRow.id == asked))
    found = {} if number is None else await read_items(tx, [number], at=at)
    if number not in found:
        raise ItemNotFoundError(item_id)
    return found[number]


async def changed_items(tx: Transaction, *, since: int, version: int) -> Changed:
    """Return the items that changed after a version of the queue."""
    asked = select(QuestionRow.review_item_id).where(QuestionRow.review_version > since)
    changed = or_(ReviewItemRow.version > since, ReviewItemRow.id.in_(asked))
    found = await tx.scalars(select(ReviewItemRow.id).where(changed).order_by(ReviewItemRow.id))
    return Changed(version, tuple(map(to_item_id, found)))


def _conditions(wanted: ItemFilter, at: datetime) -> Iterator[ColumnElement[bool]]:
    slept = and_(ReviewItemRow.status == ItemStatus.SNOOZED, ReviewItemRow.snoozed_until <= at)
    if wanted.status is ItemStatus.OPEN:
        yield or_(ReviewItemRow.status == ItemStatus.OPEN, slept)
    elif wanted.status is ItemStatus.SNOOZED:
        yield and_(ReviewItemRow.status == ItemStatus.SNOOZED, ReviewItemRow.snoozed_until > at)
    elif wanted.status is not None:
        yield ReviewItemRow.status == wanted.status
    for column in (ReviewItemRow.kind, ReviewItemRow.audience, ReviewItemRow.assignee):
        if (value := getattr(wanted, column.key)) is not None:
            yield column == value
    if wanted.platform is not None:
        asked = select(QuestionRow.review_item_id).where(QuestionRow.platform == wanted.platform)
        yield ReviewItemRow.id.in_(asked)


async def read_items(tx: Transaction, numbers: Sequence[int], *, at: datetime) -> dict[int, Item]:
    """Return items by their numbers; one that is not there is left out."""
    questions = await _questions(tx, numbers)
    nearest = await _nearest(tx, {number: asked[-1].id for number, asked in questions.items()})
    query = select(ReviewItemRow, EntryRow.question).outerjoin(EntryRow, EntryRow.id == ReviewItemRow.entry_id)
    return {
        row.id: _item(row, title, questions[row.id], nearest.get(row.id, ()), at)
        for some in chunks(numbers)
        for row, title in await tx.execute(query.where(ReviewItemRow.id.in_(some)))
    }


def _item(
    row: ReviewItemRow, title: str | None, questions: Sequence[ItemQuestion], nearest: tuple[Match, ...], at: datetime
) -> Item:
    slept = row.status is ItemStatus.SNOOZED and row.snoozed_until is not None and row.snoozed_until <= at
    return Item(
        id=to_item_id(row.id),
        number=row.id,
        kind=row.kind,
        audience=row.audience,
        status=ItemStatus.OPEN if slept else row.status,
        version=row.version,
        created_at=row.created_at,
        questions=tuple(questions),
        nearest=nearest,
        entry_id=row.entry_id,
        entry_question=title,
        assignee=row.assignee,
        snoozed_until=None if slept else row.snoozed_until,
        resolution=_resolution(row),
    )


def _resolution(row: ReviewItemRow) -> ItemResolution | None:
    if row.resolved_by is None or row.resolved_at is None:
        return None
    return ItemResolution(
        actor=row.resolved_by,
        at=row.resolved_at,
        entry_id=row.resolved_entry_id,
        reason=row.reason,
        note=row.note,
        merged_into=None if row.merged_into is None else to_item_id(row.merged_into),
    )


async def _questions(tx: Transaction, numbers: Sequence[int]) -> Mapping[int, list[ItemQuestion]]:
    own = (FeedbackRow.question_id == QuestionRow.id) & (FeedbackRow.author == QuestionRow.author)
    query = select(QuestionRow, FeedbackRow).outerjoin(FeedbackRow, own).order_by(QuestionRow.id)
    unread = (defer(QuestionRow.candidates), defer(QuestionRow.offered))
    questions: defaultdict[int, list[ItemQuestion]] = defaultdict(list)
    for some in chunks(numbers):
        found = await tx.execute(query.where(QuestionRow.review_item_id.in_(some)).options(*unread))
        for row, feedback in found:
            if row.review_item_id is not None:
                questions[row.review_item_id].append(_question(row, feedback))
    return questions


def _question(row: QuestionRow, feedback: FeedbackRow | None) -> ItemQuestion:
    return ItemQuestion(
        id=to_question_id(row.id),
        platform=row.platform,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        thread_id=row.thread_id,
        message_id=row.message_id,
        author=row.author,
        asked_at=row.asked_at,
        text=row.text or "",
        answered_with=row.entry_id,
        rating=None if feedback is None else feedback.verdict,
        rating_reason=None if feedback is None else feedback.reason,
    )


async def _nearest(tx: Transaction, newest: Mapping[int, str]) -> dict[int, tuple[Match, ...]]:
    """Return what the bot found nearest to the newest question of each item."""
    asked = {from_question_id(question_id): item for item, question_id in newest.items()}
    found: dict[int, tuple[Match, ...]] = {}
    for some in chunks(list(asked)):
        query = select(QuestionRow.id, QuestionRow.candidates).where(QuestionRow.id.in_(some))
        found |= {asked[number]: unpacked(content) for number, content in await tx.execute(query)}
    return found

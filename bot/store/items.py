"""Read review items, and what was asked about them: counted over all of their questions, read only of the last."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from bot.core.models import ItemKind, ItemStatus, Match
from bot.core.review import LAST_ASKED, ItemQuestion, ItemResolution, ReviewItem, SuggestedAnswer, text_of
from bot.errors import ItemNotFoundError
from bot.store.database import Transaction, let_others_run
from bot.store.questions import ref_of, unpacked
from bot.store.records import (
    ItemFilter,
    SuggestionStatus,
    from_item_id,
    from_question_id,
    to_item_id,
    to_question_id,
)
from bot.store.tables import EntryRow, FeedbackRow, QuestionRow, ReviewItemRow, SuggestionRow

_OWN_RATING = and_(FeedbackRow.question_id == QuestionRow.id, FeedbackRow.author == QuestionRow.author)
_ASKED: Sequence[Any] = (
    QuestionRow.review_item_id,
    QuestionRow.id,
    QuestionRow.platform,
    QuestionRow.workspace_id,
    QuestionRow.channel_id,
    QuestionRow.thread_id,
    QuestionRow.message_id,
    QuestionRow.beside,
    QuestionRow.author,
    QuestionRow.asked_at,
    QuestionRow.text,
    QuestionRow.entry_id,
    FeedbackRow.rating,
    FeedbackRow.reason,
)

_AT_ONCE = 10
# Who resolves an item may make an alias of each wording; nobody wants more of them than these questions have.
_MOST_ASKED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCounts:
    """How often and by how many people an item was asked about, where, and when first."""

    count: int = 0
    askers: int = 0
    platforms: tuple[str, ...] = ()
    first_asked: datetime | None = None


def tallied(*items: Any) -> Subquery:  # noqa: ANN401  # conditions on the item's number
    """Return for each item how many people asked, how often, and the first and last question; an index has it all."""
    item = QuestionRow.review_item_id
    return (
        select(item.label("item"), func.count(QuestionRow.author.distinct()).label("askers"))
        .add_columns(func.count().label("asked"))
        .add_columns(func.min(QuestionRow.id).label("first"), func.max(QuestionRow.id).label("last"))
        .where(item.is_not(None), *items)
        .group_by(item)
        .subquery()
    )


async def count_asked(tx: Transaction, items: Sequence[int]) -> Mapping[int, AskedCounts]:
    """Return the figures of items."""
    mine, first = QuestionRow.review_item_id.in_(items), aliased(QuestionRow)
    tally = tallied(mine)
    places: defaultdict[int | None, list[str]] = defaultdict(list)
    where = select(QuestionRow.review_item_id, QuestionRow.platform).where(mine).distinct()
    for item, platform in await tx.execute(where):
        places[item].append(platform)
    query = select(tally.c.item, tally.c.asked, tally.c.askers, first.asked_at).join(first, first.id == tally.c.first)
    return {
        item: AskedCounts(count=int(asked), askers=askers, platforms=tuple(sorted(places[item])), first_asked=at)
        for item, asked, askers, at in await tx.execute(query)
    }


async def last_asked(tx: Transaction, items: Sequence[int], *, most: int) -> Mapping[int, list[ItemQuestion]]:
    """Return the last questions of items, at most so many of each, in the order in which they came."""
    newest = select(*_ASKED).outerjoin(FeedbackRow, _OWN_RATING).order_by(QuestionRow.id.desc()).limit(most)
    parts = [newest.where(QuestionRow.review_item_id == item).subquery() for item in items]
    found: defaultdict[int, list[ItemQuestion]] = defaultdict(list)
    for row in await tx.execute(union_all(*map(select, parts))):
        found[row.review_item_id].append(_asked(row))
    for questions in found.values():
        questions.reverse()
    return found


async def nearest_to(
    tx: Transaction, questions: Mapping[int, Sequence[ItemQuestion]]
) -> Mapping[int, tuple[Match, ...]]:
    """Return what the bot found nearest to the newest question of each item."""
    newest = {from_question_id(asked[-1].id): item for item, asked in questions.items()}
    query = select(QuestionRow.id, QuestionRow.candidates).where(QuestionRow.id.in_(newest))
    return {newest[number]: unpacked(content) for number, content in await tx.execute(query)}


async def suggested_answers(tx: Transaction, items: Sequence[int]) -> Mapping[int, list[SuggestedAnswer]]:
    """Return the open suggestions of answers for items: what solved the question first, then the oldest."""
    waiting = (SuggestionRow.status == SuggestionStatus.OPEN, SuggestionRow.answer.is_not(None))
    query = select(SuggestionRow).where(SuggestionRow.item_id.in_(items), *waiting)
    found: defaultdict[int, list[SuggestedAnswer]] = defaultdict(list)
    for row in await tx.scalars(query.order_by(SuggestionRow.solves.desc(), SuggestionRow.id)):
        answer = SuggestedAnswer(
            author=row.suggested_by,
            text=row.answer or "",
            solves=row.solves,
            consented=row.consented or row.message_id is None,
        )
        found[row.item_id].append(answer)
    return found


async def all_asked(tx: Transaction, item: int) -> Mapping[str, str | None]:
    """Return the id of each question of an item, in the order in which they came, and the entry that answered it."""
    query = select(QuestionRow.id, QuestionRow.entry_id).where(QuestionRow.review_item_id == item)
    return {to_question_id(number): entry for number, entry in await tx.execute(query.order_by(QuestionRow.id))}


def _asked(row: Row[Any]) -> ItemQuestion:
    return ItemQuestion(
        id=to_question_id(row.id),
        ref=ref_of(row),
        author=row.author,
        asked_at=row.asked_at,
        text=row.text or "",
        answered_with=row.entry_id,
        rating=row.rating,
        rating_reason=row.reason,
    )


async def find_items(tx: Transaction, wanted: ItemFilter, *, at: datetime) -> tuple[ReviewItem, ...]:
    """Return the items that a filter lets through, most distinct askers first."""
    conditions = tuple(_conditions(wanted, at))
    asked = tallied(QuestionRow.review_item_id.in_(select(ReviewItemRow.id).where(*conditions)))
    many = [func.coalesce(asked.c[name], 0).desc() for name in ("askers", "asked", "last")]
    query = select(ReviewItemRow.id).outerjoin(asked, asked.c.item == ReviewItemRow.id).where(*conditions)
    page = query.order_by(*many, ReviewItemRow.id).offset(wanted.first).limit(wanted.limit)
    numbers = (await tx.scalars(page)).all()
    found = await read_items(tx, numbers, at=at)
    return tuple(found[number] for number in numbers)


async def count_items(tx: Transaction, wanted: ItemFilter, *, at: datetime) -> int:
    """Return how many items a filter lets through."""
    return (await tx.scalars(select(func.count()).select_from(ReviewItemRow).where(*_conditions(wanted, at)))).one()


async def get_item(tx: Transaction, item_id: str, *, at: datetime) -> ReviewItem:
    """Return an item by its id, or by that of a question in it."""
    number, asked = from_item_id(item_id), from_question_id(item_id)
    if asked is not None:
        number = await tx.scalar(select(QuestionRow.review_item_id).where(QuestionRow.id == asked))
    found = {} if number is None else await read_items(tx, [number], at=at, most=_MOST_ASKED)
    if number not in found:
        raise ItemNotFoundError(item_id)
    return found[number]


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
        asked = (QuestionRow.review_item_id == ReviewItemRow.id, QuestionRow.platform == wanted.platform)
        yield exists().where(*asked)


async def read_items(
    tx: Transaction, numbers: Sequence[int], *, at: datetime, most: int = LAST_ASKED
) -> dict[int, ReviewItem]:
    """Return items by their numbers, with at most so many questions each; one that is not there is left out."""
    found: dict[int, ReviewItem] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        found |= await _some_items(tx, numbers[start : start + _AT_ONCE], at, most)
        await let_others_run()
    return found


async def _some_items(tx: Transaction, numbers: Sequence[int], at: datetime, most: int) -> dict[int, ReviewItem]:
    asked = await count_asked(tx, numbers)
    await let_others_run()
    questions = await last_asked(tx, numbers, most=most)
    await let_others_run()
    nearest = await nearest_to(tx, questions)
    suggested = await suggested_answers(tx, numbers)
    dates = {
        ItemKind.EXPIRED: EntryRow.valid_until,
        ItemKind.DUE: EntryRow.review_by,
        ItemKind.OVERTAKEN: EntryRow.source_updated,
    }
    query = select(ReviewItemRow, EntryRow.question, *dates.values()).outerjoin(
        EntryRow, EntryRow.id == ReviewItemRow.entry_id
    )
    return {
        row.id: _item(
            row,
            title,
            day=dict(zip(dates, days, strict=True)).get(row.kind),
            questions=tuple(questions.get(row.id, ())),
            asked=asked.get(row.id, AskedCounts()),
            nearest=nearest.get(row.id, ()),
            suggested=tuple(suggested.get(row.id, ())),
            at=at,
        )
        for row, title, *days in await tx.execute(query.where(ReviewItemRow.id.in_(numbers)))
    }


def _item(  # noqa: PLR0913  # what is read of an item
    row: ReviewItemRow,
    title: str | None,
    *,
    day: date | None,
    questions: tuple[ItemQuestion, ...],
    asked: AskedCounts,
    nearest: tuple[Match, ...],
    suggested: tuple[SuggestedAnswer, ...],
    at: datetime,
) -> ReviewItem:
    slept = row.status is ItemStatus.SNOOZED and row.snoozed_until is not None and row.snoozed_until <= at
    return ReviewItem(
        id=to_item_id(row.id),
        number=row.id,
        kind=row.kind,
        audience=row.audience,
        status=ItemStatus.OPEN if slept else row.status,
        version=row.version,
        created_at=row.created_at,
        text=text_of(questions, entry_question=title),
        questions=questions,
        count=asked.count,
        askers=asked.askers,
        platforms=asked.platforms,
        first_asked=asked.first_asked,
        last_asked=questions[-1].asked_at if questions else None,
        nearest=nearest,
        suggested=suggested,
        entry_id=row.entry_id,
        entry_question=title,
        day=day,
        finding=row.finding,
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

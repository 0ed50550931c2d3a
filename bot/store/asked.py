"""Read what was asked about review items: counted over all of their questions, read only of the last."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Subquery, and_, func, select, union_all
from sqlalchemy.orm import aliased

from bot.core.models import Match
from bot.core.review import ItemQuestion
from bot.store.database import Transaction
from bot.store.questions import ref_of, unpacked
from bot.store.records import from_question_id, to_question_id
from bot.store.tables import FeedbackRow, QuestionRow

_OWN_RATING = and_(FeedbackRow.question_id == QuestionRow.id, FeedbackRow.author == QuestionRow.author)
_QUESTION: Sequence[Any] = (
    QuestionRow.review_item_id,
    QuestionRow.id,
    QuestionRow.platform,
    QuestionRow.workspace_id,
    QuestionRow.channel_id,
    QuestionRow.thread_id,
    QuestionRow.message_id,
    QuestionRow.author,
    QuestionRow.asked_at,
    QuestionRow.text,
    QuestionRow.entry_id,
    FeedbackRow.rating,
    FeedbackRow.reason,
)


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
    people = (
        select(item.label("item"), func.count().label("times"))
        .add_columns(func.min(QuestionRow.id).label("first"), func.max(QuestionRow.id).label("last"))
        .where(item.is_not(None), *items)
        .group_by(item, QuestionRow.author)
        .subquery()
    )
    return (
        select(people.c.item, func.count().label("askers"), func.sum(people.c.times).label("asked"))
        .add_columns(func.min(people.c.first).label("first"), func.max(people.c.last).label("last"))
        .group_by(people.c.item)
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
    newest = select(*_QUESTION).outerjoin(FeedbackRow, _OWN_RATING).order_by(QuestionRow.id.desc()).limit(most)
    parts = [newest.where(QuestionRow.review_item_id == item).subquery() for item in items]
    found: defaultdict[int, list[ItemQuestion]] = defaultdict(list)
    for row in await tx.execute(union_all(*map(select, parts))):
        found[row.review_item_id].append(_question(row))
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


async def all_asked(tx: Transaction, item: int) -> Mapping[str, str | None]:
    """Return the id of each question of an item, in the order in which they came, and the entry that answered it."""
    query = select(QuestionRow.id, QuestionRow.entry_id).where(QuestionRow.review_item_id == item)
    return {to_question_id(number): entry for number, entry in await tx.execute(query.order_by(QuestionRow.id))}


def _question(row: Row[Any]) -> ItemQuestion:
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

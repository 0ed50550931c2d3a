"""Read how long people waited, where the FAQ falls short, and which entries are asked for."""

from collections.abc import Mapping

from sqlalchemy import CTE, case, func, select, union_all

from bot.core.models import DecisionKind, Status
from bot.store.database import Transaction
from bot.store.figures import NO_COUNTS, Counts, Dimension, EntryUse, Gap, Key, Scope, Waited
from bot.store.queue import OPEN, WITH_AN_ENTRY
from bot.store.records import DeliveryKind
from bot.store.scopes import (
    Query,
    asked,
    facts_of,
    first,
    names_of,
    read_by,
    readable,
    seconds,
    tagged,
    untagged,
    with_categories,
    with_items,
    within,
)
from bot.store.tables import DeliveryRow, EntryRow, QuestionRow, ReviewItemRow

_IS_OPEN = ReviewItemRow.status.in_(OPEN)


async def count_waiting(
    tx: Transaction, scope: Scope, *dimensions: Dimension
) -> Mapping[Dimension, Mapping[Key, Waited]]:
    """Return how long people waited for the answers that moderators gave in a scope, whenever it was asked."""
    facts = first(_waits(tx, scope, names_of(dimensions)))
    found: dict[Dimension, dict[Key, Waited]] = {by: {} for by in dimensions}
    medians = union_all(*(_medians(facts, by, scope) for by in dimensions))
    for by, key, (count, waited) in map(untagged, await tx.execute(medians)):
        if waited is not None:
            found[by][key] = Waited(count=count, median_seconds=float(waited))
    return found


def _waits(tx: Transaction, scope: Scope, names: tuple[str, ...]) -> Query:
    # Few items are resolved in a while: their questions are looked up, and the log is not read for them.
    resolved = select(ReviewItemRow.id).where(
        ReviewItemRow.status.in_(WITH_AN_ENTRY), within(ReviewItemRow.resolved_at, scope)
    )
    waited = (seconds(tx, ReviewItemRow.resolved_at) - seconds(tx, QuestionRow.asked_at)).label("waited")
    given = (QuestionRow.review_item_id.in_(resolved), readable(scope), QuestionRow.shadow.is_(False))
    return facts_of(tx, names, waited).select_from(with_items()).where(*given)


def _medians(facts: CTE, by: Dimension, scope: Scope) -> Query:
    """Return how many waited, and the median of it, for each value of a dimension."""
    source, keys = with_categories(scope, facts, by)
    order = func.row_number().over(partition_by=keys or None, order_by=facts.c.waited).label("place")
    many = func.count().over(partition_by=keys or None).label("many")
    placed = select(*tagged(by, keys), facts.c.waited, order, many).select_from(source).subquery()
    *groups, waited, place, count = placed.c
    middle = place.in_([(count + 1) // 2, (count + 2) // 2])
    return select(*groups, func.max(count), func.avg(waited)).where(middle).group_by(*groups)


async def largest_gaps(tx: Transaction, scope: Scope, *, fewest_askers: int, limit: int) -> tuple[Gap, ...]:
    """Return the open unanswered questions, those of one item as one, most askers first.

    Each is quoted as it was asked last, unless fewer people than that asked it.
    """
    told = case((QuestionRow.text.is_not(None), QuestionRow.id)).label("told")
    unanswered = (_IS_OPEN, QuestionRow.decision == DecisionKind.UNANSWERED, QuestionRow.shadow.is_(False))
    facts = first(
        select(QuestionRow.review_item_id, QuestionRow.author, QuestionRow.id, told)
        .select_from(with_items())
        .where(*asked(scope), *unanswered)
    )
    askers, count = func.count(facts.c.author.distinct()), func.count()
    query = (
        select(count, askers, func.max(facts.c.told))
        .group_by(facts.c.review_item_id)
        .order_by(askers.desc(), count.desc(), func.max(facts.c.id).desc())
        .limit(limit)
    )
    found = (await tx.execute(query)).all()
    quoted = [number for _, people, number in found if people >= fewest_askers and number is not None]
    wanted = select(QuestionRow.id, QuestionRow.text).where(QuestionRow.id.in_(quoted))
    texts = {row.id: row.text for row in await tx.execute(wanted)}
    return tuple(Gap(text=texts.get(number), count=many, askers=people) for many, people, number in found)


async def use_of_entries(tx: Transaction, scope: Scope, counted: Mapping[Key, Counts]) -> tuple[EntryUse, ...]:
    """Return the published entries with how often they were asked for, most often first.

    An entry is asked for when it is the answer, the first of the choices, or what a moderator linked.
    """
    query = select(EntryRow.id, EntryRow.question, EntryRow.source_views).where(
        EntryRow.status == Status.PUBLISHED, EntryRow.audience.in_(read_by(scope.audience))
    )
    corrected = await _corrections(tx, scope)
    found = [
        _use(counted.get((one,), NO_COUNTS), entry_id=one, question=text, views=views, corrected=corrected.get(one, 0))
        for one, text, views in await tx.execute(query)
    ]
    # Sorted here, since databases differ in the order of letters.
    return tuple(sorted(found, key=lambda use: (-use.asked, use.id)))


def _use(counts: Counts, *, entry_id: str, question: str, views: int | None, corrected: int) -> EntryUse:
    return EntryUse(
        id=entry_id,
        question=question,
        asked=counts.asked,
        views=views,
        shown=counts.answered,
        helpful=counts.helpful,
        wrong=counts.wrong,
        corrected=corrected,
    )


async def _corrections(tx: Transaction, scope: Scope) -> Mapping[str, int]:
    """Return how many corrections of each entry were sent in a scope."""
    sent = within(DeliveryRow.sent_at, scope)
    query = select(DeliveryRow.entry_id, func.count()).where(DeliveryRow.kind == DeliveryKind.CORRECTION, sent)
    rows = await tx.execute(query.group_by(DeliveryRow.entry_id))
    return {entry_id: int(count) for entry_id, count in rows}

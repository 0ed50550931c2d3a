"""Count what was asked and what became of it, and read where the FAQ falls short, alike on both databases."""

from collections.abc import Mapping, Sequence
from operator import add
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Subquery, and_, case, func, literal, select, union_all

from bot.core.models import Audience, DecisionKind, Rating, Status
from bot.store.database import Transaction
from bot.store.figures import (
    NO_COUNTS,
    Counts,
    Dimension,
    EntryUse,
    Gap,
    HelperUse,
    Key,
    Query,
    Scope,
    Waited,
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
from bot.store.questions import QUESTIONS
from bot.store.queue import OPEN, WITH_AN_ENTRY
from bot.store.records import DeliveryKind, ReplyState, SuggestionStatus
from bot.store.tables import DeliveryRow, EntryRow, FeedbackRow, QuestionRow, ReviewItemRow, SuggestionRow

_BY_DAY: tuple[Dimension, ...] = (Dimension.DAY,)
_BY_PLACE: tuple[Dimension, ...] = (Dimension.ALL, Dimension.PLATFORM, Dimension.CHANNEL)
_BY_ENTRY: tuple[Dimension, ...] = (Dimension.CATEGORY, Dimension.ENTRY)
# What is alike is found by sorting, which is quickest by what tells most apart.
_TELLING = ("author", "entry", "channel", "day", "workspace", "platform", "decision", "shadow")
# What waits for a moderator in place of being sent, or was dropped by one, was no answer.
_HELD_BACK = and_(
    QuestionRow.reply_state.in_((ReplyState.HELD, ReplyState.DROPPED)),
    QuestionRow.sent_message_id.is_(None),
    QuestionRow.decision.in_((DecisionKind.ANSWERED, DecisionKind.SUGGESTED)),
)
_DECISION = case((_HELD_BACK, DecisionKind.UNANSWERED), else_=QuestionRow.decision).label("decision")
_COUNTS = ("asked", *DecisionKind, "shadow", "askers", *Rating)


async def count_questions(
    tx: Transaction, scope: Scope, *dimensions: Dimension
) -> Mapping[Dimension, Mapping[Key, Counts]]:
    """Return what became of the questions of a scope, for each value of each dimension that they have.

    All is counted in one statement, which reads the log once. Most questions differ in nothing but their day and
    author, so they are summed up without them. Who asked is listed by channel and by entry, and what is wider is
    counted from these lists, which are shorter; few people ask twice on a day, so no list of days would be.
    """
    facts = first(_facts(tx, scope, names_of(dimensions)))
    aloud = _aloud(facts)
    parts: list[Query] = []
    for alike in (_BY_DAY, (*_BY_PLACE, *_BY_ENTRY)):
        wanted = [by for by in alike if by in dimensions]
        kinds = first(_kinds(facts, names_of(wanted)))
        parts += [_amounts(kinds, by, scope) for by in wanted]
    for alike in (_BY_PLACE, _BY_ENTRY):
        wanted = [by for by in alike if by in dimensions]
        people = first(_people(aloud, names_of(wanted)))
        parts += [_askers(people, by, scope) for by in wanted]
    parts += [_askers(aloud, by, scope) for by in _BY_DAY if by in dimensions]
    found: dict[Dimension, dict[Key, tuple[int, ...]]] = {by: {} for by in dimensions}
    for by, key, row in map(untagged, await tx.execute(union_all(*parts))):
        counts = tuple(map(int, row))
        found[by][key] = tuple(map(add, found[by].get(key, [0] * len(counts)), counts))
    return {by: {key: _counts(row) for key, row in keys.items()} for by, keys in found.items()}


def _facts(tx: Transaction, scope: Scope, names: Sequence[str]) -> Query:
    """Return what counts of each question."""
    rated = _ratings()
    more = (QuestionRow.author.expression, _DECISION, QuestionRow.shadow.expression, rated.c.helpful, rated.c.wrong)
    source = with_items().outerjoin(rated, rated.c.question_id == QuestionRow.id)
    decided = (*asked(scope), QuestionRow.decision.is_not(None))
    return facts_of(tx, names, *more).select_from(source).where(*decided)


def _kinds(facts: CTE, names: Sequence[str]) -> Query:
    """Return how many questions there are of each kind, and how they were rated."""
    same = _same(facts, *names, "decision", "shadow")
    ratings = (func.sum(facts.c[rating]).label(rating) for rating in Rating)
    return select(*same, func.count().label("times"), *ratings).group_by(*same)


def _aloud(facts: CTE) -> Subquery:
    """Return the questions whose authors count."""
    return select(facts).where(facts.c.shadow.is_(False), facts.c.decision.in_(QUESTIONS)).subquery()


def _people(aloud: Subquery, names: Sequence[str]) -> Query:
    """Return who asked, once for each value of the facts."""
    same = _same(aloud, "author", *names)
    # As groups, which are sorted: of distinct rows SQLite looks up each.
    return select(*same).group_by(*same)


def _same(facts: FromClause, *names: str) -> list[ColumnElement[Any]]:
    return [facts.c[name] for name in sorted(names, key=_TELLING.index)]


def _amounts(kinds: CTE, by: Dimension, scope: Scope) -> Query:
    """Return the counts of a dimension but for the people."""
    loud = kinds.c.shadow.is_(False)
    counts: dict[str, ColumnElement[int]] = {
        "asked": _sum(kinds.c.times, and_(loud, kinds.c.decision.in_(QUESTIONS))),
        **{kind: _sum(kinds.c.times, and_(loud, kinds.c.decision == kind)) for kind in DecisionKind},
        "shadow": _sum(kinds.c.times, kinds.c.shadow.is_(True)),
        **{rating: _sum(kinds.c[rating], loud) for rating in Rating},
    }
    return _grouped(kinds, by, scope, counts)


def _askers(people: FromClause, by: Dimension, scope: Scope) -> Query:
    """Return the count of people of a dimension alone."""
    return _grouped(people, by, scope, {"askers": func.count(people.c.author.distinct())})


def _grouped(rows: FromClause, by: Dimension, scope: Scope, counts: Mapping[str, ColumnElement[int]]) -> Query:
    source, groups = with_categories(scope, rows, by)
    columns = (counts.get(name, literal(0)) for name in _COUNTS)
    return select(*tagged(by, groups), *columns).select_from(source).group_by(*groups)


def _sum(amount: ColumnElement[int], condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, amount))), 0)


def _ratings() -> Subquery:
    """Return for each question how many people rated its answer so."""
    columns = [func.count(case((FeedbackRow.rating == rating, 1))).label(rating) for rating in Rating]
    return select(FeedbackRow.question_id, *columns).group_by(FeedbackRow.question_id).subquery()


def _counts(row: Sequence[int]) -> Counts:
    return Counts(**dict(zip(_COUNTS, row, strict=True)))


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


async def use_of_suggestions(tx: Transaction, scope: Scope) -> tuple[HelperUse, ...]:
    """Return what became of what each person suggested in a scope, those first whose words became most answers."""
    audiences = [each for each in Audience if scope.audience.sees(each)]
    theirs = (
        within(SuggestionRow.suggested_at, scope),
        SuggestionRow.suggested_by != "",
        ReviewItemRow.audience.in_(audiences),
    )
    ends = (SuggestionStatus.ACCEPTED, SuggestionStatus.REWRITTEN, SuggestionStatus.CLOSED)
    counts = (func.sum(case((SuggestionRow.status == end, 1), else_=0)) for end in ends)
    found = select(SuggestionRow.suggested_by, func.count(), *counts).join(ReviewItemRow).where(*theirs)
    rows = await tx.execute(found.group_by(SuggestionRow.suggested_by))
    people = [
        HelperUse(helper=helper, suggested=count, accepted=int(taken), rewritten=int(used), declined=int(left))
        for helper, count, taken, used, left in rows
    ]
    return tuple(sorted(people, key=lambda each: (-each.accepted, -each.rewritten, -each.suggested, each.helper)))

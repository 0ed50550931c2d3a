"""Count what was asked and what became of it, alike on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    ColumnElement,
    FromClause,
    Label,
    Select,
    Subquery,
    Text,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from bot.core.models import Audience, DecisionKind, Rating, Status
from bot.store.database import Transaction
from bot.store.figures import NO_COUNTS, Counts, Dimension, EntryUse, Gap, Key, Scope, Waited
from bot.store.questions import QUESTIONS
from bot.store.queue import OPEN, WITH_AN_ENTRY
from bot.store.tables import EntryRow, FeedbackRow, QuestionRow, ReviewItemRow

_A_DAY = 24 * 60 * 60
_MOST_KEYS = 3
_IS_OPEN = ReviewItemRow.status.in_(OPEN)
_FIRST_OFFERED = type_coerce(QuestionRow.offered, JSON)[(0, 0)].as_string()
# What a moderator says goes before what the bot said.
_ENTRY_ID = func.coalesce(ReviewItemRow.resolved_entry_id, QuestionRow.entry_id, _FIRST_OFFERED)


async def count_questions(
    tx: Transaction, scope: Scope, *dimensions: Dimension
) -> Mapping[Dimension, Mapping[Key, Counts]]:
    """Return what became of the questions of a scope, for each value of each dimension that they have.

    All is counted in one statement, which reads the log once. Days are many, and few people ask twice on one; for all
    other dimensions what each person asked is counted once for all of them.
    """
    rated = _ratings()
    columns = (QuestionRow.decision, QuestionRow.author, QuestionRow.shadow)
    amounts = (literal(1).label("times"), rated.c.helpful, rated.c.wrong)
    keys = {column.name: column for by in dimensions for column in _keys(tx, by)}
    source = _questions(scope, *dimensions).outerjoin(rated, rated.c.question_id == QuestionRow.id)
    decided = and_(*_asked(scope), QuestionRow.decision.is_not(None))
    facts = _first(select(*keys.values(), *columns, *amounts).select_from(source).where(decided))
    people = _first(_summed(facts, [name for name in ("author", *keys, "decision", "shadow") if name != "day"]))
    parts = [
        _counted(rows, by, _groups(rows, _keys(tx, by)))
        for by, rows in ((by, facts if by is Dimension.DAY else people) for by in dimensions)
    ]
    found: dict[Dimension, dict[Key, Counts]] = {by: {} for by in dimensions}
    for by, *row in await tx.execute(union_all(*parts)):
        key = tuple(row[: len(_keys(tx, Dimension(by)))])
        found[Dimension(by)][tuple(map(int, key)) if by == Dimension.DAY else key] = _counts(row[_MOST_KEYS:])
    return found


def _summed(facts: CTE, names: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Return the amounts of facts that are alike in some columns; the first tells most apart, to sort quickly."""
    same = [facts.c[name] for name in names]
    amounts = [func.sum(facts.c[name]).label(name) for name in ("times", *Rating)]
    return select(*same, *amounts).group_by(*same)


def _counted(facts: CTE, by: Dimension, groups: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    """Return the counts of one dimension; the keys are texts, and as many for each, so that they go into one list."""
    padded = [cast(key, Text) for key in (*groups, *[null()] * (_MOST_KEYS - len(groups)))]
    loud = facts.c.shadow.is_(False)
    asked = and_(loud, facts.c.decision.in_(QUESTIONS))
    return select(
        literal(by.value),
        *padded,
        _sum(facts.c.times, asked),
        *(_sum(facts.c.times, and_(loud, facts.c.decision == kind)) for kind in DecisionKind),
        _sum(facts.c.times, facts.c.shadow.is_(True)),
        func.count(case((asked, facts.c.author)).distinct()),
        *(_sum(facts.c[rating], loud) for rating in Rating),
    ).group_by(*groups)


async def count_waiting(tx: Transaction, scope: Scope, by: Dimension = Dimension.ALL) -> Mapping[Key, Waited]:
    """Return how long people waited for the answers that moderators gave in a scope, whenever it was asked."""
    keys = _keys(tx, by)
    # Few items are resolved in a while: their questions are looked up, and the log is not read for them.
    resolved = select(ReviewItemRow.id).where(
        ReviewItemRow.status.in_(WITH_AN_ENTRY), _within(ReviewItemRow.resolved_at, scope)
    )
    waited = (_seconds(tx, ReviewItemRow.resolved_at) - _seconds(tx, QuestionRow.asked_at)).label("waited")
    given = and_(QuestionRow.review_item_id.in_(resolved), _readable(scope), QuestionRow.shadow.is_(False))
    facts = _first(select(*keys, waited).select_from(_questions(scope, by)).where(given))
    groups = _groups(facts, keys)
    order = func.row_number().over(partition_by=groups or None, order_by=facts.c.waited).label("place")
    many = func.count().over(partition_by=groups or None).label("many")
    placed = select(*facts.c, order, many).subquery()
    groups = _groups(placed, keys)
    middle = placed.c.place.in_([(placed.c.many + 1) // 2, (placed.c.many + 2) // 2])
    query = select(*groups, func.max(placed.c.many), func.avg(placed.c.waited)).where(middle).group_by(*groups)
    found = [row for row in await tx.execute(query) if row[-1] is not None]
    return {_key(row, keys): _waited(*row[len(keys) :]) for row in found}


async def largest_gaps(tx: Transaction, scope: Scope, *, fewest_askers: int, limit: int) -> tuple[Gap, ...]:
    """Return the open unanswered questions, those of one item as one, most askers first.

    Each is quoted as it was asked last, unless fewer people than that asked it.
    """
    askers, count = func.count(QuestionRow.author.distinct()), func.count()
    newest = func.max(case((QuestionRow.text.is_not(None), QuestionRow.id)))
    facts = (
        select(QuestionRow.review_item_id, QuestionRow.id)
        .select_from(_questions(scope))
        .where(*_asked(scope), _IS_OPEN, QuestionRow.decision == DecisionKind.UNANSWERED, QuestionRow.shadow.is_(False))
        .subquery()
    )
    query = (
        select(count, askers, newest)
        .join(facts, facts.c.id == QuestionRow.id)
        .group_by(facts.c.review_item_id)
        .order_by(askers.desc(), count.desc(), func.max(QuestionRow.id).desc())
        .limit(limit)
    )
    found = (await tx.execute(query)).all()
    quoted = [number for _, people, number in found if people >= fewest_askers and number is not None]
    wanted = select(QuestionRow.id, QuestionRow.text).where(QuestionRow.id.in_(quoted))
    texts = {row.id: row.text for row in await tx.execute(wanted)}
    return tuple(Gap(text=texts.get(number), count=asked, askers=people) for asked, people, number in found)


async def use_of_entries(tx: Transaction, scope: Scope, asked: Mapping[Key, Counts]) -> tuple[EntryUse, ...]:
    """Return the published entries with how often they were asked for, most often first.

    An entry is asked for when it is the answer, the first of the choices, or what a moderator linked.
    """
    query = select(EntryRow.id, EntryRow.question, EntryRow.source_views).where(
        EntryRow.status == Status.PUBLISHED, EntryRow.audience.in_(_read_by(scope.audience))
    )
    found = [
        EntryUse(id=one, question=text, asked=asked.get((one,), NO_COUNTS).asked, views=views)
        for one, text, views in await tx.execute(query)
    ]
    # Sorted here, since databases differ in the order of letters.
    return tuple(sorted(found, key=lambda use: (-use.asked, use.id)))


def _questions(scope: Scope, *dimensions: Dimension) -> FromClause:
    """Return the questions with their items and, where it matters, the entries that the audience may see."""
    questions, items, entries = QuestionRow.__table__, ReviewItemRow.__table__, EntryRow.__table__
    joined = questions.outerjoin(items, ReviewItemRow.id == QuestionRow.review_item_id)
    if Dimension.CATEGORY not in dimensions:
        return joined
    entry = and_(EntryRow.id == _ENTRY_ID, EntryRow.audience.in_(_read_by(scope.audience)))
    return joined.outerjoin(entries, entry)


def _first(facts: Select[*tuple[Any, ...]]) -> CTE:
    """Return facts that are gathered before they are grouped.

    Otherwise SQLite reads the whole log by an index that has the order of the groups, however short the scope is.
    """
    return facts.cte().prefix_with("MATERIALIZED")


def _read_by(audience: Audience) -> list[Audience]:
    return [meant_for for meant_for in Audience if audience.sees(meant_for)]


def _readable(scope: Scope) -> ColumnElement[bool]:
    return QuestionRow.audience.in_(_read_by(scope.audience))


def _asked(scope: Scope) -> Sequence[ColumnElement[bool]]:
    return _readable(scope), _within(QuestionRow.asked_at, scope)


def _within(moment: Any, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401  # a column, or an expression over some
    return and_(moment >= scope.since, moment < scope.until)


def _keys(tx: Transaction, by: Dimension) -> tuple[Label[Any], ...]:
    """Return the columns that a dimension is told apart by."""
    columns: Mapping[Dimension, Mapping[str, Any]] = {
        Dimension.ALL: {},
        Dimension.DAY: {"day": _seconds(tx, QuestionRow.asked_at) // _A_DAY},
        Dimension.PLATFORM: {"platform": QuestionRow.platform},
        Dimension.CHANNEL: {
            "platform": QuestionRow.platform,
            "workspace": QuestionRow.workspace_id,
            "channel": QuestionRow.channel_id,
        },
        Dimension.CATEGORY: {"category": EntryRow.category},
        Dimension.ENTRY: {"entry": _ENTRY_ID},
    }
    return tuple(column.label(name) for name, column in columns[by].items())


def _groups(rows: FromClause, keys: Sequence[Label[Any]]) -> list[ColumnElement[Any]]:
    return [rows.c[key.name] for key in keys]


def _key(row: Sequence[Any], keys: Sequence[ColumnElement[Any]]) -> Key:
    return tuple(row[: len(keys)])


def _seconds(tx: Transaction, moment: Any) -> ColumnElement[int]:  # noqa: ANN401  # a column, or an expression over some
    """Return the whole seconds since 1970."""
    if tx.get_bind().dialect.name == "postgresql":
        return cast(func.floor(extract("epoch", moment)), BigInteger)
    # Without its fraction, which SQLite would round.
    return cast(extract("epoch", func.substr(moment, 1, 19)), BigInteger)


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sum(amount: ColumnElement[int], condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, amount))), 0)


def _ratings() -> Subquery:
    """Return for each question how many people rated its answer so."""
    columns = [_times(FeedbackRow.rating == rating).label(rating) for rating in Rating]
    return select(FeedbackRow.question_id, *columns).group_by(FeedbackRow.question_id).subquery()


def _counts(values: Sequence[Any]) -> Counts:
    asked, answered, suggested, unanswered, ignored, shadow, askers, helpful, wrong = map(int, values)
    return Counts(
        asked=asked,
        answered=answered,
        suggested=suggested,
        unanswered=unanswered,
        ignored=ignored,
        shadow=shadow,
        askers=askers,
        helpful=helpful,
        wrong=wrong,
    )


def _waited(count: int, seconds: Any) -> Waited:  # noqa: ANN401  # a number of the driver's kind
    return Waited(count=count, median_seconds=float(seconds))

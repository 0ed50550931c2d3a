"""Count what was asked and what became of it, alike on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from operator import add
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Subquery, and_, case, func, literal, select, union_all

from bot.core.models import DecisionKind, Rating
from bot.store.database import Transaction
from bot.store.figures import Counts, Dimension, Key, Scope
from bot.store.questions import QUESTIONS
from bot.store.scopes import Query, asked, facts_of, first, names_of, tagged, untagged, with_categories, with_items
from bot.store.tables import FeedbackRow, QuestionRow

_BY_DAY: tuple[Dimension, ...] = (Dimension.DAY,)
_BY_PLACE: tuple[Dimension, ...] = (Dimension.ALL, Dimension.PLATFORM, Dimension.CHANNEL)
_BY_ENTRY: tuple[Dimension, ...] = (Dimension.CATEGORY, Dimension.ENTRY)
# What is alike is found by sorting, which is quickest by what tells most apart.
_TELLING = ("author", "entry", "channel", "day", "workspace", "platform", "decision", "shadow")
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
    more = (QuestionRow.author, QuestionRow.decision, QuestionRow.shadow, rated.c.helpful, rated.c.wrong)
    source = with_items().outerjoin(rated, rated.c.question_id == QuestionRow.id)
    decided = (*asked(scope), QuestionRow.decision.is_not(None))
    return facts_of(tx, names, *(column.expression for column in more)).select_from(source).where(*decided)


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

"""Define what the store counts, and select the questions that figures are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    type_coerce,
)

from bot.core.models import Audience
from bot.store.database import Transaction
from bot.store.tables import EntryRow, QuestionRow, ReviewItemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The period and the audience that count: `since` is inside, `until` is not."""

    since: datetime
    until: datetime
    audience: Audience


class Dimension(StrEnum):
    """By what the figures are grouped; a day is one of UTC, a category that of the entry.

    The entry is that which a moderator linked, else the answer, else the first of the choices.
    """

    ALL = "all"
    DAY = "day"
    PLATFORM = "platform"
    CHANNEL = "channel"
    CATEGORY = "category"
    ENTRY = "entry"


# One value for each column that a dimension is told apart by.
Key = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many questions came in, by their outcome; `asked` leaves out what was ignored.

    `shadow` were decided without a word, and count nowhere else.
    """

    asked: int = 0
    answered: int = 0
    suggested: int = 0
    unanswered: int = 0
    ignored: int = 0
    shadow: int = 0
    askers: int = 0
    helpful: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """How many questions got an answer from a person, and the median of the seconds that it took."""

    count: int = 0
    median_seconds: float | None = None


NO_COUNTS, NOBODY_WAITED = Counts(), Waited()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Open questions that belong together; `text` is None where too few people asked to quote one of them."""

    text: str | None
    count: int
    askers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperUse:
    """What moderators made of the answers that somebody suggested: taken as they stand, rewritten, or not taken."""

    helper: str
    suggested: int
    accepted: int
    rewritten: int
    declined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUse:
    """How often an entry was asked for in the bot, and how often its source was viewed, where that is known.

    It was `shown` as the answer at once, was rated `helpful` or `wrong`, and `corrected` in so many threads.
    """

    id: str
    question: str
    asked: int
    views: int | None
    shown: int = 0
    helpful: int = 0
    wrong: int = 0
    corrected: int = 0

    @property
    def has_feedback(self) -> bool:
        """Return whether anybody rated it, or it was corrected."""
        return bool(self.helpful or self.wrong or self.corrected)


Query = Select[*tuple[Any, ...]]
# The columns by which the questions of a dimension are told apart; a category is that of their entry.
FACTS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.ALL: (),
    Dimension.DAY: ("day",),
    Dimension.PLATFORM: ("platform",),
    Dimension.CHANNEL: ("platform", "workspace", "channel"),
    Dimension.CATEGORY: ("entry",),
    Dimension.ENTRY: ("entry",),
}
_MOST_KEYS = max(map(len, FACTS.values()))
_FIRST_OFFERED = type_coerce(QuestionRow.offered, JSON)[(0, 0)].as_string()
# What a moderator says goes before what the bot said.
_ENTRY_ID = func.coalesce(ReviewItemRow.resolved_entry_id, QuestionRow.entry_id, _FIRST_OFFERED)


def facts_of(tx: Transaction, names: Sequence[str], *more: ColumnElement[Any]) -> Query:
    """Return the columns of these names of each question, and some more."""
    columns: Mapping[str, ColumnElement[Any]] = {
        "day": _day(tx, QuestionRow.asked_at),
        "platform": QuestionRow.platform.expression,
        "workspace": QuestionRow.workspace_id.expression,
        "channel": QuestionRow.channel_id.expression,
        "entry": _ENTRY_ID,
    }
    return select(*(columns[name].label(name) for name in names), *more)


def names_of(dimensions: Sequence[Dimension]) -> tuple[str, ...]:
    """Return the names of the columns by which questions are told apart in some dimension."""
    return tuple(dict.fromkeys(name for by in dimensions for name in FACTS[by]))


def with_items() -> FromClause:
    """Return the questions with their review items."""
    return QuestionRow.__table__.outerjoin(ReviewItemRow.__table__, ReviewItemRow.id == QuestionRow.review_item_id)


def first(facts: Query) -> CTE:
    """Return facts that are gathered before they are grouped.

    Otherwise SQLite reads the whole log by an index that has the order of the groups, however short the scope is.
    """
    return facts.cte().prefix_with("MATERIALIZED")


def with_categories(scope: Scope, rows: FromClause, by: Dimension) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """Return gathered rows and the columns by which to group them, for a category with the entries to be seen."""
    if by is not Dimension.CATEGORY:
        return rows, [rows.c[name] for name in FACTS[by]]
    visible = and_(EntryRow.id == rows.c.entry, EntryRow.audience.in_(read_by(scope.audience)))
    return rows.outerjoin(EntryRow.__table__, visible), [EntryRow.category.expression]


def tagged(by: Dimension, groups: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """Return the name of a dimension and its keys, which are texts, and as many for each: so one list holds all."""
    return [literal(by.value), *(cast(key, Text) for key in (*groups, *[null()] * (_MOST_KEYS - len(groups))))]


def untagged(row: Sequence[Any]) -> tuple[Dimension, Key, Sequence[Any]]:
    """Return the dimension of such a row, its key, and the figures."""
    by = Dimension(row[0])
    return by, tuple(row[1 : 1 + len(FACTS[by])]), row[1 + _MOST_KEYS :]


def read_by(audience: Audience) -> list[Audience]:
    """Return for whom what an audience sees is meant."""
    return [meant_for for meant_for in Audience if audience.sees(meant_for)]


def readable(scope: Scope) -> ColumnElement[bool]:
    """Return whether the audience may know of a question."""
    return QuestionRow.audience.in_(read_by(scope.audience))


def asked(scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Return whether a question was asked in the scope."""
    return readable(scope), within(QuestionRow.asked_at, scope)


def within(moment: Any, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401  # a column, or an expression over some
    """Return whether a moment is in the period of a scope."""
    return and_(moment >= scope.since, moment < scope.until)


def seconds(tx: Transaction, moment: Any) -> ColumnElement[int]:  # noqa: ANN401  # a column, or an expression over some
    """Return the whole seconds since 1970."""
    if tx.get_bind().dialect.name == "postgresql":
        return cast(func.floor(extract("epoch", moment)), BigInteger)
    # Without its fraction, which SQLite would round.
    return cast(extract("epoch", func.substr(moment, 1, 19)), BigInteger)


def _day(tx: Transaction, moment: Any) -> ColumnElement[str]:  # noqa: ANN401  # as above
    """Return the day of UTC, such as 2026-11-30."""
    if tx.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD")
    return func.substr(moment, 1, 10)

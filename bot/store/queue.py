"""Store which questions are in which review items, and which message shows which item."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, case, exists, func, insert, or_, select, update

from bot.core.models import Audience, ChannelRef, DismissReason, ItemKind, ItemStatus
from bot.core.review import ReviewItem
from bot.errors import QuestionNotFoundError
from bot.store.database import Alone, Transaction, chunks, insert_into, let_others_run
from bot.store.items import read_items
from bot.store.questions import change_question, row_of
from bot.store.records import from_question_id, to_question_id
from bot.store.tables import CardRow, QuestionRow, ReviewItemRow, ReviewQueueRow

OPEN = (ItemStatus.OPEN, ItemStatus.SNOOZED)
WITH_AN_ENTRY = (ItemStatus.ANSWERED, ItemStatus.LINKED)
_STATE = (
    "status",
    "assignee",
    "snoozed_until",
    "resolved_by",
    "resolved_at",
    "resolved_entry_id",
    "reason",
    "note",
    "merged_into",
)
_AT_ONCE = 500
_TIMES = ("snoozed_until", "resolved_at")

# Every question that nothing fits takes these: made once, since to make a statement takes longer than to run it.
_QUEUE, _LOG, _ITEMS = (cast("Table", row.__table__) for row in (ReviewQueueRow, QuestionRow, ReviewItemRow))
_VERSION = select(_QUEUE.c.version)
_NEXT_VERSION = update(_QUEUE).values(version=_QUEUE.c.version + 1).returning(_QUEUE.c.version)
_OPEN_ITEM = insert(_ITEMS).returning(_ITEMS.c.id)
_CANDIDATE = select(*(_LOG.c[name] for name in ("id", "audience", "text", "entry_id"))).where(
    _LOG.c.id == bindparam("number")
)
_TAKES = and_(_ITEMS.c.status.in_(OPEN), _ITEMS.c.kind != ItemKind.CHOSEN)
_PAGE = (
    select(_LOG.c.id, _LOG.c.audience, _LOG.c.text, case((_TAKES, _ITEMS.c.id)))
    .where(_LOG.c.id > bindparam("last"))
    .order_by(_LOG.c.id)
    .limit(bindparam("most"))
)
_ALL_MEMBERS = _PAGE.join(_ITEMS).where(_TAKES)
# As a union, since an OR would have SQLite look at each question there is.
_MOVED = _PAGE.outerjoin(_ITEMS).where(
    _LOG.c.id.in_(
        select(_LOG.c.id)
        .where(_LOG.c.review_version > bindparam("since"))
        .union(
            select(_LOG.c.id).where(
                _LOG.c.review_item_id.in_(select(_ITEMS.c.id).where(_ITEMS.c.version > bindparam("since")))
            )
        )
    )
)


class Member(NamedTuple):
    """A question that is or was in the review: `item` is None when it is in no open item, or not any more."""

    question: int
    audience: Audience
    text: str | None
    item: int | None


class QueueCandidate(NamedTuple):
    """A question that is to join the review, and the entry that it was answered with, if it was.

    Without a question it is the entry itself that is to be reviewed.
    """

    question: int
    audience: Audience
    text: str
    entry_id: str | None


async def queue_version(tx: Transaction | Alone) -> int:
    """Return the number of the last change of the queue."""
    version: int = (await tx.scalars(_VERSION)).one()
    return version


async def begin_version(tx: Transaction) -> int:
    """Return the number of the change that this transaction makes; until its end nobody else changes the queue."""
    version: int = (await tx.scalars(_NEXT_VERSION)).one()
    return version


async def members(tx: Transaction, *, since: int) -> AsyncIterator[Sequence[Member]]:
    """Yield the questions whose membership changed after a version, oldest first; after 0, all that others may join.

    They come some at a time: all at once, those of a large store would hold up everybody else.
    """
    step, last, is_more = _MOVED if since else _ALL_MEMBERS, 0, True
    while is_more:
        some = [Member(*row) for row in await tx.execute(step, {"since": since, "last": last, "most": _AT_ONCE})]
        await let_others_run()
        if some:
            yield some
            last = some[-1].question
        is_more = len(some) == _AT_ONCE


async def candidate(tx: Transaction, question_id: str) -> QueueCandidate:
    """Return what decides where a question of the log belongs."""
    row = (await tx.execute(_CANDIDATE, {"number": from_question_id(question_id)})).one_or_none()
    if row is None:
        raise QuestionNotFoundError(question_id)
    return QueueCandidate(row.id, row.audience, row.text or "", row.entry_id)


async def open_item(  # noqa: PLR0913  # what an item begins with
    tx: Transaction,
    kind: ItemKind,
    about: QueueCandidate,
    *,
    version: int,
    at: datetime,
    assignee: str | None = None,
    finding: str | None = None,
    entry_version: int | None = None,
) -> int:
    """Open a new item and return its number."""
    found = {"finding": finding, "entry_version": entry_version}
    about_it = {"kind": kind, "audience": about.audience, "entry_id": about.entry_id, "assignee": assignee, **found}
    row = {**about_it, "status": ItemStatus.OPEN, "version": version, "created_at": at}
    number: int = (await tx.scalars(_OPEN_ITEM, row)).one()
    return number


async def put_into(tx: Transaction, item: int | None, questions: Sequence[int], *, version: int) -> None:
    """Move questions into an item, or out of theirs."""
    where = {"review_item_id": item, "review_version": version}
    if len(questions) == 1:  # as of each that joins
        await change_question(tx, to_question_id(questions[0]), where)
        return
    for some in chunks(questions):
        await tx.execute(update(QuestionRow).where(QuestionRow.id.in_(some)).values(where))


async def outside(tx: Transaction, questions: Sequence[int]) -> Sequence[int]:
    """Return those questions that are in no open item."""
    inside = select(ReviewItemRow.id).where(ReviewItemRow.status.in_(OPEN))
    free = or_(QuestionRow.review_item_id.is_(None), QuestionRow.review_item_id.not_in(inside))
    return (await tx.scalars(select(QuestionRow.id).where(QuestionRow.id.in_(questions), free))).all()


async def item_state(tx: Transaction, number: int) -> dict[str, Any]:
    """Return what moderators change about an item, as plain values for the audit log."""
    columns = (ReviewItemRow.__table__.c[name] for name in _STATE)
    row = (await tx.execute(select(*columns).where(ReviewItemRow.id == number))).mappings().one()
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


async def restore_item(tx: Transaction, number: int, state: Mapping[str, Any], *, version: int) -> None:
    """Make an item again what the audit log says that it was."""
    times = {name: datetime.fromisoformat(state[name]) for name in _TIMES if state[name] is not None}
    await change_item(tx, number, version=version, **{**state, **times})


async def change_item(tx: Transaction, number: int, *, version: int, **values: object) -> None:
    """Change columns of an item, under a version of the queue."""
    await tx.execute(update(ReviewItemRow).where(ReviewItemRow.id == number).values(version=version, **values))


@dataclass(frozen=True, slots=True)
class Removal:
    """Who had something removed, when and why."""

    actor: str
    at: datetime
    reason: str


async def lock_review(tx: Transaction) -> None:
    """Lock the queue; to lock a question as well, lock the queue first."""
    await tx.execute(select(ReviewQueueRow.id).with_for_update())


async def take_out(tx: Transaction, question_id: str, removal: Removal) -> None:
    """Remove a question from its item, if that is open."""
    version = await begin_version(tx)
    row = await row_of(tx, question_id)
    item = None if row.review_item_id is None else await tx.get(ReviewItemRow, row.review_item_id)
    if item is not None and item.status in OPEN:
        await put_into(tx, None, [row.id], version=version)
        await close_empty(tx, [item.id], version, removal)


async def close_empty(tx: Transaction, items: Sequence[int], version: int, removal: Removal) -> int:
    """Close those of the items that are open and have no question left, and return how many."""
    members = exists().where(QuestionRow.review_item_id == ReviewItemRow.id)
    closed = {"status": ItemStatus.DISMISSED, "reason": DismissReason.OTHER, "note": removal.reason, "version": version}
    by = {"resolved_by": removal.actor, "resolved_at": removal.at}
    count = 0
    for some in chunks(items):
        step = update(ReviewItemRow).where(ReviewItemRow.id.in_(some), ReviewItemRow.status.in_(OPEN), ~members)
        count += len((await tx.scalars(step.values(**closed, **by).returning(ReviewItemRow.id))).all())
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCard:
    """An item, the message that shows an older state of it, if one does, and the version of the present one."""

    item: ReviewItem
    message_id: str | None
    version: int


async def stale_cards(
    tx: Transaction, board: ChannelRef, *, at: datetime, limit: int, item: int | None = None
) -> tuple[StaleCard, ...]:
    """Return open items that no message of a channel shows, and shown ones that changed since, oldest change first.

    With an `item` no other is looked at.
    """
    moved = func.max(QuestionRow.review_version)
    joined = func.coalesce(
        select(moved).where(QuestionRow.review_item_id == ReviewItemRow.id).correlate(ReviewItemRow).scalar_subquery(),
        0,
    )
    here = (CardRow.platform == board.platform, CardRow.workspace_id == board.workspace_id)
    mine = and_(CardRow.item_id == ReviewItemRow.id, *here, CardRow.channel_id == board.channel_id)
    shown = (
        select(ReviewItemRow.id, CardRow.message_id, CardRow.version.label("shown"))
        .add_columns(ReviewItemRow.version.label("changed"), joined.label("joined"))
        .outerjoin(CardRow, mine)
        .where(or_(ReviewItemRow.status == ItemStatus.OPEN, CardRow.message_id.is_not(None)))
        .where(*(() if item is None else (ReviewItemRow.id == item,)))
        .subquery()
    )
    version = case((shown.c.joined > shown.c.changed, shown.c.joined), else_=shown.c.changed)
    query = (
        select(shown.c.id, shown.c.message_id, version)
        .where(or_(shown.c.message_id.is_(None), shown.c.shown < version))
        .order_by(version, shown.c.id)
        .limit(limit)
    )
    found = (await tx.execute(query)).all()
    items = await read_items(tx, [number for number, _, _ in found], at=at)
    return tuple(StaleCard(item=items[number], message_id=shown, version=now) for number, shown, now in found)


async def put_card(tx: Transaction, board: ChannelRef, item: int, *, message_id: str, version: int) -> None:
    """Store which message shows an item, and which version of it."""
    where = {"platform": board.platform, "workspace_id": board.workspace_id, "channel_id": board.channel_id}
    what = {"message_id": message_id, "version": version}
    step = insert_into(tx, CardRow).values(**where, item_id=item, **what)
    await tx.execute(step.on_conflict_do_update(index_elements=[*where, "item_id"], set_=what))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCard:
    """A message that shows an item of which somebody asked for a person, and since when they wait."""

    item: int
    message_id: str
    since: datetime


async def waiting_cards(tx: Transaction, board: ChannelRef, *, before: datetime) -> tuple[WaitingCard, ...]:
    """Return the open items that a channel shows and of which somebody asked for a person before a time, but once."""
    since = func.min(QuestionRow.human_asked_at)
    query = (
        select(ReviewItemRow.id, CardRow.message_id, since)
        .join(QuestionRow, QuestionRow.review_item_id == ReviewItemRow.id)
        .join(CardRow, CardRow.item_id == ReviewItemRow.id)
        .where(ReviewItemRow.status == ItemStatus.OPEN, ReviewItemRow.reminded_at.is_(None))
        .where(CardRow.platform == board.platform, CardRow.workspace_id == board.workspace_id)
        .where(CardRow.channel_id == board.channel_id)
        .group_by(ReviewItemRow.id, CardRow.message_id)
        .having(since <= before)
        .order_by(since)
    )
    rows = await tx.execute(query)
    found = [(item, message_id, at) for item, message_id, at in rows if at is not None]
    return tuple(WaitingCard(item=item, message_id=message_id, since=at) for item, message_id, at in found)


async def note_reminder(tx: Transaction, item: int, at: datetime | None) -> None:
    """Store when moderators were reminded of an item; None takes that back."""
    await tx.execute(update(ReviewItemRow).where(ReviewItemRow.id == item).values(reminded_at=at))

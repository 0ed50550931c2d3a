"""Find the entries that a date or a check calls for a look at, and the review items that are not needed any more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.core.models import Audience, ItemKind, ItemStatus, Status
from bot.core.review import ABOUT_ENTRIES
from bot.store.database import Transaction, chunks
from bot.store.tables import EntryRow, ReviewItemRow

_OF_DATES = (ItemKind.EXPIRED, ItemKind.DUE, ItemKind.OVERTAKEN)
_OPEN = (ItemStatus.OPEN, ItemStatus.SNOOZED)


class DatedEntry(NamedTuple):
    """An entry that is to be reviewed because of a date, and its owner."""

    kind: ItemKind
    entry_id: str
    audience: Audience
    owner: str | None


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of an entry: from when it counts, and the condition that it counts on a day."""

    column: InstrumentedAttribute[date | None]
    counts_after: timedelta
    counts: ColumnElement[bool]


def _dates(today: date) -> Mapping[ItemKind, _Date]:
    # Without a date these are false and not unknown, so that their opposites hold.
    ended = and_(EntryRow.valid_until.is_not(None), EntryRow.valid_until < today)
    due = and_(EntryRow.review_by.is_not(None), EntryRow.review_by <= today)
    holds = or_(EntryRow.valid_until.is_(None), EntryRow.valid_until >= today)
    return {
        ItemKind.EXPIRED: _Date(EntryRow.valid_until, timedelta(days=1), ended),
        ItemKind.DUE: _Date(EntryRow.review_by, timedelta(), and_(due, holds)),
    }


async def newly_dated(tx: Transaction, *, today: date) -> Sequence[DatedEntry]:
    """Return the published entries of which a date has come that did not bring them into the review yet."""
    return [entry for kind, its in _dates(today).items() for entry in await _newly(tx, kind, its)]


async def _newly(tx: Transaction, kind: ItemKind, its: _Date) -> Sequence[DatedEntry]:
    last: ColumnElement[datetime | None] = func.max(ReviewItemRow.created_at)
    mine = and_(ReviewItemRow.entry_id == EntryRow.id, ReviewItemRow.kind == kind)
    query = (
        select(EntryRow.id, EntryRow.audience, EntryRow.owner, its.column, last)
        .outerjoin(ReviewItemRow, mine)
        .where(EntryRow.status == Status.PUBLISHED, its.counts)
        .group_by(EntryRow.id)
        .order_by(EntryRow.id)
    )
    return [
        DatedEntry(kind, entry_id, audience, owner)
        for entry_id, audience, owner, day, entered in await tx.execute(query)
        if day is not None and (entered is None or entered.date() < day + its.counts_after)
    ]


async def settled(tx: Transaction, *, today: date) -> Sequence[tuple[int, str]]:
    """Return the open items about a date that was moved, or an entry that changed since or is not published."""
    dates = _dates(today)
    moved = or_(*(and_(ReviewItemRow.kind == kind, not_(its.counts)) for kind, its in dates.items()))
    changed = and_(ReviewItemRow.kind == ItemKind.OVERTAKEN, EntryRow.updated_at > ReviewItemRow.created_at)
    gone = EntryRow.status != Status.PUBLISHED
    query = select(ReviewItemRow.id, EntryRow.id).join(EntryRow, EntryRow.id == ReviewItemRow.entry_id)
    open_ones = (ReviewItemRow.kind.in_(ABOUT_ENTRIES), ReviewItemRow.status.in_(_OPEN))
    found = await tx.execute(query.where(*open_ones, or_(moved, changed, gone)))
    return [(number, entry_id) for number, entry_id in found]


async def not_in_review(tx: Transaction, kind: ItemKind, entry_ids: Sequence[str]) -> Sequence[DatedEntry]:
    """Return those of the entries that no open item of a kind is about."""
    inside = select(ReviewItemRow.entry_id).where(ReviewItemRow.kind == kind, ReviewItemRow.status.in_(_OPEN))
    query = select(EntryRow.id, EntryRow.audience, EntryRow.owner).where(
        EntryRow.id.in_(entry_ids), EntryRow.id.not_in(inside.where(ReviewItemRow.entry_id.is_not(None)))
    )
    found = await tx.execute(query.order_by(EntryRow.id))
    return [DatedEntry(kind, entry_id, audience, owner) for entry_id, audience, owner in found]


async def dated_entries(tx: Transaction, *, audience: Audience) -> Sequence[DatedEntry]:
    """Return the entries that an audience may know of and that are in the review because of a date, by kind and id."""
    readable = EntryRow.audience.in_([meant_for for meant_for in Audience if audience.sees(meant_for)])
    query = (
        select(ReviewItemRow.kind, EntryRow.id, EntryRow.audience, EntryRow.owner)
        .join(EntryRow, EntryRow.id == ReviewItemRow.entry_id)
        .where(ReviewItemRow.kind.in_(_OF_DATES), ReviewItemRow.status == ItemStatus.OPEN, readable)
        .order_by(ReviewItemRow.kind, EntryRow.id)
    )
    return [DatedEntry(*row) for row in await tx.execute(query)]


class Flaw(NamedTuple):
    """What a check found in an entry."""

    entry_id: str
    finding: str


class FlawedEntry(NamedTuple):
    """A published entry in which something was found, its version and its owner."""

    flaw: Flaw
    entry_version: int
    audience: Audience
    owner: str | None


class Flaws(NamedTuple):
    """What is to change in the review: flaws that are not in it yet, and items whose flaw is gone, by number."""

    new: Sequence[FlawedEntry]
    mended: Sequence[tuple[int, str]]


async def compare_flaws(tx: Transaction, found: Collection[Flaw], *, most: int) -> Flaws:
    """Return what the review lacks of the flaws in published entries, in their order, so that at most `most` are open.

    A flaw that was dismissed counts as new again with another version of its entry.
    """
    query = (
        select(ReviewItemRow.id, EntryRow.id, ReviewItemRow.finding, ReviewItemRow.status)
        .join(EntryRow, EntryRow.id == ReviewItemRow.entry_id)
        .where(ReviewItemRow.kind == ItemKind.FLAWED)
        .where(or_(ReviewItemRow.status.in_(_OPEN), ReviewItemRow.entry_version == EntryRow.version))
    )
    known: set[Flaw] = set()
    waiting, mended = 0, []
    for number, entry_id, finding, status in await tx.execute(query):
        flaw = Flaw(entry_id, finding or "")
        if flaw in found or status not in _OPEN:
            known.add(flaw)
            waiting += status in _OPEN
        else:
            mended.append((number, entry_id))
    new = [flaw for flaw in dict.fromkeys(found) if flaw not in known]
    published = await _published(tx, {flaw.entry_id for flaw in new})
    flawed = [FlawedEntry(flaw, *published[flaw.entry_id]) for flaw in new if flaw.entry_id in published]
    return Flaws(flawed[: max(0, most - waiting)], mended)


async def _published(tx: Transaction, entry_ids: Collection[str]) -> Mapping[str, tuple[int, Audience, str | None]]:
    found: dict[str, tuple[int, Audience, str | None]] = {}
    for some in chunks(sorted(entry_ids)):
        query = select(EntryRow.id, EntryRow.version, EntryRow.audience, EntryRow.owner)
        rows = await tx.execute(query.where(EntryRow.id.in_(some), EntryRow.status == Status.PUBLISHED))
        found |= {entry_id: (version, audience, owner) for entry_id, version, audience, owner in rows}
    return found

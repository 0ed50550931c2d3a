"""Store which messages are one question, count the replies of the last minutes, and find answers given lately."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, case, func, or_, select, update

from bot.core.models import ChannelRef, DecisionKind, MessageRef, Surface
from bot.store.database import Alone, Transaction
from bot.store.privacy import message
from bot.store.questions import change_question, ref_of
from bot.store.records import SAID, ReplyState, from_question_id, to_question_id
from bot.store.tables import EntryRow, QuestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """The question that somebody asked last in a place, how many parts it has, and the last message of it."""

    question_id: str
    surface: Surface
    parts: int
    last: MessageRef
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstPart:
    """A message that is a part of a question."""

    id: str
    question_id: str
    text: str | None


# Every question asks these, as those below: made once, since to make a statement takes longer than to run it.
_LOCK_AUTHOR = select(func.pg_advisory_xact_lock(bindparam("key", type_=BigInteger)))
_LOG = QuestionRow.__table__
_OF_LAST = ("platform", "workspace_id", "channel_id", "thread_id", "message_id", "asked_at", "deleted_at", "beside")
_LAST = (
    select(*(_LOG.c[name] for name in ("id", "part_of", *_OF_LAST)))
    .where(
        _LOG.c.author == bindparam("author"),
        _LOG.c.platform == bindparam("platform"),
        _LOG.c.workspace_id == bindparam("workspace_id"),
        _LOG.c.channel_id == bindparam("channel_id"),
        _LOG.c.thread_id.is_not_distinct_from(bindparam("thread_id")),
        _LOG.c.message_id != bindparam("message_id"),
        _LOG.c.shadow == bindparam("shadow"),
    )
    .order_by(_LOG.c.id.desc())
    .limit(1)
    .subquery()
)
_FIRST, _PART = _LOG.alias("first"), _LOG.alias("part")
_BURST = select(
    *(_LAST.c[name] for name in _OF_LAST),
    *(_FIRST.c.id, _FIRST.c.surface),
    select(func.count()).where(_PART.c.part_of == _FIRST.c.id).scalar_subquery().label("parts"),
).join_from(_LAST, _FIRST, _FIRST.c.id == func.coalesce(_LAST.c.part_of, _LAST.c.id))


async def lock_author(tx: Transaction, author: str) -> None:
    """Lock what an author writes until the end of the transaction; in a file transactions come in turn anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        await tx.execute(_LOCK_AUTHOR, {"key": crc32(author.encode())})


async def last_burst(tx: Transaction | Alone, ref: MessageRef, author: str, *, shadow: bool) -> Burst | None:
    """Return what an author asked last where a message stands, apart from that message."""
    found = await tx.execute(_BURST, {**asdict(ref), "author": author, "shadow": shadow})
    row = found.one_or_none()
    if row is None or row.deleted_at is not None:
        return None
    return Burst(
        question_id=to_question_id(row.id),
        surface=row.surface,
        parts=row.parts,
        last=ref_of(row),
        last_at=row.asked_at,
    )


async def note_part(tx: Transaction, part_id: str, question_id: str) -> None:
    """Store that a message is a part of a question."""
    await change_question(tx, part_id, {"part_of": from_question_id(question_id)})


async def part_at(tx: Transaction, ref: MessageRef) -> BurstPart | None:
    """Return the part of a question that a message is, None where it is none."""
    row = await message(tx, ref)
    if row is None or row.part_of is None:
        return None
    return BurstPart(id=to_question_id(row.id), question_id=to_question_id(row.part_of), text=row.text)


async def erase_parts(tx: Transaction, question_id: str) -> None:
    """Erase the text of the parts of a question."""
    parts = update(QuestionRow).where(QuestionRow.part_of == from_question_id(question_id))
    await tx.execute(parts.values(text=None, normalised=None))


PUBLIC = (Surface.AMBIENT, Surface.MENTION, Surface.DIRECT)
"""What came in these ways is answered with a message of its own, which counts."""


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _counting(which: ColumnElement[bool]) -> Select[int, int, int]:
    mine, here = QuestionRow.author == bindparam("author"), QuestionRow.channel_id == bindparam("channel_id")
    return select(_sum(mine), _sum(here), func.count()).where(
        QuestionRow.asked_at >= bindparam("since"),
        which,
        QuestionRow.surface.in_(PUBLIC),
        QuestionRow.platform == bindparam("platform"),
        QuestionRow.workspace_id == bindparam("workspace_id"),
    )


_REPLIED = _counting(QuestionRow.reply_state.in_(SAID))
_LIMITED = _counting(QuestionRow.reply_state == ReplyState.LIMITED)
_GIVEN = (
    select(QuestionRow.id)
    .join(EntryRow, EntryRow.id == QuestionRow.entry_id)
    .where(
        QuestionRow.channel_id == bindparam("channel_id"),
        QuestionRow.workspace_id == bindparam("workspace_id"),
        QuestionRow.platform == bindparam("platform"),
        QuestionRow.entry_id == bindparam("entry_id"),
        QuestionRow.decision == DecisionKind.ANSWERED,
        QuestionRow.content_version >= EntryRow.content_version,
        or_(QuestionRow.reply_state == ReplyState.SENT, QuestionRow.reply_until.is_not(None)),
        QuestionRow.points_above.is_(False),
        QuestionRow.asked_at >= bindparam("since"),
        QuestionRow.id < bindparam("before"),
    )
    .limit(1)
)
_UNASKED = (
    select(QuestionRow.id)
    .where(
        QuestionRow.channel_id == bindparam("channel_id"),
        QuestionRow.workspace_id == bindparam("workspace_id"),
        QuestionRow.platform == bindparam("platform"),
        QuestionRow.surface == Surface.AMBIENT,
        QuestionRow.reply_state.in_(SAID),
        QuestionRow.asked_at >= bindparam("since"),
    )
    .limit(1)
)
_ABOVE_ALL = 2**31 - 1  # the last number that the column can have
_GIVEN_TO = _GIVEN.where(QuestionRow.author == bindparam("author"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many questions there were: of an author, in a channel, and in a workspace."""

    author: int
    channel: int
    workspace: int


async def replies_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got a reply."""
    return await _count(tx, _REPLIED, channel, author, since)


async def limited_since(tx: Transaction, channel: ChannelRef, author: str, *, since: datetime) -> Count:
    """Return how many questions got none because of the limits."""
    return await _count(tx, _LIMITED, channel, author, since)


async def was_given_in_channel(  # noqa: PLR0913  # what tells which answers count
    tx: Transaction,
    channel: ChannelRef,
    entry_id: str,
    *,
    before: str | None,
    since: datetime,
    author: str | None = None,
) -> bool:
    """Return whether an entry, as it now reads, was given in a channel after a time; to an author, if one is named."""
    named = {} if author is None else {"author": author}
    which = {"entry_id": entry_id, "since": since, "before": _before(before), **asdict(channel), **named}
    found = await tx.scalars(_GIVEN if author is None else _GIVEN_TO, which)
    return found.one_or_none() is not None


async def spoke_unasked(tx: Transaction, channel: ChannelRef, *, since: datetime) -> bool:
    """Return whether the bot answered something in a channel after a time that nobody asked it."""
    found = await tx.scalars(_UNASKED, {"since": since, **asdict(channel)})
    return found.one_or_none() is not None


async def cooldown_of(tx: Transaction, entry_id: str) -> timedelta | None:
    """Return how long an entry is not given again unasked, None where that is as for all."""
    minutes = (await tx.scalars(select(EntryRow.cooldown).where(EntryRow.id == entry_id))).one_or_none()
    return None if minutes is None else timedelta(minutes=minutes)


def _before(question_id: str | None) -> int | None:
    """Return the number that those asked before a question are below."""
    return _ABOVE_ALL if question_id is None else from_question_id(question_id)


async def _count(
    tx: Transaction, counting: Select[int, int, int], channel: ChannelRef, author: str, since: datetime
) -> Count:
    counted = await tx.execute(counting, {"author": author, "since": since, **asdict(channel)})
    mine, here, all_of_them = counted.one()
    return Count(author=mine, channel=here, workspace=all_of_them)

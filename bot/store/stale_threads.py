"""Find threads of questions that nobody writes in any more, and store what was done about them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from bot.core.models import ChannelRef, DecisionKind, ItemStatus, MessageRef, Mode
from bot.store.database import Transaction, insert_into
from bot.store.past import AMONG_NEWEST, BEGAN_IN_PUBLIC, SOLVED_THREADS
from bot.store.questions import in_channel, logged_question
from bot.store.records import LoggedQuestion, ReplyState, from_question_id, to_question_id
from bot.store.tables import ChannelRow, ChoiceRow, QuestionRow, ReviewItemRow, StaleThreadRow

# Where the setting is new, nobody is asked about what is older.
_OLDEST = timedelta(days=90)
_ANSWERING = (Mode.MENTION, Mode.AMBIENT, Mode.DRAFT)

_DISMISSED, _CHOSEN = aliased(ReviewItemRow), aliased(ChoiceRow)
_IS_DISMISSED = select(_DISMISSED.id).where(
    _DISMISSED.id == QuestionRow.review_item_id, _DISMISSED.status == ItemStatus.DISMISSED
)
_IS_CHOSEN = select(_CHOSEN.question_id).where(_CHOSEN.question_id == QuestionRow.id)
_IS_UNANSWERED = and_(
    QuestionRow.reply_state == ReplyState.SENT,
    QuestionRow.beside.is_(False),
    QuestionRow.decision != DecisionKind.ANSWERED,
    ~_IS_CHOSEN.exists(),
)
_IS_OLD = and_(
    StaleThreadRow.question_id.is_(None),
    QuestionRow.asked_at <= bindparam("last"),
    QuestionRow.asked_at > bindparam("first"),
)
# The bot looks after posts of a forum, and after threads with a reply of its own that is no answer. What is solved, or
# what moderators dismissed, is not asked about, nor are people who opted out.
_STALE = (
    select(QuestionRow.id, StaleThreadRow.message_id)
    .outerjoin(StaleThreadRow, StaleThreadRow.question_id == QuestionRow.id)
    .where(
        *AMONG_NEWEST,
        *BEGAN_IN_PUBLIC,
        or_(StaleThreadRow.due_at <= bindparam("now"), _IS_OLD),
        or_(QuestionRow.thread_id == QuestionRow.message_id, _IS_UNANSWERED),
        QuestionRow.message_id.not_in(SOLVED_THREADS),
        ~_IS_DISMISSED.exists(),
    )
)
_STALE_ONES = _STALE.order_by(QuestionRow.id).limit(bindparam("most"))
_STALE_ONE = _STALE.where(QuestionRow.id == bindparam("number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleThread:
    """A question whose thread is to be looked at, after how many days, and the message that asked about it."""

    question: LoggedQuestion
    days: int
    asked: str | None


async def due_threads(
    tx: Transaction, platform: str, workspaces: Collection[str], *, at: datetime, limit: int
) -> tuple[str, ...]:
    """Return some questions of some workspaces whose threads are to be looked at."""
    found: list[str] = []
    channels = await _channels(tx, platform)
    for channel, days in [one for one in channels if one[0].workspace_id in workspaces]:
        numbers = await tx.scalars(_STALE_ONES, {**_when(channel, days, at), "most": limit - len(found)})
        found += map(to_question_id, numbers)
        if len(found) == limit:
            break
    return tuple(found)


async def due_thread(tx: Transaction, question_id: str, *, at: datetime) -> StaleThread | None:
    """Return what is to be looked at of a question, None where there is nothing any more."""
    row = await tx.get(QuestionRow, from_question_id(question_id))
    if row is None:
        return None
    channel = ChannelRef(row.platform, row.workspace_id, row.channel_id)
    days = dict(await _channels(tx, row.platform)).get(channel)
    if days is None:
        return None
    found = (await tx.execute(_STALE_ONE, {**_when(channel, days, at), "number": row.id})).one_or_none()
    return None if found is None else StaleThread(question=logged_question(row), days=days, asked=found.message_id)


async def thread_asked_about(tx: Transaction, place: MessageRef) -> tuple[LoggedQuestion, str] | None:
    """Return the question that a thread began with, and the message that asks whether it is still open, if one does."""
    query = (
        select(QuestionRow, StaleThreadRow.message_id)
        .join(StaleThreadRow, StaleThreadRow.question_id == QuestionRow.id)
        .where(
            *in_channel(place.channel),
            QuestionRow.message_id == place.thread_id,
            QuestionRow.deleted_at.is_(None),
            StaleThreadRow.message_id.is_not(None),
            StaleThreadRow.due_at.is_not(None),
        )
    )
    found = (await tx.execute(query)).one_or_none()
    return None if found is None else (logged_question(found[0]), str(found[1]))


async def stale_message(tx: Transaction, question_id: str) -> str | None:
    """Return the message that asked whether a question is still open."""
    row_id = from_question_id(question_id)
    return await tx.scalar(select(StaleThreadRow.message_id).where(StaleThreadRow.question_id == row_id))


async def put_stale(tx: Transaction, question_id: str, *, due_at: datetime | None, **values: object) -> None:
    """Store when a thread is looked at again, and what was done: its `message_id`, and when it was `closed_at`."""
    row = {"due_at": due_at, **values}
    step = insert_into(tx, StaleThreadRow).values(question_id=from_question_id(question_id), **row)
    await tx.execute(step.on_conflict_do_update(index_elements=(StaleThreadRow.question_id,), set_=row))


async def _channels(tx: Transaction, platform: str) -> list[tuple[ChannelRef, int]]:
    """Return the channels in which stale threads are asked about, and after how many days."""
    wanted = (ChannelRow.platform == platform, ChannelRow.stale_days > 0, ChannelRow.mode.in_(_ANSWERING))
    query = select(ChannelRow.workspace_id, ChannelRow.channel_id, ChannelRow.stale_days).where(*wanted)
    rows = await tx.execute(query.order_by(ChannelRow.workspace_id, ChannelRow.channel_id))
    return [(ChannelRef(platform, workspace_id, channel_id), days) for workspace_id, channel_id, days in rows]


def _when(channel: ChannelRef, days: int, at: datetime) -> dict[str, object]:
    """Return what a statement gets about a channel."""
    return {**asdict(channel), "now": at, "last": at - timedelta(days=days), "first": at - _OLDEST}

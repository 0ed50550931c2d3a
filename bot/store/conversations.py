"""Store which process is to send the reply to a question, and the outcome."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, bindparam, exists, func, select, true, union, update

from bot.core.models import Audience, IgnoreReason, MessageRef, Surface, offered_by
from bot.errors import QuestionNotFoundError
from bot.store.claims import PROCESS
from bot.store.columns import from_now, now, storable
from bot.store.database import Transaction, chunks
from bot.store.questions import change_question, in_channel, logged_question
from bot.store.queue import OPEN
from bot.store.records import (
    LoggedQuestion,
    Outcome,
    ReplyState,
    from_item_id,
    from_question_id,
    to_item_id,
)
from bot.store.tables import ChoiceRow, DeliveryRow, QuestionRow, ReviewItemRow
from bot.store.threads import heard

MOST_AT_ONCE = 10  # no more than are sent before the lease is over
# What was read of a row before is not looked at again, and the time is known to the database alone.
_IN_THE_DATABASE = {"synchronize_session": False}
UNDER_WAY = (ReplyState.DUE, ReplyState.OUTDATED)
# These are answered through what the platform hands out with the command, and only the process that got it has that.
_BY_HAND = (Surface.COMMAND, Surface.CONSOLE)

# Every question takes this, so it is made once.
_FOUND = (
    select(QuestionRow)
    .where(QuestionRow.id == bindparam("number"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A question of the log and what happened around its answer."""

    question: LoggedQuestion
    shadow: bool
    reply_state: ReplyState | None
    reply_until: datetime | None
    sent_message_id: str | None
    edited_at: datetime | None
    human_asked_at: datetime | None
    called_at: datetime | None
    deleted_at: datetime | None
    helped_at: datetime | None
    item_id: str | None

    @property
    def waits_for_moderator(self) -> bool:
        """Return whether its reply is held."""
        return self.reply_state is ReplyState.HELD

    @property
    def outcome(self) -> Outcome:
        """Return what became of the question; it is written in the transaction that puts the question on the log."""
        if self.question.outcome is None:
            raise QuestionNotFoundError(self.question.id)
        return self.question.outcome


async def conversation(tx: Transaction, question_id: str) -> Conversation:
    """Return what happened around a question, which nobody else changes until the end of the transaction."""
    row = (await tx.scalars(_FOUND, {"number": from_question_id(question_id)})).one_or_none()
    if row is None:
        raise QuestionNotFoundError(question_id)
    return _conversation(row)


async def conversation_at(tx: Transaction, ref: MessageRef, *, own: bool = True) -> Conversation | None:
    """Return what a message belongs to: as the question, or with `own` also as what the bot said about one."""
    place = (QuestionRow.platform == ref.platform, QuestionRow.workspace_id == ref.workspace_id)
    here = select(QuestionRow.id).where(*place)
    parts = [here.where(QuestionRow.message_id == ref.message_id)]
    if own:
        parts += [
            here.where(QuestionRow.sent_message_id == ref.message_id),
            here.join(DeliveryRow).where(DeliveryRow.sent_message_id == ref.message_id),
        ]
    # As a union, since an OR would have a database read the whole log.
    found = select(QuestionRow).where(QuestionRow.id.in_(union(*parts)))
    row = (await tx.scalars(found.order_by(QuestionRow.id).limit(1))).one_or_none()
    return None if row is None else _conversation(row)


async def given_at(tx: Transaction, asked: Conversation, message_id: str) -> tuple[str, ...]:
    """Return the entries that a message about a question shows: sent later, chosen by who asked, or offered."""
    number = from_question_id(asked.question.id)
    later = (DeliveryRow.question_id == number, DeliveryRow.sent_message_id == message_id)
    if (entry_id := (await tx.scalars(select(DeliveryRow.entry_id).where(*later).limit(1))).one_or_none()) is not None:
        return (entry_id,)
    mine = (ChoiceRow.question_id == number, ChoiceRow.author == asked.question.author)
    chosen = select(ChoiceRow.entry_id).where(*mine).order_by(ChoiceRow.chosen_at.desc()).limit(1)
    offered = tuple(match.entry_id for match in offered_by(asked.outcome.decision))
    return tuple(await tx.scalars(chosen)) or offered


async def known_messages(
    tx: Transaction, refs: Collection[MessageRef], *, but: IgnoreReason | None = None
) -> frozenset[MessageRef]:
    """Return those of some messages that are on the log, `but` not those ignored for a reason."""
    counted = true() if but is None else QuestionRow.ignore_reason.is_distinct_from(but)
    known: set[tuple[str, str, str]] = set()
    for platform, workspace_id in {(ref.platform, ref.workspace_id) for ref in refs}:
        here = [ref.message_id for ref in refs if (ref.platform, ref.workspace_id) == (platform, workspace_id)]
        place = (QuestionRow.platform == platform, QuestionRow.workspace_id == workspace_id, counted)
        for some in chunks(here):
            found = await tx.scalars(select(QuestionRow.message_id).where(*place, QuestionRow.message_id.in_(some)))
            known.update((platform, workspace_id, message_id) for message_id in found)
    return frozenset(ref for ref in refs if (ref.platform, ref.workspace_id, ref.message_id) in known)


async def own_messages(
    tx: Transaction, platform: str, workspace_id: str, message_ids: Collection[str]
) -> frozenset[str]:
    """Return those of some messages that are replies or later answers."""
    here = (QuestionRow.platform == platform, QuestionRow.workspace_id == workspace_id)
    # As a condition, since SQLite would join all questions of the workspace first where it has no statistics.
    theirs = exists().where(QuestionRow.id == DeliveryRow.question_id, *here)
    found: set[str | None] = set()
    for some in chunks(list(message_ids)):
        found.update(
            await tx.scalars(select(QuestionRow.sent_message_id).where(*here, QuestionRow.sent_message_id.in_(some)))
        )
        later = select(DeliveryRow.sent_message_id).where(DeliveryRow.sent_message_id.in_(some), theirs)
        found.update(await tx.scalars(later))
    return frozenset(one for one in found if one is not None)


async def lease(tx: Transaction, question_id: str, *, lasting: timedelta) -> bool:
    """Lease the reply to a question in order to send it; return whether one is due and not leased."""
    due = update(QuestionRow).where(QuestionRow.id == from_question_id(question_id), *_due())
    return (await tx.scalars(_taken(due, lasting).returning(QuestionRow.id))).one_or_none() is not None


async def take_due(tx: Transaction, platform: str, *, young: timedelta, lasting: timedelta) -> tuple[Conversation, ...]:
    """Lease the due replies of a platform, oldest first, in order to send them; those to older questions are left."""
    found = select(QuestionRow.id).where(
        *_due(),
        QuestionRow.platform == platform,
        QuestionRow.surface.not_in(_BY_HAND),
        heard() >= from_now(-young),
    )
    mine = found.order_by(QuestionRow.id).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
    numbers = (await tx.scalars(mine)).all()
    if not numbers:
        return ()
    step = _taken(update(QuestionRow).where(QuestionRow.id.in_(numbers)), lasting).returning(QuestionRow)
    rows = await tx.scalars(step.execution_options(populate_existing=True))
    return tuple(_conversation(row) for row in sorted(rows, key=lambda row: row.id))


async def end_leases(tx: Transaction, platform: str, processes: Collection[str], *, lasting: timedelta) -> int:
    """End the leases of processes that have ended, which were to last so long; return how many there were.

    What was held back until some time, to see whether a person answers, stays held back until then.
    """
    theirs = (QuestionRow.platform == platform, QuestionRow.reply_until.is_not(None))
    found = await tx.execute(
        select(QuestionRow.id, QuestionRow.reply_until).where(*theirs, QuestionRow.reply_owner.in_(processes))
    )
    left = [(number, until) for number, until in found if until is not None]
    for number, until in left:
        step = update(QuestionRow).where(QuestionRow.id == number, QuestionRow.reply_owner.in_(processes))
        await tx.execute(step.values(reply_until=until - lasting, reply_owner=None))
    return len(left)


async def leave_outdated(tx: Transaction, question_id: str) -> bool:
    """Mark a reply that is being sent as outdated, to be corrected by its sender; return whether there is one."""
    mine = update(QuestionRow).where(QuestionRow.id == from_question_id(question_id))
    held = mine.where(QuestionRow.reply_state.in_(UNDER_WAY), QuestionRow.reply_until > now())
    step = held.values(reply_state=ReplyState.OUTDATED).execution_options(**_IN_THE_DATABASE).returning(QuestionRow.id)
    return (await tx.scalars(step)).one_or_none() is not None


async def set_reply(
    tx: Transaction, question_id: str, state: ReplyState | None, *, lease: timedelta | None = None
) -> None:
    """Store the state of a reply, and its lease."""
    await _set(tx, question_id, {"reply_state": state}, lease)


async def note_pointer(tx: Transaction, question_id: str, *, points_above: bool) -> None:
    """Store whether a reply only points at an answer further up."""
    await _note(tx, question_id, points_above=points_above)


async def note_sent(
    tx: Transaction, question_id: str, message_id: str, state: ReplyState, *, lease: timedelta | None = None
) -> None:
    """Store the message of the bot that is the reply, and the state of the reply."""
    await _set(tx, question_id, {"sent_message_id": message_id, "reply_state": state}, lease)


async def note_edit(
    tx: Transaction, question_id: str, *, surface: Surface, audience: Audience, at: datetime | None
) -> None:
    """Store when the words of a question were edited, how it reached the bot, and who can read the place now."""
    await _note(tx, question_id, surface=surface, audience=audience, edited_at=at)


async def note_heard(tx: Transaction, question_id: str) -> None:
    """Store that a question came again, with other words or for the bot this time."""
    step = update(QuestionRow).where(QuestionRow.id == from_question_id(question_id))
    await tx.execute(step.values(heard_at=now()), execution_options=_IN_THE_DATABASE)


async def age_of(tx: Transaction, question_id: str) -> timedelta:
    """Return how long ago a question came."""
    mine = select(now(), heard()).where(QuestionRow.id == from_question_id(question_id))
    at, came = (await tx.execute(mine)).one()
    return at - came


async def note_human(tx: Transaction, question_id: str, *, at: datetime) -> None:
    """Store that somebody asked for a human."""
    await _note(tx, question_id, human_asked_at=at)


async def note_call(tx: Transaction, question_id: str) -> None:
    """Store that the people on call are mentioned."""
    step = update(QuestionRow).where(QuestionRow.id == from_question_id(question_id))
    await tx.execute(step.values(called_at=from_now(timedelta())), execution_options=_IN_THE_DATABASE)


async def count_calls(tx: Transaction, asked: Conversation, *, within: timedelta) -> tuple[int, int]:
    """Return how often the people on call were mentioned lately: for the same item, and in the same channel."""
    question = asked.question
    item = select(QuestionRow.review_item_id).where(QuestionRow.id == from_question_id(question.id)).scalar_subquery()
    return await _calls(tx, within, QuestionRow.review_item_id == item), await _calls(
        tx, within, *in_channel(question.ref.channel)
    )


async def is_settled(tx: Transaction, asked: Conversation) -> bool:
    """Return whether a moderator has closed the item that a question is in."""
    item = None if asked.item_id is None else await tx.get(ReviewItemRow, from_item_id(asked.item_id))
    return item is not None and item.status not in OPEN


def same_words(asked: Conversation, normalised: str | None) -> bool:
    """Return whether a question has these words already, as far as they are kept."""
    kept = None if asked.question.outcome is None else asked.question.outcome.normalised
    return kept == (None if normalised is None else storable(normalised))


async def _note(tx: Transaction, question_id: str, **values: object) -> None:
    await change_question(tx, question_id, values)


async def _set(tx: Transaction, question_id: str, values: dict[str, object], lease: timedelta | None) -> None:
    """Store the state of a reply; without a lease it is not leased, and none is due."""
    values["reply_owner"] = None if lease is None else PROCESS
    if lease is None:
        values["reply_until"] = None
    await change_question(tx, question_id, values, lease=lease)


async def _calls(tx: Transaction, within: timedelta, *where: ColumnElement[bool]) -> int:
    return (await tx.scalars(select(func.count()).where(QuestionRow.called_at > from_now(-within), *where))).one()


def _due() -> Sequence[ColumnElement[bool]]:
    state = QuestionRow.reply_state.in_(UNDER_WAY)
    return QuestionRow.reply_until <= now(), state, QuestionRow.deleted_at.is_(None)


def _taken(which: Update, lasting: timedelta) -> Update:
    taken = which.values(reply_state=ReplyState.DUE, reply_until=from_now(lasting), reply_owner=PROCESS)
    return taken.execution_options(**_IN_THE_DATABASE)


def _conversation(row: QuestionRow) -> Conversation:
    return Conversation(
        question=logged_question(row),
        shadow=row.shadow,
        reply_state=row.reply_state,
        reply_until=row.reply_until,
        sent_message_id=row.sent_message_id,
        edited_at=row.edited_at,
        human_asked_at=row.human_asked_at,
        called_at=row.called_at,
        deleted_at=row.deleted_at,
        helped_at=row.helped_at,
        item_id=None if row.review_item_id is None else to_item_id(row.review_item_id),
    )

"""Show, export and forget what people wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.core.manners import OptOut
from bot.core.models import Audience, DecisionKind, ItemStatus, MessageRef, Surface
from bot.core.review import Progress
from bot.store.database import Alone, Transaction
from bot.store.deliveries import cancel
from bot.store.held import erase_held
from bot.store.questions import ref_of
from bot.store.queue import OPEN, WITH_AN_ENTRY, Removal, begin_version, close_empty
from bot.store.records import ReplyState, SuggestionStatus, to_question_id
from bot.store.tables import (
    ChoiceRow,
    ConsentRow,
    DeliveryRow,
    EntryRow,
    FeedbackRow,
    MetaRow,
    OptOutRow,
    QuestionRow,
    RegionRow,
    ReviewItemRow,
    SolutionRow,
    SuggestionRow,
)
from bot.store.thread_names import rename_later
from bot.store.wishes import opted_out, region_of

_LATER = ReviewItemRow.status.in_(WITH_AN_ENTRY)
_WAITING = ReviewItemRow.status.in_([*OPEN, ItemStatus.MERGED])
_PROGRESS = case(
    (_LATER, Progress.ANSWERED_LATER),
    (or_(_WAITING, QuestionRow.reply_state == ReplyState.HELD), Progress.WAITING),
    (QuestionRow.reply_state == ReplyState.DROPPED, Progress.CLOSED),
    (QuestionRow.decision == DecisionKind.ANSWERED, Progress.ANSWERED),
    (QuestionRow.decision == DecisionKind.SUGGESTED, Progress.OFFERED),
    else_=Progress.CLOSED,
)
# Nobody but who gave a command saw it.
_NO_MESSAGE = frozenset({Surface.COMMAND, Surface.CONSOLE})
_ENTRY_ID = func.coalesce(ReviewItemRow.resolved_entry_id, QuestionRow.entry_id)

NOBODY = ""
_QUESTION = (
    *("platform", "workspace_id", "channel_id", "thread_id", "message_id", "surface", "asked_at", "text"),
    *("decision", "entry_id", "sent_message_id"),
    *("edited_at", "human_asked_at", "deleted_at"),
)
_POINTED_AT = ("platform", "workspace_id", "channel_id", "asked_at", "text")
_FEEDBACK = ("rating", "reason", "given_at")
_CHOICE = ("entry_id", "chosen_at")
_SUGGESTION = ("question", "answer", "entry_id", "status", "suggested_at", "platform", "workspace_id", "message_id")
_SOLUTION = ("message_id", "marked_at")
_DELIVERY = ("kind", "entry_id", "status", "created_at", "sent_at", "sent_message_id")

_Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as its asker may see it, a link to it, and the question of the entry that answers it."""

    id: str
    text: str
    asked_at: datetime
    progress: Progress
    ref: MessageRef | None = None
    entry_id: str | None = None
    title: str | None = None


async def questions_of(tx: Transaction, author: str, *, limit: int) -> tuple[OwnQuestion, ...]:
    """Return the last questions of somebody that are still there, newest first."""
    query = (
        select(QuestionRow, _PROGRESS, EntryRow.id, EntryRow.question)
        .outerjoin(ReviewItemRow, ReviewItemRow.id == QuestionRow.review_item_id)
        .outerjoin(EntryRow, and_(EntryRow.id == _ENTRY_ID, _readable()))
        .where(
            QuestionRow.author == author,
            QuestionRow.text.is_not(None),
            QuestionRow.decision != DecisionKind.IGNORED,
            QuestionRow.shadow.is_(False),
        )
        .order_by(QuestionRow.id.desc())
        .limit(limit)
    )
    found = await tx.execute(query)
    return tuple(_own(question, Progress(progress), entry, title) for question, progress, entry, title in found)


def _own(question: QuestionRow, progress: Progress, entry_id: str | None, title: str | None) -> OwnQuestion:
    return OwnQuestion(
        id=to_question_id(question.id),
        text=question.text or "",
        asked_at=question.asked_at,
        progress=progress,
        ref=None if question.surface in _NO_MESSAGE else ref_of(question),
        entry_id=entry_id,
        title=title,
    )


def _readable() -> ColumnElement[bool]:
    return or_(QuestionRow.audience == Audience.INTERNAL, EntryRow.audience == Audience.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Count what was removed; `items` are those of the review that had nothing else in them."""

    questions: int = 0
    feedback: int = 0
    deliveries: int = 0
    items: int = 0
    suggestions: int = 0

    def counts(self) -> dict[str, int]:
        """Return the numbers by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Everything that is stored about a person, as plain values."""

    questions: tuple[_Plain, ...]
    pointed_at: tuple[_Plain, ...]
    feedback: tuple[_Plain, ...]
    choices: tuple[_Plain, ...]
    deliveries: tuple[_Plain, ...]
    suggestions: tuple[_Plain, ...]
    solutions: tuple[_Plain, ...]
    opted_out_at: str | None
    opted_out_of: OptOut | None
    region: str | None
    consent: str | None


async def author_key(tx: Transaction | Alone) -> bytes:
    """Return the secret of this installation that ids of authors are hashed with."""
    return bytes.fromhex((await tx.scalars(select(MetaRow.author_key))).one())


async def kept_of(tx: Transaction, author: str, *, actor: str) -> PersonalData:
    """Return everything that is kept of a person; what they suggest names them as moderators see them, by `actor`."""
    theirs, log = QuestionRow.author == author, QuestionRow.__table__.c
    own = or_(QuestionRow.source_author.is_(None), QuestionRow.source_author == author)
    words = case((own, QuestionRow.text)).label("text")
    questions = select(*(words if name == "text" else log[name] for name in _QUESTION)).where(theirs)
    pointed_at = select(log.source_message_id.label("message_id"), *(log[name] for name in _POINTED_AT)).where(
        QuestionRow.source_author == author, QuestionRow.author != author
    )
    feedback = select(*(FeedbackRow.__table__.c[name] for name in _FEEDBACK)).where(FeedbackRow.author == author)
    choices = select(*(ChoiceRow.__table__.c[name] for name in _CHOICE)).where(ChoiceRow.author == author)
    deliveries = select(*(DeliveryRow.__table__.c[name] for name in _DELIVERY)).join(QuestionRow).where(theirs)
    suggested = select(*(SuggestionRow.__table__.c[name] for name in _SUGGESTION))
    solutions = select(*(SolutionRow.__table__.c[name] for name in _SOLUTION)).where(SolutionRow.author == author)
    opted_out_at = await tx.scalar(select(OptOutRow.opted_out_at).where(OptOutRow.author == author))
    return PersonalData(
        questions=await _plain(tx, questions.order_by(QuestionRow.id)),
        pointed_at=await _plain(tx, pointed_at.order_by(QuestionRow.id)),
        feedback=await _plain(tx, feedback.order_by(FeedbackRow.given_at)),
        choices=await _plain(tx, choices.order_by(ChoiceRow.chosen_at)),
        deliveries=await _plain(tx, deliveries.order_by(DeliveryRow.id)),
        suggestions=await _plain(tx, suggested.where(SuggestionRow.suggested_by == actor).order_by(SuggestionRow.id)),
        solutions=await _plain(tx, solutions.order_by(SolutionRow.marked_at)),
        opted_out_at=None if opted_out_at is None else opted_out_at.isoformat(),
        opted_out_of=await opted_out(tx, author),
        region=await region_of(tx, author),
        consent=await tx.scalar(select(ConsentRow.consent).where(ConsentRow.author == author)),
    )


async def forget(tx: Transaction, author: str, *, suggested_by: str, actor: str, at: datetime) -> Removed:
    """Remove what a person wrote and what was to be sent to them; that they opted out is kept, as they wished.

    Of what they suggested, and moderators decided about, the decision is kept, of nobody; words go that others asked.
    """
    feedback = await _count(tx, delete(FeedbackRow).where(FeedbackRow.author == author).returning(FeedbackRow.author))
    await tx.execute(delete(ChoiceRow).where(ChoiceRow.author == author))
    for table in (RegionRow, SolutionRow, ConsentRow):
        await tx.execute(delete(table).where(table.author == author))
    suggestions = await _erase_suggestions(tx, SuggestionRow.suggested_by == suggested_by, suggested_by=NOBODY)
    removal = Removal(actor, at, "forgotten")
    await rename_later(tx, (QuestionRow.author == author) | (QuestionRow.source_author == author))
    removed = await _erase(tx, QuestionRow.author == author, removal)
    others = await _empty(tx, QuestionRow.source_author == author, removal)
    questions, items = removed.questions + others.questions, removed.items + others.items
    return replace(removed, questions=questions, items=items, feedback=feedback, suggestions=suggestions)


async def purge(tx: Transaction, *, before: datetime, actor: str, at: datetime) -> Removed:
    """Remove what anybody wrote before a time."""
    feedback = await _count(tx, delete(FeedbackRow).where(FeedbackRow.given_at < before).returning(FeedbackRow.author))
    await tx.execute(delete(ChoiceRow).where(ChoiceRow.chosen_at < before))
    suggestions = await _erase_suggestions(
        tx, (SuggestionRow.suggested_at < before) & SuggestionRow.message_id.is_not(None)
    )
    asked = (QuestionRow.asked_at < before) & (QuestionRow.author != NOBODY)
    await rename_later(tx, asked)
    removed = await _erase(tx, asked, Removal(actor, at, "too old"))
    return replace(removed, feedback=feedback, suggestions=suggestions)


async def delete_message(tx: Transaction, question: QuestionRow, *, actor: str, at: datetime) -> None:
    """Remove the text of a message that was deleted; that it came, and from whom, is kept."""
    await _empty(tx, QuestionRow.id == question.id, Removal(actor, at, "deleted"))


async def _empty(tx: Transaction, which: ColumnElement[bool], removal: Removal) -> Removed:
    await cancel(tx, DeliveryRow.question_id.in_(select(QuestionRow.id).where(which)))
    return await _leave_review(tx, which, {}, removal)


async def message(tx: Transaction, ref: MessageRef) -> QuestionRow | None:
    """Return the row of a message that is still there, None when the log has none."""
    place = (QuestionRow.platform == ref.platform, QuestionRow.workspace_id == ref.workspace_id)
    there = (QuestionRow.message_id == ref.message_id, QuestionRow.deleted_at.is_(None))
    return (await tx.scalars(select(QuestionRow).where(*place, *there))).one_or_none()


async def pointing_at(tx: Transaction, ref: MessageRef) -> Sequence[QuestionRow]:
    """Return the rows of the messages whose words are those of a message that they point at."""
    place = (QuestionRow.platform == ref.platform, QuestionRow.workspace_id == ref.workspace_id)
    found = select(QuestionRow).where(*place, QuestionRow.source_message_id == ref.message_id)
    return (await tx.scalars(found.order_by(QuestionRow.id))).all()


async def _erase_suggestions(tx: Transaction, which: ColumnElement[bool], **others: object) -> int:
    """Remove open suggestions, and the words and the place of those that were decided about; return how many."""
    waits = SuggestionRow.status == SuggestionStatus.OPEN
    gone = await _count(tx, delete(SuggestionRow).where(which, waits).returning(SuggestionRow.id))
    nothing = {"question": None, "answer": None, "message_id": None}
    return gone + await _count(
        tx, update(SuggestionRow).where(which).values(**nothing, **others).returning(SuggestionRow.id)
    )


async def _erase(tx: Transaction, which: ColumnElement[bool], removal: Removal) -> Removed:
    """Erase of questions all but what identifies nobody: the time, the channel and the decision."""
    theirs = DeliveryRow.question_id.in_(select(QuestionRow.id).where(which))
    deliveries = await _count(tx, delete(DeliveryRow).where(theirs).returning(DeliveryRow.id))
    nobody = {
        "author": NOBODY,
        "message_id": literal("forgotten-") + cast(QuestionRow.id, Text),
        "thread_id": None,
        "sent_message_id": None,
        "reply_until": None,
        "reply_owner": None,
    }
    return replace(await _leave_review(tx, which, nobody, removal), deliveries=deliveries)


async def _leave_review(
    tx: Transaction, which: ColumnElement[bool], others: Mapping[str, object], removal: Removal
) -> Removed:
    """Erase the text of questions, and remove them from the review, where they count no more."""
    version = await begin_version(tx)
    await erase_held(tx, which)
    items = (await tx.scalars(select(QuestionRow.review_item_id).where(which).distinct())).all()
    empty = {"text": None, "normalised": None, "review_item_id": None, "review_version": version}
    empty |= {"source_message_id": None, "source_author": None}
    gone = func.coalesce(QuestionRow.deleted_at, removal.at, type_=QuestionRow.deleted_at.type)
    step = update(QuestionRow).where(which).values(**empty, **others, deleted_at=gone).returning(QuestionRow.id)
    questions = await _count(tx, step.execution_options(synchronize_session=False))
    left = await close_empty(tx, [one for one in items if one is not None], version, removal)
    return Removed(questions=questions, items=left)


async def _count(tx: Transaction, step: Executable) -> int:
    return len((await tx.scalars(step)).all())


async def _plain(tx: Transaction, query: Select[Any]) -> tuple[_Plain, ...]:
    return tuple({name: _value(value) for name, value in row.items()} for row in (await tx.execute(query)).mappings())


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value

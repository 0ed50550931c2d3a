"""Find the questions of a channel that were solved."""

from dataclasses import asdict

from sqlalchemy import and_, bindparam, func, or_, select

from bot.core.models import Audience, DecisionKind, MessageRef, Rating, Surface
from bot.core.searching.past import PastQuestion
from bot.errors import QuestionNotFoundError
from bot.store.database import Transaction
from bot.store.questions import IN_CHANNEL, ref_of
from bot.store.queue import WITH_AN_ENTRY
from bot.store.records import from_question_id
from bot.store.tables import FeedbackRow, OptOutRow, QuestionRow, ReviewItemRow, SolutionRow

# So many of the newest questions of a channel are looked through, and so many of those that were solved returned.
_LOOKED_AT, _MOST = 2_000, 200
# So questions come that everybody reads who reads the channel; others have no message, or one that few see.
_READ_BY_ALL = (Surface.AMBIENT, Surface.MENTION)
_PLACE = ("platform", "workspace_id", "channel_id", "thread_id", "message_id", "beside")

# What these are true of is found in the channel that a statement gets; made once, as it takes longer than to run it.
_KEPT = (*IN_CHANNEL, QuestionRow.text.is_not(None))
_NEWEST = select(QuestionRow.id).where(*_KEPT).order_by(QuestionRow.id.desc()).limit(_LOOKED_AT).subquery()

AMONG_NEWEST = (*_KEPT, QuestionRow.id >= select(func.min(_NEWEST.c.id)).scalar_subquery())
"""The newest questions of a channel that are kept, so many that it takes no time."""

BEGAN_IN_PUBLIC = (
    or_(QuestionRow.thread_id.is_(None), QuestionRow.thread_id == QuestionRow.message_id),
    QuestionRow.surface.in_(_READ_BY_ALL),
    QuestionRow.shadow.is_(False),
    QuestionRow.deleted_at.is_(None),
    QuestionRow.decision != DecisionKind.IGNORED,
    QuestionRow.author.not_in(select(OptOutRow.author)),
)
"""Questions that began a thread, or may have, where all of the channel read them; not of people who opted out."""

_MARKED = select(SolutionRow.question_id).where(SolutionRow.question_id == QuestionRow.id)
_HELPED = select(FeedbackRow.question_id).where(
    FeedbackRow.question_id == QuestionRow.id,
    FeedbackRow.rating == Rating.HELPFUL,
    or_(FeedbackRow.moderator, FeedbackRow.author == QuestionRow.author),
)
_ANSWERED = select(ReviewItemRow.id).where(
    ReviewItemRow.id == QuestionRow.review_item_id, ReviewItemRow.status.in_(WITH_AN_ENTRY)
)

SOLVED_THREADS = select(func.coalesce(QuestionRow.thread_id, QuestionRow.message_id)).where(
    *AMONG_NEWEST, or_(_MARKED.exists(), _HELPED.exists(), _ANSWERED.exists())
)
"""The ids of the threads that were solved of those that the newest questions of a channel are in."""

_SOLVED = (
    select(*(getattr(QuestionRow, name) for name in (*_PLACE, "text")))
    .where(
        and_(*IN_CHANNEL),
        QuestionRow.message_id.in_(SOLVED_THREADS),
        *BEGAN_IN_PUBLIC,
        QuestionRow.message_id != bindparam("own"),
        QuestionRow.audience == bindparam("audience"),
        # Not as above, so that these are looked for by their messages, and not among all of the channel.
        func.coalesce(QuestionRow.text, "") != "",
    )
    .order_by(QuestionRow.id.desc())
    .limit(_MOST)
)
_ASKED = select(*(getattr(QuestionRow, name) for name in (*_PLACE, "text", "audience"))).where(
    QuestionRow.id == bindparam("number")
)


async def solved_in(tx: Transaction, place: MessageRef, *, audience: Audience) -> tuple[PastQuestion, ...]:
    """Return questions that began threads of a channel which were solved, newest first, but for the place's own.

    A thread is solved by a message that is marked for one of its questions, by an answer that the asker or a moderator
    found helpful, or by an entry that moderators made of it or gave it. What is asked below the first message is left
    out, since a thread may be private. So are people who opted out, and texts that are not kept.
    """
    own = place.thread_id or place.message_id
    rows = await tx.execute(_SOLVED, {**asdict(place.channel), "own": own, "audience": audience})
    return tuple(PastQuestion(ref=ref_of(row), text=row.text or "") for row in rows)


async def solved_beside(tx: Transaction, question_id: str) -> tuple[PastQuestion, tuple[PastQuestion, ...]] | None:
    """Return a question of the log and those that were solved in its channel; None where its text is not kept."""
    row = (await tx.execute(_ASKED, {"number": from_question_id(question_id)})).one_or_none()
    if row is None:
        raise QuestionNotFoundError(question_id)
    if row.text is None:
        return None
    asked = PastQuestion(ref=ref_of(row), text=row.text)
    return asked, await solved_in(tx, asked.ref, audience=row.audience)

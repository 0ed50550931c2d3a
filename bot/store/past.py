"""Find the questions of a channel that were solved."""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.core.models import Audience, ChannelRef, DecisionKind, MessageRef, Rating, Surface
from bot.core.searching.past import PastQuestion
from bot.store.database import Transaction
from bot.store.questions import in_channel, ref_of
from bot.store.queue import WITH_AN_ENTRY
from bot.store.tables import FeedbackRow, OptOutRow, QuestionRow, ReviewItemRow, SolutionRow

# So many of the newest questions of a channel are looked through, and so many of those that were solved returned.
_LOOKED_AT, _MOST = 2_000, 200
# So questions come that everybody reads who reads the channel; others have no message, or one that few see.
_READ_BY_ALL = (Surface.AMBIENT, Surface.MENTION)


async def solved_in(tx: Transaction, place: MessageRef, *, audience: Audience) -> tuple[PastQuestion, ...]:
    """Return questions that began threads of a channel which were solved, newest first, but for the place's own.

    A thread is solved by a message that is marked for one of its questions, by an answer that the asker or a moderator
    found helpful, or by an entry that moderators made of it or gave it. What is asked below the first message is left
    out, since a thread may be private. So are people who opted out, and texts that are not kept.
    """
    here = in_channel(place.channel)
    solved = solved_threads(place.channel)
    own = place.thread_id or place.message_id
    readable = (
        *began_in_public(),
        QuestionRow.message_id != own,
        QuestionRow.audience == audience,
        # Not as above, so that these are looked for by their messages, and not among all of the channel.
        func.coalesce(QuestionRow.text, "") != "",
    )
    query = select(QuestionRow).where(and_(*here), QuestionRow.message_id.in_(solved), *readable)
    rows = await tx.scalars(query.order_by(QuestionRow.id.desc()).limit(_MOST))
    return tuple(PastQuestion(ref=ref_of(row), text=row.text or "") for row in rows)


def among_newest(channel: ChannelRef) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the newest questions of a channel that are kept, so many that it takes no time."""
    kept = (*in_channel(channel), QuestionRow.text.is_not(None))
    newest = select(QuestionRow.id).where(*kept).order_by(QuestionRow.id.desc()).limit(_LOOKED_AT).subquery()
    return (*kept, QuestionRow.id >= select(func.min(newest.c.id)).scalar_subquery())


def began_in_public() -> tuple[ColumnElement[bool], ...]:
    """Return what is true of questions that began a thread, or may have, where all of the channel read them.

    Those of people who opted out are left out.
    """
    return (
        or_(QuestionRow.thread_id.is_(None), QuestionRow.thread_id == QuestionRow.message_id),
        QuestionRow.surface.in_(_READ_BY_ALL),
        QuestionRow.shadow.is_(False),
        QuestionRow.deleted_at.is_(None),
        QuestionRow.decision != DecisionKind.IGNORED,
        QuestionRow.author.not_in(select(OptOutRow.author)),
    )


def solved_threads(channel: ChannelRef) -> Select[str]:
    """Return the ids of the threads that were solved of those that the newest questions of a channel are in."""
    marked = select(SolutionRow.question_id).where(SolutionRow.question_id == QuestionRow.id)
    helped = select(FeedbackRow.question_id).where(
        FeedbackRow.question_id == QuestionRow.id,
        FeedbackRow.rating == Rating.HELPFUL,
        or_(FeedbackRow.moderator, FeedbackRow.author == QuestionRow.author),
    )
    answered = select(ReviewItemRow.id).where(
        ReviewItemRow.id == QuestionRow.review_item_id, ReviewItemRow.status.in_(WITH_AN_ENTRY)
    )
    root = func.coalesce(QuestionRow.thread_id, QuestionRow.message_id)
    return select(root).where(*among_newest(channel), or_(marked.exists(), helped.exists(), answered.exists()))

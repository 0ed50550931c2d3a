"""Store people's ratings of answers, and which of the choices they took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select

from bot.core.models import Rating
from bot.store.database import Transaction, insert_into
from bot.store.records import from_question_id
from bot.store.tables import ChoiceRow, FeedbackRow, QuestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A rating of an answer, and the pseudonym of its author."""

    author: str
    rating: Rating
    reason: str | None
    moderator: bool


async def put_opinion(tx: Transaction, question_id: str, opinion: Opinion, *, at: datetime) -> None:
    """Store somebody's rating, replacing their earlier one."""
    values = {"rating": opinion.rating, "reason": opinion.reason, "moderator": opinion.moderator, "given_at": at}
    row = {"question_id": from_question_id(question_id), "author": opinion.author, **values}
    places = (FeedbackRow.question_id, FeedbackRow.author)
    await tx.execute(insert_into(tx, FeedbackRow).values(row).on_conflict_do_update(index_elements=places, set_=values))


async def is_disputed(tx: Transaction, question_id: str) -> bool:
    """Return whether the asker of a question or a moderator rates the answer as wrong."""
    theirs = or_(FeedbackRow.moderator, FeedbackRow.author == QuestionRow.author)
    found = select(FeedbackRow.author).join(QuestionRow).where(FeedbackRow.rating == Rating.WRONG, theirs)
    return bool(await tx.scalar(select(found.where(QuestionRow.id == from_question_id(question_id)).exists())))


async def put_choice(tx: Transaction, question_id: str, entry_id: str, *, author: str, at: datetime) -> None:
    """Store that somebody took an entry; taken again, it is the last one that they took."""
    row = {"question_id": from_question_id(question_id), "entry_id": entry_id, "author": author, "chosen_at": at}
    places = (ChoiceRow.question_id, ChoiceRow.author, ChoiceRow.entry_id)
    step = insert_into(tx, ChoiceRow).values(row).on_conflict_do_update(index_elements=places, set_={"chosen_at": at})
    await tx.execute(step)


async def chosen_by(tx: Transaction, question_id: str, author: str) -> Sequence[str]:
    """Return the entries that somebody took after a question."""
    mine = (ChoiceRow.question_id == from_question_id(question_id), ChoiceRow.author == author)
    return (await tx.scalars(select(ChoiceRow.entry_id).where(*mine))).all()


async def drop_opinions(tx: Transaction, question_id: str) -> None:
    """Remove what was said of an answer that is none any more."""
    for table in (FeedbackRow, ChoiceRow):
        await tx.execute(delete(table).where(table.question_id == from_question_id(question_id)))

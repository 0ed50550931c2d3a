"""Store ratings of answers, which of the choices people took, and what they suggest for review items."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Update, and_, delete, or_, select, update
from sqlalchemy.orm import aliased

from bot.core.models import Audience, ItemKind, ItemStatus, Rating
from bot.errors import SuggestionNotFoundError
from bot.store.database import Transaction, insert_into
from bot.store.records import SuggestionStatus, from_question_id, from_suggestion_id, to_item_id, to_suggestion_id
from bot.store.solutions import show_again
from bot.store.tables import ChoiceRow, FeedbackRow, QuestionRow, ReviewItemRow, SuggestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAlike:
    """The questions in the words of one, by numbers, after which an entry was taken, and by how many people.

    `others` is by how many the entry was taken that comes next. `is_known` tells that moderators were shown these words
    for the entry before, whatever they made of it.
    """

    text: str
    audience: Audience
    questions: Sequence[int]
    takers: int
    others: int
    is_known: bool


async def taken_alike(tx: Transaction, question_id: str, entry_id: str) -> TakenAlike | None:
    """Return who took an entry after a question in these words; None where its text is not kept."""
    asked = await tx.get(QuestionRow, from_question_id(question_id))
    if asked is None or asked.text is None or not asked.normalised:
        return None
    alike = (QuestionRow.normalised == asked.normalised, QuestionRow.audience == asked.audience)
    query = select(ChoiceRow.entry_id, ChoiceRow.author, QuestionRow.id).join(QuestionRow).where(*alike)
    takers: defaultdict[str, set[str]] = defaultdict(set)
    questions = set()
    for taken, author, number in await tx.execute(query.order_by(QuestionRow.id)):
        takers[taken].add(author)
        if taken == entry_id:
            questions.add(number)
    listed = aliased(QuestionRow)
    shown = (
        select(ReviewItemRow.id)
        .join(listed, listed.review_item_id == ReviewItemRow.id)
        .where(ReviewItemRow.kind == ItemKind.CHOSEN, ReviewItemRow.entry_id == entry_id)
        .where(listed.normalised == asked.normalised)
    )
    return TakenAlike(
        text=asked.text,
        audience=asked.audience,
        questions=sorted(questions),
        takers=len(takers.pop(entry_id, ())),
        others=max(map(len, takers.values()), default=0),
        is_known=bool(await tx.scalar(select(shown.exists()))),
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An answer, or the id of an entry to link, that somebody suggests for an item.

    It `solves` what was asked, as the asker or a moderator said. What the bot made of a message is for moderators to
    read, and is not published as it stands until its author `consented`; what somebody suggests by hand is.
    """

    id: str
    item_id: str
    suggested_by: str
    suggested_at: datetime
    question: str | None = None
    answer: str | None = None
    entry_id: str | None = None
    solves: bool = False
    consented: bool = True


Taken: TypeAlias = Callable[[Suggestion], bool]
"""Returns whether a moderator accepted a suggestion unchanged, or used its words."""


async def suggest(  # noqa: PLR0913  # the columns of a suggestion
    tx: Transaction,
    item: int,
    *,
    question: str | None,
    answer: str | None,
    entry_id: str | None,
    actor: str,
    at: datetime,
) -> Suggestion:
    """Store a suggestion."""
    row = SuggestionRow(item_id=item, question=question, answer=answer, entry_id=entry_id)
    row.status, row.suggested_by, row.suggested_at = SuggestionStatus.OPEN, actor, at
    tx.add(row)
    await tx.flush()
    await show_again(tx, SuggestionRow.id == row.id)
    return _suggestion(row)


async def get_suggestion(tx: Transaction, suggestion_id: str) -> Suggestion:
    """Return an open suggestion."""
    number = from_suggestion_id(suggestion_id)
    mine = (SuggestionRow.id == number, SuggestionRow.status == SuggestionStatus.OPEN)
    row = None if number is None else (await tx.scalars(select(SuggestionRow).where(*mine))).one_or_none()
    if row is None:
        raise SuggestionNotFoundError(suggestion_id)
    return _suggestion(row)


async def open_suggestions(tx: Transaction, item: int) -> tuple[Suggestion, ...]:
    """Return what is suggested for an item: what solved it first, then the oldest; what was erased is left out."""
    mine = (SuggestionRow.item_id == item, SuggestionRow.status == SuggestionStatus.OPEN)
    there = or_(SuggestionRow.answer.is_not(None), SuggestionRow.entry_id.is_not(None))
    found = select(SuggestionRow).where(*mine, there)
    rows = await tx.scalars(found.order_by(SuggestionRow.solves.desc(), SuggestionRow.id))
    return tuple(map(_suggestion, rows))


async def waiting_suggestions(
    tx: Transaction, *, audience: Audience | None, actor: str, at: datetime, limit: int
) -> tuple[Suggestion, ...]:
    """Return what is suggested for open items and may be published as it stands, or is somebody's own."""
    slept = and_(ReviewItemRow.status == ItemStatus.SNOOZED, ReviewItemRow.snoozed_until <= at)
    there = or_(SuggestionRow.answer.is_not(None), SuggestionRow.entry_id.is_not(None))
    free = (SuggestionRow.consented, SuggestionRow.message_id.is_(None), SuggestionRow.suggested_by == actor)
    query = (
        select(SuggestionRow)
        .join(ReviewItemRow, ReviewItemRow.id == SuggestionRow.item_id)
        .where(SuggestionRow.status == SuggestionStatus.OPEN, there)
        .where(or_(ReviewItemRow.status == ItemStatus.OPEN, slept))
        .where(or_(ReviewItemRow.audience != Audience.PUBLIC, *free))
        .order_by(SuggestionRow.solves.desc(), SuggestionRow.id)
        .limit(limit)
    )
    rows = await tx.scalars(query if audience is None else query.where(ReviewItemRow.audience == audience))
    return tuple(map(_suggestion, rows))


async def close_suggestions(  # noqa: PLR0913  # which, and how they are closed
    tx: Transaction, item: int, *, is_taken: Taken, is_used: Taken, wanted: str | None, actor: str, at: datetime
) -> list[str]:
    """Close all that is suggested for an item, and return the ids.

    One of those that were taken counts as accepted: the wanted one, else the first. Where none was, those
    whose words were used count as rewritten.
    """
    found = await open_suggestions(tx, item)
    taken = [one.id for one in found if is_taken(one)]
    accepted = wanted if wanted in taken else next(iter(taken), None)
    for one in found:
        status = SuggestionStatus.REWRITTEN if is_used(one) and accepted is None else SuggestionStatus.CLOSED
        status = SuggestionStatus.ACCEPTED if one.id == accepted else status
        step = update(SuggestionRow).where(SuggestionRow.id == from_suggestion_id(one.id))
        await tx.execute(step.values(status=status, closed_by=actor, closed_at=at))
    return [one.id for one in found]


async def move_suggestions(tx: Transaction, suggestion_ids: Sequence[str], *, item: int) -> None:
    """Make suggestions those of another item."""
    await tx.execute(_those(suggestion_ids).values(item_id=item))


async def reopen_suggestions(tx: Transaction, suggestion_ids: Sequence[str]) -> None:
    """Open suggestions again."""
    await tx.execute(_those(suggestion_ids).values(status=SuggestionStatus.OPEN, closed_by=None, closed_at=None))


def _those(suggestion_ids: Sequence[str]) -> Update:
    return update(SuggestionRow).where(SuggestionRow.id.in_([from_suggestion_id(one) for one in suggestion_ids]))


def _suggestion(row: SuggestionRow) -> Suggestion:
    return Suggestion(
        id=to_suggestion_id(row.id),
        item_id=to_item_id(row.item_id),
        suggested_by=row.suggested_by,
        suggested_at=row.suggested_at,
        question=row.question,
        answer=row.answer,
        entry_id=row.entry_id,
        solves=row.solves,
        consented=row.consented or row.message_id is None,
    )

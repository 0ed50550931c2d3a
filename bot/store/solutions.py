"""Store which messages solved questions, and the suggestions that are made of people's messages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, union, update

from bot.core.models import DecisionKind, MessageRef
from bot.store.database import Transaction, insert_into
from bot.store.questions import in_channel
from bot.store.queue import begin_version
from bot.store.records import SuggestionStatus, from_question_id, to_question_id, to_suggestion_id
from bot.store.tables import QuestionRow, SolutionRow, StaleThreadRow, SuggestionRow
from bot.store.threads import HelpersMessage, meant_by, order_of

# So many questions are looked at to find the one that a message is about.
_NEWEST = 20
_OPEN = SuggestionRow.status == SuggestionStatus.OPEN


async def question_under(
    tx: Transaction, message: HelpersMessage, *, asker: str | None = None, others: bool = False
) -> str | None:
    """Return the last question before a message in its thread, or the one that it replies to.

    With an `asker` only theirs count; with `others` none of the message's author.
    """
    meant = meant_by(message)
    if not meant:
        return None
    here = select(QuestionRow.id).where(*in_channel(message.ref.channel))
    asked = [
        QuestionRow.id.in_(union(*(here.where(each) for each in meant))),
        QuestionRow.deleted_at.is_(None),
        QuestionRow.decision != DecisionKind.IGNORED,
    ]
    asked += [] if asker is None else [QuestionRow.author == asker]
    asked += [QuestionRow.author != message.author] if others else []
    found = select(QuestionRow.id, QuestionRow.message_id).where(*asked)
    rows = await tx.execute(found.order_by(QuestionRow.id.desc()).limit(_NEWEST))
    before = [number for number, place in rows if order_of(place) < order_of(message.ref.message_id)]
    return to_question_id(before[0]) if before else None


async def has_asked(tx: Transaction, author: str) -> bool:
    """Return whether a question of somebody is on the log."""
    return bool(await tx.scalar(select(select(QuestionRow.id).where(QuestionRow.author == author).exists())))


async def put_mark(tx: Transaction, question_id: str, message_id: str, *, author: str, at: datetime) -> None:
    """Store that somebody marked a message as the solution of a question."""
    row = {"question_id": from_question_id(question_id), "message_id": message_id, "author": author, "marked_at": at}
    await tx.execute(insert_into(tx, SolutionRow).values(row).on_conflict_do_nothing())


async def drop_mark(tx: Transaction, ref: MessageRef, author: str) -> str | None:
    """Remove somebody's mark of a message; return the question that it was for, None where there was none."""
    step = delete(SolutionRow).where(_marks(ref), SolutionRow.author == author).returning(SolutionRow.question_id)
    number = (await tx.scalars(step)).first()
    return None if number is None else to_question_id(number)


async def is_marked(tx: Transaction, ref: MessageRef) -> bool:
    """Return whether anybody marked a message as a solution."""
    return bool(await tx.scalar(select(select(SolutionRow.message_id).where(_marks(ref)).exists())))


async def is_solved(tx: Transaction, question_id: str) -> bool:
    """Return whether a message is marked as the solution of a question."""
    mine = select(SolutionRow.message_id).where(SolutionRow.question_id == from_question_id(question_id))
    return bool(await tx.scalar(select(mine.exists())))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsWords:
    """A message that may answer a question: where it stands, its words, and the name of its author for moderators.

    It was `learned` by the bot itself, or somebody said that it `solves` the question, or both. Its author has
    `consented` that it becomes public FAQ.
    """

    ref: MessageRef
    text: str
    actor: str
    learned: bool = False
    solves: bool = False
    consented: bool = False


async def put_words(tx: Transaction, item: int, words: PersonsWords, *, at: datetime) -> None:
    """Suggest a message for an item, or change an open suggestion of the same message."""
    row = {
        "item_id": item,
        "answer": words.text,
        "status": SuggestionStatus.OPEN,
        "suggested_by": words.actor,
        "suggested_at": at,
        "platform": words.ref.platform,
        "workspace_id": words.ref.workspace_id,
        "message_id": words.ref.message_id,
        "learned": words.learned,
        "solves": words.solves,
        "consented": words.consented,
    }
    await tx.execute(insert_into(tx, SuggestionRow).values(row).on_conflict_do_nothing())
    await show_again(tx, of_message(words.ref))
    flags = {name: True for name in ("learned", "solves", "consented") if getattr(words, name)}
    await change_words(tx, words.ref, words.text, **flags)


async def change_words(tx: Transaction, ref: MessageRef, text: str, **flags: bool) -> bool:
    """Change the open suggestion that a message is; return whether there is one."""
    step = update(SuggestionRow).where(of_message(ref), _OPEN).values(answer=text, **flags).returning(SuggestionRow.id)
    return (await tx.scalars(step)).first() is not None


async def count_learned(tx: Transaction, item: int, *, but: MessageRef) -> int:
    """Return how many other messages the bot took up by itself for an item."""
    theirs = (SuggestionRow.item_id == item, SuggestionRow.learned, _OPEN)
    other = SuggestionRow.message_id != but.message_id
    return (await tx.scalars(select(func.count()).where(*theirs, other))).one()


async def is_settled_for(tx: Transaction, ref: MessageRef) -> bool:
    """Return whether moderators have decided about the suggestion that a message is."""
    return bool(await tx.scalar(select(select(SuggestionRow.id).where(of_message(ref), ~_OPEN).exists())))


async def unmark_words(tx: Transaction, ref: MessageRef) -> None:
    """Store that the suggestion of a message solves nothing; one that was suggested for that alone is removed."""
    await show_again(tx, of_message(ref))
    await tx.execute(delete(SuggestionRow).where(of_message(ref), _OPEN, ~SuggestionRow.learned))
    await tx.execute(update(SuggestionRow).where(of_message(ref), _OPEN).values(solves=False))


async def drop_learned(tx: Transaction, ref: MessageRef) -> None:
    """Remove the open suggestion that the bot made of a message by itself, unless somebody marked that."""
    mine = (of_message(ref), _OPEN, SuggestionRow.learned)
    await show_again(tx, of_message(ref))
    await tx.execute(delete(SuggestionRow).where(*mine, ~SuggestionRow.solves))
    await tx.execute(update(SuggestionRow).where(*mine).values(learned=False))


async def suggestion_of(tx: Transaction, ref: MessageRef) -> str | None:
    """Return the open suggestion that a message is, as long as its author agrees that it is published."""
    number = await tx.scalar(select(SuggestionRow.id).where(of_message(ref), _OPEN, SuggestionRow.consented))
    return None if number is None else to_suggestion_id(number)


async def show_again(tx: Transaction, which: ColumnElement[bool]) -> None:
    """Have the cards refreshed of the items that some open suggestions are for; what moderators saw of them stands."""
    items = (await tx.scalars(select(SuggestionRow.item_id).where(which, _OPEN).distinct())).all()
    if items:
        version = await begin_version(tx)
        last = select(func.max(QuestionRow.id)).where(QuestionRow.review_item_id.in_(items))
        newest = (await tx.scalars(last.group_by(QuestionRow.review_item_id))).all()
        await tx.execute(update(QuestionRow).where(QuestionRow.id.in_(newest)).values(review_version=version))


async def drop_words(tx: Transaction, ref: MessageRef) -> bool:
    """Remove the suggestion of a message; of one that was decided about the words go, and return whether there was one.

    What moderators made of it, and of whom, is kept for the figures.
    """
    await show_again(tx, of_message(ref))
    gone = (await tx.scalars(delete(SuggestionRow).where(of_message(ref), _OPEN).returning(SuggestionRow.id))).all()
    erased = update(SuggestionRow).where(of_message(ref)).values(answer=None, question=None).returning(SuggestionRow.id)
    return bool([*gone, *(await tx.scalars(erased)).all()])


async def drop_marks_of(tx: Transaction, ref: MessageRef) -> None:
    """Remove all marks of a message that is gone.

    Where the bot asked about a thread and somebody said that it is solved, that message showed their word, and was not
    the solution: it may go.
    """
    asks = select(StaleThreadRow.question_id).where(
        StaleThreadRow.question_id == SolutionRow.question_id, StaleThreadRow.message_id == SolutionRow.message_id
    )
    await tx.execute(delete(SolutionRow).where(_marks(ref), ~asks.exists()))


def of_message(ref: MessageRef) -> ColumnElement[bool]:
    """Return what finds the suggestion that a message is."""
    return (
        (SuggestionRow.message_id == ref.message_id)
        & (SuggestionRow.workspace_id == ref.workspace_id)
        & (SuggestionRow.platform == ref.platform)
    )


def _marks(ref: MessageRef) -> ColumnElement[bool]:
    """Return what finds the marks of a message: its id alone may be that of one elsewhere."""
    here = select(QuestionRow.id).where(
        QuestionRow.id == SolutionRow.question_id,
        QuestionRow.platform == ref.platform,
        QuestionRow.workspace_id == ref.workspace_id,
    )
    return (SolutionRow.message_id == ref.message_id) & here.exists()

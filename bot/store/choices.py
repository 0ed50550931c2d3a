"""Read which entries people took after questions in the same words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.core.models import Audience, ItemKind
from bot.store.database import Transaction
from bot.store.records import from_question_id
from bot.store.tables import ChoiceRow, QuestionRow, ReviewItemRow


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

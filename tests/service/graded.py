"""Log decisions of any confidence, for tests of what is learnt from them."""

from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import update

from bot.core.deciding.ranking import LEXICAL
from bot.core.models import (
    Answered,
    Audience,
    Decision,
    DecisionKind,
    ItemKind,
    Match,
    Rating,
    Suggested,
    Surface,
    Unanswered,
)
from bot.core.searching.text import normalise
from bot.service.app import App
from bot.store.feedback import Opinion, put_choice, put_opinion
from bot.store.questions import claim, record_decision
from bot.store.records import Outcome, from_question_id
from bot.store.tables import QuestionRow, ReviewItemRow
from tests.service.samples import FEES, NOW, WEB, question

_MESSAGES = count(1)


def match(entry_id: str, confidence: float) -> Match:
    """Return an entry whose phrasing has all the words of the question."""
    return Match(
        entry_id=entry_id, phrase="so it is asked", confidence=confidence, features={"spelling": 1, "found": 1}
    )


def decision(kind: DecisionKind, candidates: tuple[Match, ...]) -> Decision:
    """Return a decision on candidates."""
    match kind:
        case DecisionKind.ANSWERED:
            return Answered(candidates[0])
        case DecisionKind.SUGGESTED:
            return Suggested(candidates)
    return Unanswered()


async def log(  # noqa: PLR0913  # what a decision is made of
    app: App,
    confidence: float,
    text: str | None = None,
    *,
    kind: DecisionKind = DecisionKind.ANSWERED,
    surface: Surface = Surface.MENTION,
    scorer: str = LEXICAL,
    audience: Audience = Audience.PUBLIC,
    platform: str = "slack",
    author: str = "a1",
) -> str:
    """Log a decision for the fees, with the website next, and return the id of the question."""
    number = next(_MESSAGES)
    words = text or f"parrots and umbrellas {number}"
    candidates = (match(FEES.id, confidence), match(WEB.id, (1 - confidence) / 2))
    asked = question(words, f"m{number}", audience=audience)
    asked = replace(asked, surface=surface, ref=replace(asked.ref, platform=platform))
    outcome = Outcome(
        decision=decision(kind, candidates),
        text=words,
        normalised=normalise(words),
        scorer_version=scorer,
        content_version=1,
        candidates=candidates,
    )
    async with app.database.transaction() as tx:
        claimed = await claim(tx, asked, author=author, at=NOW)
        await record_decision(tx, claimed.question_id, outcome)
    return claimed.question_id


async def close(app: App, question_id: str, **columns: Any) -> None:  # noqa: ANN401  # the columns of the table
    """Put a question into a review item of its own, which has these values."""
    plain = {"kind": ItemKind.UNANSWERED, "audience": Audience.PUBLIC, "version": 1, "created_at": NOW}
    async with app.database.transaction() as tx:
        item = ReviewItemRow(**plain, **columns)
        tx.add(item)
        await tx.flush()
        number = from_question_id(question_id)
        await tx.execute(update(QuestionRow).where(QuestionRow.id == number).values(review_item_id=item.id))


async def rate(app: App, question_id: str, rating: Rating, *, author: str = "a1", moderator: bool = False) -> None:
    """Rate an answer."""
    opinion = Opinion(author=author, rating=rating, reason=None, moderator=moderator)
    async with app.database.transaction() as tx:
        await put_opinion(tx, question_id, opinion, at=NOW)


async def choose(app: App, question_id: str, entry_id: str, *, author: str = "a1") -> None:
    """Choose one of the offered entries."""
    async with app.database.transaction() as tx:
        await put_choice(tx, question_id, entry_id, author=author, at=NOW)

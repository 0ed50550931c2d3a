"""Store that a message solved a question, as people say by a menu or a reaction."""

import logging
from collections.abc import Awaitable, Callable

from bot.chat.responder import Responder
from bot.core.models import MessageRef, Rating
from bot.core.wording.languages import Message
from bot.core.wording.outcomes import ANSWERS_NOTHING, NOT_THEIRS_TO_SOLVE, SOLVED, SOLVED_AND_SUGGESTED
from bot.errors import FaqbotError
from bot.service.app import App
from bot.service.learning import MarkedSolution, PersonsReply, Solved
from bot.service.privacy import Person

SIGN = "\N{WHITE HEAVY CHECK MARK}"
"""The reaction that marks a message as the solution."""

_TOLD = {
    Solved.NOTED: SOLVED,
    Solved.SUGGESTED: SOLVED_AND_SUGGESTED,
    Solved.NOT_THEIRS: NOT_THEIRS_TO_SOLVE,
    Solved.UNKNOWN: ANSWERS_NOTHING,
}
_log = logging.getLogger(__name__)


async def mark(app: App, responder: Responder, reply: PersonsReply, by: Person, *, helps: bool) -> MarkedSolution:
    """Store that a message solved a question, and take back what the bot said to it unasked."""
    marked = await app.learning.mark(reply, by, helps=helps)
    await responder.make_way(app, marked.unfinished)
    return marked


async def mark_answer(app: App, ref: MessageRef, by: Person, *, moderator: bool) -> MarkedSolution:
    """Store that an answer of the bot solved a question, which is what its button for that says."""
    known = await app.conversations.why(ref)
    if known is None:
        return MarkedSolution(outcome=Solved.UNKNOWN)
    question_id = known.question.id
    if not await app.conversations.may_remove(question_id, by, moderator=moderator):
        return MarkedSolution(outcome=Solved.NOT_THEIRS)
    await app.feedback.rate(question_id, by, Rating.HELPFUL, moderator=moderator)
    return MarkedSolution(outcome=Solved.NOTED, question_id=question_id)


def told_of_mark(marked: MarkedSolution) -> Message:
    """Return what somebody is told who marked a message."""
    return _TOLD[marked.outcome]


async def take_sign(step: Callable[[], Awaitable[None]]) -> None:
    """Run a step for a reaction; nobody waits for it, so its fault is only logged."""
    try:
        await step()
    except FaqbotError as error:
        _log.warning("reaction.failed", extra={"fault": type(error).__name__})

"""Store that a message solved a question, as people say by a menu or a reaction."""

import logging
from collections.abc import Awaitable, Callable

from bot.chat.responder import Responder
from bot.core.models import MessageRef, Rating
from bot.core.review import Consent
from bot.core.wording.labels import Label
from bot.core.wording.languages import Message
from bot.core.wording.outcomes import (
    ANSWERS_NOTHING,
    CONSENTED,
    CONSENTED_ALWAYS,
    NOT_CONSENTED,
    NOT_THEIRS_TO_SOLVE,
    SOLVED,
    SOLVED_AND_SUGGESTED,
)
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
    if marked.accept is not None:
        await _accept(app, marked.accept, actor=reply.author.actor)
    return marked


async def _accept(app: App, suggestion_id: str, *, actor: str) -> None:
    """Apply the solution of somebody who is trusted, who is named for it; what may do harm is left to moderators."""
    try:
        proposal = await app.review.draft_accept(suggestion_id)
        if (await app.replays.replay([proposal.entry])).harmless and not proposal.wordings.apart:
            await app.review.accept(suggestion_id, actor=actor)
            _log.info("solution.trusted", extra={"suggestion_id": suggestion_id})
    except FaqbotError as error:
        _log.info("solution.left", extra={"suggestion_id": suggestion_id, "fault": type(error).__name__})


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


CONSENT_LABELS = {
    Consent.YES: Label.CONSENT_YES,
    Consent.ALWAYS: Label.CONSENT_ALWAYS,
    Consent.NO: Label.CONSENT_NO,
}
"""The buttons under the question whether somebody's words may become public FAQ."""

_CONSENTED = {Consent.YES: CONSENTED, Consent.ALWAYS: CONSENTED_ALWAYS, Consent.NO: NOT_CONSENTED}


async def take_consent(app: App, suggestion_id: str, person: Person, consent: Consent) -> Message:
    """Store what somebody says who was asked about their words, and return what they are told."""
    await app.learning.consent(suggestion_id, person, consent)
    return _CONSENTED[consent]


def told_of_mark(marked: MarkedSolution) -> Message:
    """Return what somebody is told who marked a message."""
    return _TOLD[marked.outcome]


async def take_sign(step: Callable[[], Awaitable[None]]) -> None:
    """Run a step for a reaction; nobody waits for it, so its fault is only logged."""
    try:
        await step()
    except FaqbotError as error:
        _log.warning("reaction.failed", extra={"fault": type(error).__name__})

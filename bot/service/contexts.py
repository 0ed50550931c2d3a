"""Understand a follow-up by the question that its author asked before it in the thread, or in the direct messages.

The log keeps it with the words of that question, so that it can be decided again as it was; only the author's own words
stand in it.
"""

from datetime import timedelta

from bot.core.models import Answered, Decision, Ignored, IgnoreReason, Question, Surface
from bot.core.talk.said_back import in_context, is_better, may_follow
from bot.service.explanations import Explanation, Explanations
from bot.service.knowledge import Known
from bot.service.privacy import Person, Pseudonyms
from bot.store import Database
from bot.store.threads import last_question

# In direct messages nothing but time tells whether one thing has to do with the other.
_IN_THREAD, _DIRECTLY = timedelta(days=1), timedelta(minutes=15)


async def understood(  # what is needed to look the question up, and to decide
    database: Database,
    explanations: Explanations,
    names: Pseudonyms,
    known: Known,
    question: Question,
) -> Explanation:
    """Decide about a question, with the one before it where it is nothing by itself."""
    alone = explanations.of(known, question)
    within = _context_of(question)
    if within is None or not _is_open(alone.decided.decision) or not may_follow(question.text):
        return alone
    async with database.snapshot() as tx:
        author = await names.of(tx, Person(question.ref.platform, question.author_id))
        before = await last_question(tx, question.ref, author, within=within)
    if before is None or before.text is None or not question.audience.sees(before.audience):
        return alone
    text = in_context(question.text, before.text)
    together = explanations.together(known, question, text, question.surface)
    return together if is_better(alone.decided.decision, together.decided.decision, before=before.decision) else alone


def _context_of(question: Question) -> timedelta | None:
    """Return how long ago the question before may have been asked, None where there is no conversation."""
    if question.surface is Surface.DIRECT:
        return _DIRECTLY
    in_thread = question.ref.thread_id is not None and question.surface is Surface.MENTION
    return _IN_THREAD if in_thread else None


def _is_open(decision: Decision) -> bool:
    if isinstance(decision, Ignored):
        return decision.reason is IgnoreReason.NO_CONTENT
    return not isinstance(decision, Answered)

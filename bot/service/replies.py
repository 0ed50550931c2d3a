"""Compose the reply to a question once more, and say nothing twice in a thread."""

from datetime import datetime, timedelta

from bot.core.models import Question, Unanswered, offered_by
from bot.core.wording.replies import Reply, ReplyKind, above, compose
from bot.service.review_queue import ReviewQueue
from bot.store import Transaction
from bot.store.conversations import Conversation, Thread, note_pointer, set_reply, was_given
from bot.store.entries import answerable
from bot.store.records import LoggedQuestion

# So long a reply is leased to its process: longer than two tries to send it take, with the wait between them.
LEASE = timedelta(seconds=40)


def thread_of(question: Question | LoggedQuestion) -> Thread | None:
    """Return the thread that a question was asked in, if it was in one."""
    thread_id = question.ref.thread_id
    return None if thread_id is None else Thread(channel=question.ref.channel, thread_id=thread_id)


async def unrepeated(tx: Transaction, reply: Reply, thread: Thread | None, *, question_id: str) -> Reply:
    """Return the reply to a question, or a pointer when it is an answer that the thread has already."""
    if thread is None or reply.kind is not ReplyKind.ANSWER or reply.entry_id is None:
        return reply
    given = await was_given(tx, thread, reply.entry_id, before=question_id)
    return above(reply) if given else reply


def points_above(reply: Reply) -> bool:
    """Return whether a reply is such a pointer."""
    return reply.kind is ReplyKind.HINT and reply.entry_id is not None


async def resume(tx: Transaction, queue: ReviewQueue, asked: Conversation, *, at: datetime) -> Reply | None:
    """Return the reply to a logged question with its entries as they now are, None when there is nothing to say.

    A question whose entries are all gone joins the review, which is what the reply says.
    """
    question, decision = asked.question, asked.outcome.decision
    wanted = [match.entry_id for match in offered_by(decision)]
    entries = await answerable(tx, wanted, audience=question.audience)
    reply = compose(decision, entries, audience=question.audience, surface=question.surface)
    if reply is None:
        if asked.sent_message_id is None:
            await set_reply(tx, question.id, None)
        return None
    if reply.kind is ReplyKind.NOTHING_FITS and not isinstance(decision, Unanswered):
        await queue.join(tx, question.id, at=at)
    reply = await unrepeated(tx, reply, thread_of(question), question_id=question.id)
    await note_pointer(tx, question.id, points_above=points_above(reply))
    return reply

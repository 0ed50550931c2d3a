"""Compose the reply to a question once more, without repeating the thread; decide again about an edited question."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.deciding.decision import lacks_entry
from bot.core.manners import ChannelSettings
from bot.core.models import Answered, MessageRef, Question, Surface, Unanswered, offered_by
from bot.core.review import HeldStatus
from bot.core.searching.past import is_post
from bot.core.wording.languages import speaking, spoken
from bot.core.wording.outcomes import in_words_of
from bot.core.wording.replies import NOTHING_FITS, Reply, ReplyKind, above, compose
from bot.service.knowledge import Validity
from bot.service.privacy import shown
from bot.service.related import may_offer, with_related
from bot.service.review_queue import ReviewQueue
from bot.store import Transaction
from bot.store.behaviour import behaviour
from bot.store.conversations import (
    UNDER_WAY,
    Conversation,
    conversation,
    conversation_at,
    is_settled,
    leave_outdated,
    note_edit,
    note_heard,
    note_pointer,
    same_words,
    set_reply,
)
from bot.store.entries import answerable
from bot.store.feedback import drop_opinions
from bot.store.held import close_held, get_held, put_held
from bot.store.questions import change_question, record_decision, source_columns
from bot.store.queue import Removal, begin_version, lock_review, take_out
from bot.store.records import LoggedQuestion, Outcome, ReplyState
from bot.store.threads import Thread, was_given

# So long a reply is leased to its process: longer than two tries to send it take, with the wait between them.
LEASE = timedelta(seconds=40)

_ENDED = (
    ReplyState.WITHDRAWN,
    ReplyState.REFUSED,
    ReplyState.REMOVED,
    ReplyState.LIMITED,
    ReplyState.DROPPED,
)
_APPROVED = (HeldStatus.SENT, HeldStatus.EDITED)
_WORTH_IT = (ReplyKind.ANSWER, ReplyKind.CHOICES)


def thread_of(question: Question | LoggedQuestion) -> Thread | None:
    """Return the thread that a question was asked in, if it was in one."""
    thread_id = question.ref.thread_id
    return None if thread_id is None else Thread(channel=question.ref.channel, thread_id=thread_id)


async def unrepeated(tx: Transaction, reply: Reply, thread: Thread | None, *, question_id: str | None) -> Reply:
    """Return the reply to a question, or a pointer when it is an answer that the thread has already."""
    if thread is None or reply.kind is not ReplyKind.ANSWER or reply.entry_id is None:
        return reply
    given = await was_given(tx, thread, reply.entry_id, before=question_id)
    return above(reply) if given else reply


def points_above(reply: Reply) -> bool:
    """Return whether a reply is such a pointer."""
    return reply.kind is ReplyKind.HINT and reply.entry_id is not None


async def resume(
    tx: Transaction, queue: ReviewQueue, asked: Conversation, validity: Validity, *, at: datetime
) -> Reply | None:
    """Return the reply to a logged question with its entries as they now are, None when there is nothing to say.

    A question whose entries are all gone joins the review, which is what the reply says. Once a helper has answered,
    there is nothing to say unasked, and the reply says so. It is in the language of the channel, if it has one, else in
    that which is being spoken. What a moderator wrote in its place counts.
    """
    question, decision = asked.question, asked.outcome.decision
    wanted = [match.entry_id for match in offered_by(decision)]
    entries = await answerable(tx, wanted, audience=question.audience)
    is_over = asked.helped_at is not None and question.surface is Surface.AMBIENT
    reader = replace(await validity.asker(tx, question), may_choose=True)
    settings = await behaviour(tx, question.ref.channel)
    held = await get_held(tx, question.id)
    with speaking(settings.locale, spoken()):
        reply = None if is_over else compose(decision, entries, reader=reader, surface=question.surface)
        if held is not None and held.answer is not None and not is_over:
            reply = in_words_of(held.actor or "", held.answer, reply)
        if reply is None and not is_over and _was_led_on(asked):
            reply = Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS))
        if reply is None:
            if asked.sent_message_id is None:
                await set_reply(tx, question.id, None)
            return None
        if held is None or held.answer is None:
            reply = await _with_related(tx, reply, asked, validity, settings)
        if reply.kind is ReplyKind.NOTHING_FITS and not isinstance(decision, Unanswered):
            await queue.join(tx, question.id, at=at)
        reply = await unrepeated(tx, reply, thread_of(question), question_id=question.id)
    await note_pointer(tx, question.id, points_above=points_above(reply))
    approved = held is not None and held.status in _APPROVED
    return replace(reply, helped=asked.helped_at is not None, approved=approved)


async def _with_related(
    tx: Transaction, reply: Reply, asked: Conversation, validity: Validity, settings: ChannelSettings
) -> Reply:
    question, outcome = asked.question, asked.outcome
    if not may_offer(reply, outcome.decision, validity=validity, surface=question.surface):
        return reply
    topics, compared = settings.topics_of(question.surface), [match.entry_id for match in outcome.candidates]
    entries = await answerable(tx, compared, audience=question.audience)
    reader = validity.at_once(await validity.asker(tx, question), question.ref.channel, topics)
    return with_related(reply, outcome.candidates, entries, reader=reader)


def _was_led_on(asked: Conversation) -> bool:
    """Return whether something is to be said to a post that nothing fits: it is led to others that were solved."""
    is_said = asked.reply_state in UNDER_WAY or asked.sent_message_id is not None
    return is_said and is_post(asked.question.ref) and isinstance(asked.outcome.decision, Unanswered)


async def editable(tx: Transaction, question: Question, normalised: str | None) -> Conversation | None:
    """Return what to decide again about, None when there is nothing.

    - A question is decided again once, when its words have changed.
    - One that was overheard, and that nothing was said to, is decided again when its author calls the bot after all.
    - Neither is when a moderator has closed it.
    """
    found = await conversation_at(tx, question.ref, own=False)
    if found is None or not _is_new(found, question, normalised):
        return None
    await lock_review(tx)
    asked = await conversation(tx, found.question.id)
    return asked if _is_new(asked, question, normalised) and not await is_settled(tx, asked) else None


async def change_words(tx: Transaction, ref: MessageRef, outcome: Outcome) -> None:
    """Store the words of a message that is not decided again as they now are: what its author took out is not kept."""
    found = await conversation_at(tx, ref, own=False)
    if found is None or found.outcome.text is None:
        return
    if not same_words(found, outcome.normalised) or found.outcome.source != outcome.source:
        kept = {"text": outcome.text, "normalised": outcome.normalised, **source_columns(outcome)}
        shown_on = {} if found.item_id is None else {"review_version": await begin_version(tx)}
        await change_question(tx, found.question.id, {**kept, **shown_on})


def _is_new(asked: Conversation, question: Question, normalised: str | None) -> bool:
    if asked.deleted_at is not None:
        return False
    return _calls_now(asked, question) or (asked.edited_at is None and not same_words(asked, normalised))


def _calls_now(asked: Conversation, question: Question) -> bool:
    """Return whether a message that was overheard in silence is for the bot since its author edited it."""
    was_overheard = asked.question.surface is Surface.AMBIENT and asked.reply_state is None
    return was_overheard and question.surface is not Surface.AMBIENT


async def move_in_review(
    tx: Transaction, queue: ReviewQueue, asked: Conversation, outcome: Outcome, *, at: datetime
) -> str | None:
    """Move a question from the item of its old text to the item of the new one, if there is one.

    Ratings of the old answer are deleted; a request for a human stays.
    """
    await drop_opinions(tx, asked.question.id)
    await take_out(tx, asked.question.id, Removal(shown(asked.question.author), at, "edited"))
    waits = lacks_entry(outcome.decision) or asked.human_asked_at is not None
    return await queue.join(tx, asked.question.id, at=at) if waits and outcome.text is not None else None


class Replacement(NamedTuple):
    """The reply to send, in the place of a message that was sent if there is one; without a reply that is to go."""

    reply: Reply | None = None
    sent_message_id: str | None = None


async def replace_decision(
    tx: Transaction, asked: Conversation, question: Question, outcome: Outcome, *, at: datetime
) -> None:
    """Replace the text of a question and its outcome, and how it reached the bot where it calls it only now."""
    await record_decision(tx, asked.question.id, outcome)
    surface = question.surface if _calls_now(asked, question) else asked.question.surface
    edited_at = asked.edited_at if same_words(asked, outcome.normalised) else at
    await note_edit(tx, asked.question.id, surface=surface, audience=question.audience, at=edited_at)
    await note_heard(tx, asked.question.id)


async def replace_reply(
    tx: Transaction, asked: Conversation, reply: Reply | None, *, at: datetime, held_for: timedelta | None = None
) -> Replacement:
    """Return what the caller is to send, or to put in place of what was sent; nothing where others see to it.

    A reply that is being sent is corrected by its sender, when it was sent. The bot stays silent where a person
    was first, the platform did not take a reply, or somebody removed it. One that is to be `held_for` a moderator so
    long, or is held already, waits for one.
    """
    question_id = asked.question.id
    if asked.shadow or asked.reply_state in _ENDED:
        return Replacement()
    if asked.helped_at is not None:
        reply = None if asked.question.surface is Surface.AMBIENT or reply is None else replace(reply, helped=True)
    is_held = asked.reply_state is ReplyState.HELD
    if reply is not None and reply.kind is ReplyKind.WARNING:
        await close_held(tx, question_id, HeldStatus.GONE, at=at)
    elif is_held or held_for is not None:
        await _hold_again(tx, asked, reply, at=at, lasting=held_for or timedelta())
        return Replacement()
    if asked.reply_state in UNDER_WAY and await leave_outdated(tx, question_id):
        return Replacement()
    if reply is not None:
        reply = await unrepeated(tx, reply, thread_of(asked.question), question_id=question_id)
        await note_pointer(tx, question_id, points_above=points_above(reply))
    if reply is None and asked.sent_message_id is None:
        await set_reply(tx, question_id, None)
    else:
        await set_reply(tx, question_id, ReplyState.DUE, lease=LEASE)
    return Replacement(reply, asked.sent_message_id)


def is_worth_holding(reply: Reply | None) -> bool:
    """Return whether a moderator is to decide about a reply: an answer, or choices; all else is left unsaid."""
    return reply is not None and reply.kind in _WORTH_IT


async def hold(tx: Transaction, question_id: str, *, lasting: timedelta) -> None:
    """Store that the reply to a question waits so long for a moderator."""
    await set_reply(tx, question_id, ReplyState.HELD)
    await put_held(tx, question_id, lasting=lasting)


async def _hold_again(
    tx: Transaction, asked: Conversation, reply: Reply | None, *, at: datetime, lasting: timedelta
) -> None:
    """Put another reply on hold; what a moderator has sent stays as it is until one decides about that."""
    question_id = asked.question.id
    if reply is not None:
        reply = await unrepeated(tx, reply, thread_of(asked.question), question_id=question_id)
    if asked.sent_message_id is not None and _gives_same(asked, reply):
        return
    if is_worth_holding(reply):
        await hold(tx, question_id, lasting=lasting)
        return
    await close_held(tx, question_id, HeldStatus.GONE, at=at)
    await set_reply(tx, question_id, None if asked.sent_message_id is None else ReplyState.SENT)


def _gives_same(asked: Conversation, reply: Reply | None) -> bool:
    """Return whether a reply gives the entry that was given before."""
    before = asked.outcome.decision
    return isinstance(before, Answered) and reply is not None and reply.entry_id == before.match.entry_id

"""Follow the bot's replies through a conversation: sent once, withdrawn, removed, explained."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.core.models import IgnoreReason, MessageRef
from bot.core.wording.replies import Reply
from bot.service.knowledge import Validity
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import LEASE, resume
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction, audit
from bot.store.conversations import (
    UNDER_WAY,
    Conversation,
    age_of,
    conversation,
    conversation_at,
    end_leases,
    given_at,
    known_messages,
    note_sent,
    own_messages,
    set_reply,
    take_due,
)
from bot.store.privacy import OwnQuestion, questions_of
from bot.store.questions import get_question, keep_sent
from bot.store.records import AuditRecord, LoggedQuestion, ReplyState
from bot.store.threads import Thread, is_engaged, recent_threads

__all__ = ["Conversation", "ConversationService", "LoggedQuestion", "OwnQuestion", "Receipt", "Thread", "Unfinished"]

# An answer to a question that is older than this comes into a conversation that has gone on.
YOUNG = timedelta(minutes=15)
# A thread that is silent for longer is over; who writes there again may well mean somebody else.
ENGAGED = timedelta(days=1)
MOST_OWN = 10
# So far back it is looked for threads that somebody may have written in.
_NEWEST = 2_000
# What was removed while it was sent, and what a moderator is to decide about once more.
_STAYING = (ReplyState.REMOVED, ReplyState.HELD)
_SHORTEST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=2)
_log = logging.getLogger(__name__)


class Receipt(StrEnum):
    """What is to be done with a message that was sent.

    It is `kept`; or it is `outdated`, since the question was edited meanwhile, and `unfinished` has what to put in its
    place; or it is `unwanted` and is to be deleted, since another one was sent or the question is gone.
    """

    KEPT = "kept"
    OUTDATED = "outdated"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A reply that was not confirmed, leased to the caller to send now: look for it on the platform first.

    With `sent_message_id` the reply takes the place of that message; without a reply, that message is to go.
    """

    question: LoggedQuestion
    reply: Reply | None
    sent_message_id: str | None


class ConversationService:
    """Store the outcomes of replies; without `author_key`, people are hashed with the key that the database has."""

    def __init__(
        self, *, database: Database, queue: ReviewQueue, validity: Validity, author_key: bytes | None = None
    ) -> None:
        self._database = database
        self._queue = queue
        self._validity = validity
        self._clock = validity.clock
        self._names = Pseudonyms(author_key)

    async def sent(self, question_id: str, message_id: str) -> Receipt:
        """Store which message is the reply to a question; the first one counts."""
        async with self._database.writing_alone() as alone:
            if await keep_sent(alone, question_id, message_id):
                return Receipt.KEPT
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            if asked.deleted_at is not None or asked.sent_message_id not in {None, message_id}:
                return Receipt.UNWANTED
            if asked.reply_state is ReplyState.OUTDATED:
                await note_sent(tx, question_id, message_id, ReplyState.DUE, lease=timedelta())
                return Receipt.OUTDATED
            state = asked.reply_state if asked.reply_state in _STAYING else ReplyState.SENT
            await note_sent(tx, question_id, message_id, state)
        return Receipt.KEPT

    async def end_leases(self, platform: str, processes: Collection[str]) -> int:
        """End the leases on replies of processes that have ended; return how many there were."""
        async with self._database.transaction() as tx:
            return await end_leases(tx, platform, processes, lasting=LEASE)

    async def unfinished(self, platform: str, *, young: timedelta = YOUNG) -> tuple[Unfinished, ...]:
        """Return some replies that are due and not leased, oldest first; the caller leases them for a minute.

        To be called at the start and every minute until nothing comes. Left alone are older questions, and commands,
        whose private replies only the process can send that got them.
        """
        async with self._database.transaction() as tx:
            due = await take_due(tx, platform, young=young, lasting=LEASE)
            found = [await self._unfinished(tx, asked) for asked in due]
        if found:
            _log.info("reply.resumed", extra={"platform": platform, "replies": len(found)})
        return tuple(one for one in found if one.reply is not None or one.sent_message_id is not None)

    async def withdraw(self, question_id: str) -> bool:
        """Store that a person answered first; return whether the reply was still to be sent, and now is not."""
        return await self._end(question_id, ReplyState.WITHDRAWN)

    async def refused(self, question_id: str) -> bool:
        """Store that the platform refuses replies to a question; return whether one was still to be sent."""
        return await self._end(question_id, ReplyState.REFUSED)

    async def postpone(self, question_id: str, wait: timedelta) -> None:
        """Postpone a reply that is still to be sent; after that any process may send it.

        A platform that goes on refusing one is asked less and less often, and never less than every few minutes.
        """
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            if asked.reply_state in UNDER_WAY and asked.deleted_at is None:
                age = await age_of(tx, question_id)
                pause = max(wait, min(age / 2, _LONGEST_PAUSE), _SHORTEST_PAUSE)
                await set_reply(tx, question_id, ReplyState.DUE, lease=pause)

    async def engaged(self, thread: Thread) -> bool:
        """Return whether the bot said something in a thread lately, so that a follow-up need not mention it."""
        async with self._database.reading_alone() as tx:
            return await is_engaged(tx, thread, within=ENGAGED)

    async def threads(self, platform: str, workspace_id: str) -> tuple[Thread, ...]:
        """Return the threads in which the bot answered lately, or somebody waits for an answer, the last first."""
        async with self._database.snapshot() as tx:
            return await recent_threads(tx, platform, workspace_id, newest=_NEWEST)

    async def question(self, question_id: str) -> LoggedQuestion:
        """Return a question of the log."""
        async with self._database.snapshot() as tx:
            return await get_question(tx, question_id)

    async def may_remove(self, question_id: str, person: Person, *, moderator: bool) -> bool:
        """Return whether somebody may remove the reply to a question: who asked it, and moderators."""
        async with self._database.snapshot() as tx:
            question = await get_question(tx, question_id)
            return moderator or question.author == await self._names.of(tx, person)

    async def removed(self, question_id: str, *, actor: str) -> None:
        """Store that the reply to a question was removed."""
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            await set_reply(tx, question_id, ReplyState.REMOVED)
            before = {"sent_message_id": asked.sent_message_id}
            record = AuditRecord(
                actor=actor, action="remove", object=f"question:{question_id}", at=self._clock(), before=before
            )
            await audit.append(tx, record)

    async def why(self, ref: MessageRef, *, own: bool = True) -> Conversation | None:
        """Return the record of a decision by the question, or with `own` also by what the bot said about it."""
        async with self._database.snapshot() as tx:
            return await conversation_at(tx, ref, own=own)

    async def given_at(self, ref: MessageRef) -> tuple[Conversation, tuple[str, ...]] | None:
        """Return the record of a decision as `why` does, and the entries that the message shows, or that answer it."""
        async with self._database.snapshot() as tx:
            found = await conversation_at(tx, ref)
            return None if found is None else (found, await given_at(tx, found, ref.message_id))

    async def is_known(self, ref: MessageRef) -> bool:
        """Return whether a message is on the log."""
        return ref in await self.known([ref])

    async def known(self, refs: Collection[MessageRef], *, but: IgnoreReason | None = None) -> frozenset[MessageRef]:
        """Return those of some messages that are on the log, `but` not those ignored for a reason."""
        async with self._database.snapshot() as tx:
            return await known_messages(tx, refs, but=but)

    async def said(self, platform: str, workspace_id: str, message_ids: Collection[str]) -> frozenset[str]:
        """Return those of some messages that are replies or later answers of the bot."""
        async with self._database.snapshot() as tx:
            return await own_messages(tx, platform, workspace_id, message_ids)

    async def mine(self, person: Person) -> tuple[OwnQuestion, ...]:
        """Return the last questions of a person with their progress, newest first."""
        async with self._database.snapshot() as tx:
            return await questions_of(tx, await self._names.of(tx, person), limit=MOST_OWN)

    async def _unfinished(self, tx: Transaction, asked: Conversation) -> Unfinished:
        reply = await resume(tx, self._queue, asked, self._validity, at=self._clock())
        return Unfinished(question=asked.question, reply=reply, sent_message_id=asked.sent_message_id)

    async def _end(self, question_id: str, state: ReplyState) -> bool:
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            if asked.reply_state not in UNDER_WAY or asked.sent_message_id is not None:
                return False
            await set_reply(tx, question_id, state)
        _log.info("reply.dropped", extra={"question_id": question_id, "reason": state})
        return True

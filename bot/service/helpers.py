"""Make way for helpers: keep out of conversations that they are in, and take back or mark what they answered too."""

from datetime import timedelta

from bot.core.manners import Manners
from bot.core.models import MessageRef, Surface
from bot.core.review import HeldStatus
from bot.service.conversations import Unfinished
from bot.service.knowledge import Validity
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import LEASE, resume
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction
from bot.store.conversations import UNDER_WAY, conversation, leave_outdated, set_reply
from bot.store.held import close_held
from bot.store.records import ReplyState
from bot.store.threads import (
    HelpersMessage,
    answered_by,
    is_about_something,
    last_visit,
    note_helped,
    note_visit,
    wrote_between,
)

# Who wrote so long before a helper is taken to be spoken to by them.
_CONVERSATION = timedelta(hours=1)


class HelperService:
    """Store what helpers write, and what follows from it for the bot."""

    def __init__(
        self,
        *,
        database: Database,
        queue: ReviewQueue,
        validity: Validity,
        manners: Manners,
        author_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._queue = queue
        self._validity = validity
        self._clock = validity.clock
        self._within = manners.helped_within
        self._names = Pseudonyms(author_key)

    async def wrote(
        self,
        ref: MessageRef,
        author: Person,
        *,
        replies_to: str | None = None,
        mentions: frozenset[Person] = frozenset(),
    ) -> Unfinished | None:
        """Store that a helper wrote; return what the bot said that is to go now, or to be marked, if there is any.

        - A reply that nobody asked for is taken back, and one that was asked for says that a helper has answered.
        - One that is being sent is corrected by its sender.
        """
        async with self._database.transaction() as tx:
            at = self._clock()
            await note_visit(tx, ref, at=at)
            named = frozenset([await self._names.of(tx, each) for each in mentions])
            message = HelpersMessage(
                ref=ref, author=await self._names.of(tx, author), replies_to=replies_to, mentions=named
            )
            if not self._within or not is_about_something(message):
                return None
            question_id = await answered_by(tx, message, since=at - self._within)
            if question_id is None:
                return None
            return await self.step_back(tx, question_id)

    async def are_here(self, ref: MessageRef, author: Person) -> bool:
        """Return whether a helper is in the conversation that somebody writes in.

        - They are in each thread that they wrote in.
        - In a channel itself they talk for a while with who wrote there shortly before they did.
        """
        async with self._database.reading_alone() as tx:
            visited = await last_visit(tx, ref.channel, ref.thread_id)
            if visited is None or ref.thread_id is not None:
                return visited is not None
            if visited < self._clock() - self._within:
                return False
            name = await self._names.of(tx, author)
            return await wrote_between(tx, ref.channel, name, since=visited - _CONVERSATION, until=visited)

    async def taken_back(self, question_id: str) -> None:
        """Store that a reply was deleted because a helper answered."""
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            if asked.helped_at is not None and asked.reply_state is ReplyState.DUE:
                await set_reply(tx, question_id, ReplyState.WITHDRAWN)

    async def step_back(self, tx: Transaction, question_id: str) -> Unfinished | None:
        """Store that somebody answered a question; return what the bot said that is to go now, or to be marked."""
        await note_helped(tx, question_id, at=self._clock())
        asked = await conversation(tx, question_id)
        if asked.reply_state is ReplyState.HELD:
            await close_held(tx, question_id, HeldStatus.HELPED, at=self._clock())
            await set_reply(tx, question_id, ReplyState.WITHDRAWN if asked.sent_message_id is None else ReplyState.SENT)
            return None
        if asked.reply_state in UNDER_WAY and await leave_outdated(tx, question_id):
            return None
        unasked = asked.question.surface is Surface.AMBIENT
        reply = None if unasked else await resume(tx, self._queue, asked, self._validity, at=self._clock())
        await set_reply(tx, question_id, ReplyState.DUE, lease=LEASE)
        return Unfinished(question=asked.question, reply=reply, sent_message_id=asked.sent_message_id)

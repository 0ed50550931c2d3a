"""Learn from what people answer each other: which message solved a question, and what moderators may make of it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.core.fields import ANSWER_LIMIT
from bot.core.manners import OptOut
from bot.core.models import MessageRef, Surface
from bot.core.redaction import redact
from bot.core.review import Consent, ReviewItem
from bot.core.talk.holding import is_holding
from bot.core.talk.said_back import may_answer
from bot.errors import SuggestionNotFoundError
from bot.service import Clock
from bot.service.conversations import Unfinished
from bot.service.helpers import HelperService
from bot.service.privacy import Person, Pseudonyms
from bot.service.resolutions import refuse_unconsented, still_open
from bot.store import Database, Transaction
from bot.store.consents import ConsentRequest, allows_always, put_consent, to_ask
from bot.store.conversations import Conversation, conversation, is_settled
from bot.store.feedback import get_suggestion
from bot.store.items import get_item
from bot.store.queue import lock_review
from bot.store.records import SAID, from_item_id
from bot.store.solutions import (
    PersonsWords,
    change_words,
    count_learned,
    drop_learned,
    drop_mark,
    drop_words,
    has_asked,
    is_marked,
    is_settled_for,
    is_solved,
    of_message,
    put_mark,
    put_words,
    question_under,
    show_again,
    suggestion_of,
    unmark_words,
)
from bot.store.threads import HelpersMessage
from bot.store.wishes import opted_out

__all__ = ["ConsentRequest", "LearningService", "MarkedSolution", "PersonsReply", "Solved"]

MOST_LEARNED = 5
"""So many messages of helpers are suggested for an item by themselves; more, nobody would read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsReply:
    """What somebody wrote, and where: in a thread or in reply to another message.

    Whether they are `trusted` is looked up when the message is marked as a solution.
    """

    ref: MessageRef
    author: Person
    text: str
    replies_to: str | None = None
    trusted: bool = False


class Solved(StrEnum):
    """What became of a mark: it is noted, suggested to moderators as well, not theirs to set, or about nothing."""

    NOTED = "noted"
    SUGGESTED = "suggested"
    NOT_THEIRS = "not theirs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSolution:
    """What became of a mark, for which question, what the bot said that is to go, and what to ask the author.

    `accept` is the suggestion of somebody who is trusted, to be applied without approval.
    """

    outcome: Solved
    question_id: str | None = None
    unfinished: Unfinished | None = field(default=None, repr=False)
    request: ConsentRequest | None = None
    accept: str | None = None


class LearningService:
    """Store which messages solved questions; those under an open item of the review are suggested as its answer."""

    def __init__(
        self, *, database: Database, helpers: HelperService, clock: Clock, author_key: bytes | None = None
    ) -> None:
        self._database = database
        self._helpers = helpers
        self._clock = clock
        self._names = Pseudonyms(author_key)

    async def has_asked(self, person: Person) -> bool:
        """Return whether a question of somebody is on the log, so that a mark of theirs may be about one."""
        async with self._database.snapshot() as tx:
            return await has_asked(tx, await self._names.of(tx, person))

    async def is_solved(self, question_id: str) -> bool:
        """Return whether a message is marked as the solution of a question."""
        async with self._database.snapshot() as tx:
            return await is_solved(tx, question_id)

    async def mark(self, reply: PersonsReply, by: Person, *, helps: bool) -> MarkedSolution:
        """Store that a message solved the question above it, as its asker says, or who `helps` others.

        The asker of several questions means their own last one. While a moderator has not answered the question the
        message is the first of its suggestions. What the bot said unasked is taken back.
        """
        async with self._database.transaction() as tx:
            await lock_review(tx)
            marker = await self._names.of(tx, by)
            message = await self._message(tx, reply)
            question_id = await question_under(tx, message, asker=marker)
            if question_id is None:
                question_id = await question_under(tx, message)
                if question_id is None:
                    return MarkedSolution(outcome=Solved.UNKNOWN)
                if not helps:
                    return MarkedSolution(outcome=Solved.NOT_THEIRS)
            return await self._mark(tx, reply, question_id, marker)

    async def unmark(self, ref: MessageRef, by: Person) -> str | None:
        """Remove somebody's mark, unless moderators decided about it already; return the question that it was for.

        Nothing stays suggested of a message that is marked by nobody any more, and was not taken up by itself.
        """
        async with self._database.transaction() as tx:
            await lock_review(tx)
            if await is_settled_for(tx, ref):
                return None
            question_id = await drop_mark(tx, ref, await self._names.of(tx, by))
            if question_id is not None and not await is_marked(tx, ref):
                await unmark_words(tx, ref)
            return question_id

    async def heard(self, reply: PersonsReply) -> ConsentRequest | None:
        """Suggest what a helper answers to a question that waits for a moderator, `MOST_LEARNED` messages at most.

        Chatter and questions back are no answers; an edit may make one of them, or none any more. Who opted out of
        messages about answers is left alone here, too. Return what its author is to be asked, if that is due.
        """
        words = storable_words(reply) if may_answer(reply.text) and not is_holding(reply.text) else None
        async with self._database.snapshot() as tx:
            message = await self._message(tx, reply)
            if await question_under(tx, message, others=True) is None:
                return None
        async with self._database.transaction() as tx:
            await lock_review(tx)
            question_id = await question_under(tx, message, others=True)
            asked = None if question_id is None else await conversation(tx, question_id)
            item = None if asked is None else await self._waiting(tx, asked)
            if words is None or await opted_out(tx, message.author) is not None:
                await drop_learned(tx, reply.ref)
            elif asked is not None and item is not None and await count_learned(tx, item, but=reply.ref) < MOST_LEARNED:
                return await self._suggest(tx, item, replace(words, learned=True), message.author, asked)
        return None

    async def edited(self, reply: PersonsReply) -> None:
        """Change what is suggested of a message that was edited; what may not be stored is suggested no more."""
        words = storable_words(reply)
        async with self._database.transaction() as tx:
            if words is None:
                await drop_words(tx, reply.ref)
            elif await change_words(tx, reply.ref, words.text):
                await show_again(tx, of_message(reply.ref))

    async def acceptable(self, suggestion_id: str, *, actor: str) -> ReviewItem:
        """Return the open item of a suggestion; refuse what somebody may not accept as it stands."""
        async with self._database.snapshot() as tx:
            wanted = await get_suggestion(tx, suggestion_id)
            item = still_open(await get_item(tx, wanted.item_id, at=self._clock()))
            await refuse_unconsented(tx, item, wanted.answer or "", actor=actor)
            return item

    async def consent(self, suggestion_id: str, person: Person, consent: Consent) -> None:
        """Store what somebody says who was asked about their words; refuse what is not theirs."""
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, person)
            about = {"suggestion_id": suggestion_id, "actor": person.actor}
            if not await put_consent(tx, author, consent, **about, at=self._clock()):
                raise SuggestionNotFoundError(suggestion_id)

    async def _mark(self, tx: Transaction, reply: PersonsReply, question_id: str, marker: str) -> MarkedSolution:
        at = self._clock()
        asked = await conversation(tx, question_id)
        await put_mark(tx, question_id, reply.ref.message_id, author=marker, at=at)
        unasked = asked.question.surface is Surface.AMBIENT and asked.helped_at is None
        stands = asked.waits_for_moderator or (unasked and asked.reply_state in SAID)
        unfinished = await self._helpers.step_back(tx, question_id) if stands else None
        words, item = storable_words(reply), await self._waiting(tx, asked)
        author = await self._names.of(tx, reply.author)
        if item is None or words is None or await opted_out(tx, author) is OptOut.UNASKED:
            return MarkedSolution(outcome=Solved.NOTED, question_id=question_id, unfinished=unfinished)
        request = await self._suggest(tx, item, replace(words, solves=True), author, asked)
        agreed = await suggestion_of(tx, reply.ref) if reply.trusted else None
        return MarkedSolution(
            outcome=Solved.SUGGESTED, question_id=question_id, unfinished=unfinished, request=request, accept=agreed
        )

    async def _suggest(
        self, tx: Transaction, item: int, words: PersonsWords, author: str, asked: Conversation
    ) -> ConsentRequest | None:
        """Suggest a message for an item; of questions in the shadow, where the bot says nothing, nobody is asked."""
        at = self._clock()
        await put_words(tx, item, replace(words, consented=await allows_always(tx, author)), at=at)
        silent = asked.shadow or await opted_out(tx, author) is not None
        return None if silent else await to_ask(tx, author, words.ref, at=at)

    async def _waiting(self, tx: Transaction, asked: Conversation) -> int | None:
        """Return the item in which a question waits for a moderator."""
        return None if asked.item_id is None or await is_settled(tx, asked) else from_item_id(asked.item_id)

    async def _message(self, tx: Transaction, reply: PersonsReply) -> HelpersMessage:
        author = await self._names.of(tx, reply.author)
        return HelpersMessage(ref=reply.ref, author=author, replies_to=reply.replies_to)


def storable_words(reply: PersonsReply) -> PersonsWords | None:
    """Return a message as it may be suggested: without what must not be stored; None for nothing, or a secret."""
    found = redact(reply.text)
    text = found.text.strip()
    if not text or found.secret or len(text) > ANSWER_LIMIT:
        return None
    return PersonsWords(ref=reply.ref, text=text, actor=reply.author.actor)

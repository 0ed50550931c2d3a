"""Answer questions, each message once, and log what became of them."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.deciding.decision import Decided, lacks_entry
from bot.core.manners import USUAL, Manners
from bot.core.models import (
    Audience,
    ChannelRef,
    Decision,
    Ignored,
    IgnoreReason,
    MessageRef,
    Question,
    Status,
    Surface,
    kind_of,
)
from bot.core.wording.replies import LIMITED, Reply, ReplyKind, answer, chosen_region, offered_regions
from bot.service.explanations import Explanation, Explanations, for_region, understood
from bot.service.knowledge import Knowledge, Known, Validity
from bot.service.limits import Bursts, Joined, Written, allowed
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import (
    LEASE,
    change_words,
    editable,
    hold,
    move_in_review,
    points_above,
    replace_decision,
    replace_reply,
    resume,
    thread_of,
    unrepeated,
)
from bot.service.review_queue import ReviewQueue
from bot.service.solved import SolvedQuestions
from bot.service.trace import trace_of, traced
from bot.service.unheard import NOT_HEARD, erase_words, unheard
from bot.store import Database, Transaction
from bot.store.behaviour import Current
from bot.store.conversations import conversation, lease, set_reply
from bot.store.entries import list_entries
from bot.store.limits import lock_author
from bot.store.privacy import NOBODY
from bot.store.questions import change_question, claim, record_decision
from bot.store.records import ClaimedQuestion, EntryFilter, ReplyState, Sending

_log = logging.getLogger(__name__)
_WITHOUT_LOG = frozenset({ReplyKind.ANSWER, ReplyKind.WARNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The outcome of a message, and the reply that the caller is to send: its lease is a minute.

    A message that came before is `repeated` and has its earlier decision, not how it was `decided`. It has a reply
    only when its sender did not confirm that it was sent: look for it on the platform first. With
    `sent_message_id` the reply takes the place of that message; without a reply, that message is to go. `item_id` is
    the review item that an unanswered question is in. `told` is for its author alone: why there is no reply.
    One that became a part of a question is `joined` to it. The reply stands `beside` the message, or in a thread.
    """

    question_id: str
    decision: Decision
    reply: Reply | None = None
    decided: Decided | None = None
    item_id: str | None = None
    repeated: bool = False
    sent_message_id: str | None = None
    told: str | None = None
    joined: Joined | None = None
    beside: bool = False


def as_logged(question: Question, asked: Asked) -> Question:
    """Return a question with the place of its reply that was decided when it came first."""
    return replace(question, ref=replace(question.ref, beside=asked.beside))


class AskService:
    """Answer questions; without `author_key`, authors are hashed with the key that the database has."""

    def __init__(  # noqa: PLR0913  # what it works with
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        validity: Validity,
        solved: SolvedQuestions,
        manners: Manners = USUAL,
        author_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._validity = validity
        self._clock = validity.clock
        self._manners = manners
        self._names = Pseudonyms(author_key)
        self._solved = solved
        self._explanations = Explanations(knowledge, validity)
        self._bursts = Bursts(
            database=database, queue=queue, explanations=self._explanations, manners=manners, names=self._names
        )

    async def ask(
        self, question: Question, *, wait: timedelta = timedelta(), written: Written = lambda _: None
    ) -> Asked:
        """Decide about a message and log it; one that is on the log already gets no second reply.

        The decision is made before the transaction, which claims the message, writes, and holds up nobody else.
        `wait` is for how long the caller holds the reply back, to see whether a person answers first.
        `written` tells when a message was written, to recognise those that are one question.
        """
        with traced(trace_of(question)):
            _log.debug("question.received", extra={"surface": question.surface})
            left, newest = await unheard(self._database, self._names, self._clock, question)
            asked = await self._ask(question, wait, written, newest) if left is None else _unheard(left)
            _log_decision(asked)
        return asked

    async def edited(self, question: Question) -> Asked | None:
        """Decide again about a message whose words changed, once; None when there is nothing to do about it."""
        with traced(trace_of(question)):
            left, newest = await unheard(self._database, self._names, self._clock, question)
            asked = await (self._edited(question, newest) if left is None else erase_words(self._database, question))
            if asked is not None:
                _log_decision(asked)
        return asked

    async def _ask(self, question: Question, wait: timedelta, written: Written, newest: Current | None) -> Asked:
        known = await self._explanations.known(question, newest=newest)
        found = await self._understood(known, question)
        if lacks_entry(found.decided.decision):
            await self._queue.prepare(found.text)
        async with self._database.transaction() as tx:
            at = self._clock()
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            if self._manners.in_a_row:
                await lock_author(tx, author)
            burst = await self._bursts.before(tx, question, author, written=written, at=at)
            claimed = None if burst is None else await claim(tx, question, author=author, at=at)
            if burst is not None and claimed is not None:
                if claimed.earlier is not None:
                    return await self._again(tx, claimed.question_id, at)
                part_id = claimed.question_id
                joined = await self._bursts.join(
                    tx, burst, question, known, found, part_id=part_id, author=author, at=at
                )
                if joined is not None:
                    return Asked(question_id=part_id, decision=Ignored(IgnoreReason.PART), joined=joined)
            reply = None if question.shadow else await for_region(tx, found, author)
            if reply is not None:
                reply = await unrepeated(tx, reply, thread_of(question), question_id=None)
            granted = await allowed(tx, self._manners, reply, question, question_id=None, author=author, at=at)
            sending = _sending(granted.reply, question.surface, lease=wait + LEASE)
            if claimed is None:
                decided: dict[str, Any] = {"outcome": found.outcome, "sending": sending, "limited": granted.limited}
                claimed = await claim(tx, question, author=author, at=at, **decided)
                if claimed.earlier is not None:
                    return await self._again(tx, claimed.question_id, at)
            else:
                await record_decision(tx, claimed.question_id, found.outcome, sending=sending)
                if granted.limited:
                    await set_reply(tx, claimed.question_id, ReplyState.LIMITED)
            item_id = await self._see_to(tx, claimed.question_id, found.decided, at, held=granted.held)
        told = str(LIMITED) if granted.told else None
        asked = _asked(claimed.question_id, found, granted.reply, item_id)
        return replace(asked, told=told, beside=question.ref.beside)

    async def _understood(self, known: Known, question: Question) -> Explanation:
        found = await understood(self._database, self._explanations, self._names, known, question)
        return await self._solved.under_post(question, found)

    async def _again(self, tx: Transaction, question_id: str, at: datetime) -> Asked:
        """Return what became of a message that is on the log, and its reply if nobody is sending it any more."""
        asked = await conversation(tx, question_id)
        mine = await lease(tx, question_id, lasting=LEASE)
        return Asked(
            question_id=question_id,
            decision=asked.outcome.decision,
            reply=await resume(tx, self._queue, asked, self._validity, at=at) if mine else None,
            repeated=True,
            beside=asked.question.ref.beside,
            sent_message_id=asked.sent_message_id if mine else None,
        )

    async def part_deleted(self, ref: MessageRef) -> Joined | None:
        """Decide again about a question of which a part was deleted; None where the message was none."""
        return await self._bursts.deleted(ref, clock=self._clock)

    async def goes_on(self, question: Question, *, written: Written) -> bool:
        """Return whether somebody goes on writing what they asked the bot a moment ago."""
        return await self._bursts.goes_on(question, written=written, at=self._clock())

    async def _edited(self, question: Question, newest: Current | None) -> Asked | None:
        known = await self._explanations.known(question, newest=newest)
        found = await self._understood(known, question)
        await self._queue.prepare(found.text)
        outcome = found.outcome
        async with self._database.transaction() as tx:
            at = self._clock()
            joined = await self._bursts.change(tx, question, known, found, at=at)
            if joined is not None:
                return Asked(question_id=joined.question.id, decision=found.decided.decision, joined=joined)
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            asked = await editable(tx, question, outcome.normalised)
            if asked is None:
                await change_words(tx, question.ref, outcome)
                return None
            if asked.question.author == NOBODY:
                await change_question(tx, asked.question.id, {"author": author})
            await replace_decision(tx, asked, question, outcome, at=at)
            item_id = await move_in_review(tx, self._queue, asked, outcome, at=at)
            reply = await for_region(tx, found, asked.question.author)
            new = await replace_reply(tx, asked, reply, at=at, held_for=self._manners.holding(question))
        self._database.start_erasure()
        sent, beside = new.sent_message_id, asked.question.ref.beside
        return replace(_asked(asked.question.id, found, new.reply, item_id), sent_message_id=sent, beside=beside)

    async def _see_to(
        self, tx: Transaction, question_id: str, decided: Decided, at: datetime, *, held: bool
    ) -> str | None:
        """Put the reply to a question on hold, or the question into the review; return its item."""
        if held:
            await hold(tx, question_id, lasting=self._manners.held_for)
        return await self._queue.join(tx, question_id, at=at) if lacks_entry(decided.decision) else None

    async def explain(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text, and why; nothing is logged."""
        return await self._explanations.explain(text, audience=audience, surface=surface)

    async def preview(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text if all drafts were published; nothing is logged."""
        async with self._database.snapshot() as tx:
            drafts = await list_entries(tx, audience=audience, wanted=EntryFilter(status=Status.DRAFT))
        more = [stored.entry for stored in drafts]
        return await self._explanations.explain(text, audience=audience, surface=surface, more=more)

    def meanwhile(self, question: Question) -> Reply | None:
        """Return what can be said to a question while the database is away, by what was known when it was last heard.

        That is an answer, or a warning of a secret. All else, choices included, has to do with the log.
        """
        found = self._explanations.last(question)
        reply = None if found is None else found.reply
        return reply if reply is not None and reply.kind in _WITHOUT_LOG else None

    async def choose(
        self, entry_id: str, *, audience: Audience, locale: str | None = None, place: ChannelRef | None = None
    ) -> Reply | None:
        """Return the answer that somebody chose, in their language; None when there is no such entry for them there."""
        known = await self._knowledge.index(audience)
        number, entry_id = chosen_region(entry_id) or (0, entry_id)
        if entry_id not in known.entries:
            return None
        entry = known.entries.entry(entry_id)
        region = dict(enumerate(offered_regions(entry), 1)).get(number)
        reader = self._validity.reader(audience, locale=locale, region=region)
        return answer(entry, reader=self._validity.at_once(reader, place))


def _unheard(claimed: ClaimedQuestion) -> Asked:
    return Asked(question_id=claimed.question_id, decision=NOT_HEARD, repeated=claimed.earlier is not None)


def _sending(reply: Reply | None, surface: Surface, *, lease: timedelta) -> Sending | None:
    """Return who is to send a reply, and for how long; on the console it is there at once."""
    if reply is None or surface is Surface.CONSOLE:
        return None
    return Sending(lease=lease, points_above=points_above(reply))


def _asked(
    question_id: str,
    found: Explanation,
    reply: Reply | None,
    item_id: str | None,
) -> Asked:
    return Asked(
        question_id=question_id,
        decision=found.decided.decision,
        reply=reply,
        decided=found.decided,
        item_id=item_id,
    )


def _log_decision(asked: Asked) -> None:
    facts = {"question_id": asked.question_id, "decision": kind_of(asked.decision), "repeated": asked.repeated}
    _log.info("question.decided", extra=facts)

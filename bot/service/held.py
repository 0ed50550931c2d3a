"""Send, rewrite or drop replies that wait for a moderator; each of that is a grade of the decision.

- What is sent is due like any reply that a process left: whichever process takes its lease sends it, once.
- One that nobody decided about in time is no answer: its question counts as unanswered, and joins the review.
- A draft whose question is deleted, or answered by a helper, is closed.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.manners import is_silenced
from bot.core.models import Answered, Audience, ChannelRef, Grade, Unanswered, offered_by
from bot.core.redaction import redact
from bot.core.review import HeldPage, HeldReply, HeldStatus
from bot.core.wording.cards import CHANGED, SILENCED
from bot.core.wording.expected import NO_SECRETS
from bot.core.wording.replies import Reply, ReplyKind, compose
from bot.errors import EntryFieldError, HeldClosedError, QuestionNotFoundError
from bot.service.deliveries import key_of
from bot.service.entry_changes import checked_value
from bot.service.grades import put_grade
from bot.service.knowledge import Validity
from bot.service.replies import is_worth_holding
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction, audit
from bot.store.behaviour import behaviour
from bot.store.claims import Claim, give_back, is_left, let_lapse, take
from bot.store.conversations import Conversation, conversation, note_heard, set_reply
from bot.store.entries import answerable
from bot.store.feedback import suggest
from bot.store.grades import GradeRecord
from bot.store.held import (
    HeldRecord,
    close_held,
    get_held,
    late_held,
    note_shown,
    opted_out_since,
    stale_held,
    waiting_held,
)
from bot.store.questions import record_decision
from bot.store.queue import lock_review
from bot.store.records import AuditRecord, LoggedQuestion, ReplyState, from_item_id

AT_ONCE = 10  # as with cards of items
MOST_LATE = 100  # others have a turn in between
LEASE = timedelta(minutes=2)
_ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedHeld:
    """An outdated card of a held reply that one process alone may bring up to date.

    It `may_be_there` where somebody began to show it and did not learn whether it was taken.
    """

    held: HeldReply
    card_id: str | None
    claim: Claim
    may_be_there: bool = False


class HeldReplyService:
    """Show held replies to moderators, and do what they decide."""

    def __init__(self, *, database: Database, queue: ReviewQueue, validity: Validity) -> None:
        self._database = database
        self._queue = queue
        self._validity = validity
        self._clock = validity.clock

    async def due(self, board: ChannelRef) -> tuple[str, ...]:
        """Return some questions whose held replies a channel does not show as they are."""
        async with self._database.snapshot() as tx:
            return tuple(one.question.id for one in await stale_held(tx, board.platform, limit=AT_ONCE))

    async def lease(self, board: ChannelRef, question_id: str) -> LeasedHeld | None:
        """Lease a card that is due; None where another process has it, or there is nothing to show any more."""
        async with self._database.transaction() as tx:
            key = key_of("held", str(board), question_id)
            was_left = await is_left(tx, key)
            claim = await take(tx, key, lasting=LEASE)
            if claim is None:
                return None
            found = await stale_held(tx, board.platform, limit=1, question_id=question_id)
            held = None if not found else await self._view(tx, found[0])
            if held is None or (found[0].card_id is None and not held.is_open and not was_left):
                if held is not None:  # it was over before anybody saw it
                    await note_shown(tx, question_id, card_id=None, version=held.version)
                await give_back(tx, claim)
                return None
        return LeasedHeld(held=held, card_id=found[0].card_id, claim=claim, may_be_there=was_left)

    async def shown(self, card: LeasedHeld, message_id: str | None) -> None:
        """Store that a message shows a held reply as it was when the card was leased, and end the lease."""
        async with self._database.transaction() as tx:
            await note_shown(tx, card.held.question_id, card_id=message_id, version=card.held.version)
            await give_back(tx, card.claim)

    async def give_back(self, card: LeasedHeld, *, may_be_there: bool) -> None:
        """End the lease of a card that was not shown, or that nobody knows of whether it was."""
        async with self._database.transaction() as tx:
            await (let_lapse if may_be_there else give_back)(tx, card.claim)

    async def waiting(self, platform: str, *, audience: Audience, limit: int) -> HeldPage:
        """Return some of the replies to people of a platform that wait, which these readers may see."""
        audiences = [each for each in Audience if audience.sees(each)]
        async with self._database.snapshot() as tx:
            found, total = await waiting_held(tx, platform, audiences=audiences, limit=limit)
            return HeldPage(tuple([await self._view(tx, one) for one in found]), total)

    async def show(self, question_id: str) -> HeldReply:
        """Return the reply to a question as it is held, or was."""
        async with self._database.snapshot() as tx:
            return await self._view(tx, await _found(tx, question_id))

    async def open(self, question_id: str, *, seen: int | None) -> HeldReply:
        """Return a reply that still waits, as its reader saw it; refuse any other."""
        async with self._database.snapshot() as tx:
            return await self._view(tx, _waiting(await _found(tx, question_id), seen))

    async def send(self, question_id: str, *, actor: str, seen: int | None) -> HeldReply:
        """Send a reply as it is: the decision was right. Of choices that says nobody which one is."""
        return await self._release(question_id, HeldStatus.SENT, None, actor, seen)

    async def rewrite(self, question_id: str, words: str, *, actor: str, seen: int | None) -> HeldReply:
        """Send what a moderator wrote in place of a reply, and suggest it in the review: the entry was right."""
        text = checked_value(_ANSWER, words)
        if redact(text).secret:
            raise EntryFieldError(_ANSWER, "", str(NO_SECRETS))
        return await self._release(question_id, HeldStatus.EDITED, text, actor, seen)

    async def drop(self, question_id: str, *, actor: str, seen: int | None) -> HeldReply:
        """Drop a reply: nothing is sent, and the decision was wrong."""
        async with self._deciding(question_id, seen) as (tx, asked):
            at = self._clock()
            await close_held(tx, question_id, HeldStatus.DROPPED, at=at, actor=actor)
            await set_reply(tx, question_id, _left(asked, ReplyState.DROPPED))
            await put_grade(tx, question_id, _grade(Grade.WRONG, None, actor, at), actor=actor, at=at)
            await _note(tx, question_id, HeldStatus.DROPPED, actor, at)
        return await self.show(question_id)

    async def expire(self) -> None:
        """Close the replies that have waited for too long, the longest first."""
        async with self._database.snapshot() as tx:
            late = await late_held(tx, limit=MOST_LATE)
        if late:
            await self._queue.prepare()
        for question_id in late:
            async with self._database.transaction() as tx:
                await lock_review(tx)
                asked = await conversation(tx, question_id)
                held = await get_held(tx, question_id)
                if held is not None and held.is_late:
                    await self._expire(tx, asked)

    async def _expire(self, tx: Transaction, asked: Conversation) -> None:
        """Count a question as unanswered, and put it into the review."""
        at, question_id = self._clock(), asked.question.id
        await close_held(tx, question_id, HeldStatus.EXPIRED, at=at)
        await set_reply(tx, question_id, _left(asked, None))
        await record_decision(tx, question_id, replace(asked.outcome, decision=Unanswered()))
        await self._queue.join(tx, question_id, at=at)

    async def _release(
        self, question_id: str, status: HeldStatus, words: str | None, actor: str, seen: int | None
    ) -> HeldReply:
        """Make a reply due, for whichever process is first; nothing is sent to those who no longer want it.

        Where the bot says nothing any more the reply goes on waiting, for as long as it would.
        """
        async with self._deciding(question_id, seen) as (tx, asked):
            at = self._clock()
            settings = await behaviour(tx, asked.question.ref.channel)
            if is_silenced(settings.mode, asked.question.surface, approved=True):
                raise HeldClosedError(question_id, SILENCED, "")
            reply, over = await self._reply(tx, asked.question), None
            if await opted_out_since(tx, asked.question):
                over = HeldStatus.GONE
                await close_held(tx, question_id, over, at=at)
                await set_reply(tx, question_id, _left(asked, None))
            elif words is None and not is_worth_holding(reply):  # its entry is not there any more
                over = HeldStatus.EXPIRED
                await self._expire(tx, asked)
            else:
                await close_held(tx, question_id, status, at=at, actor=actor, answer=words)
                await set_reply(tx, question_id, ReplyState.DUE, lease=timedelta())
                await note_heard(tx, question_id)
                await self._learn(tx, asked, words, actor, at)
                await _note(tx, question_id, status, actor, at)
        if over is not None:
            raise HeldClosedError(question_id, over, "")
        return await self.show(question_id)

    async def _learn(self, tx: Transaction, asked: Conversation, words: str | None, actor: str, at: datetime) -> None:
        question_id, decision = asked.question.id, asked.outcome.decision
        if isinstance(decision, Answered):
            right = _grade(Grade.RIGHT, decision.match.entry_id, actor, at)
            await put_grade(tx, question_id, right, actor=actor, at=at)
        if words is not None:
            item = from_item_id(await self._queue.join(tx, question_id, at=at)) or 0
            await suggest(tx, item, question=None, answer=words, entry_id=None, actor=actor, at=at)

    @asynccontextmanager
    async def _deciding(self, question_id: str, seen: int | None) -> AsyncIterator[tuple[Transaction, Conversation]]:
        """Open a transaction in which nobody else decides about a reply, which must still wait as it was seen."""
        await self._queue.prepare()
        async with self._database.transaction() as tx:
            await lock_review(tx)
            asked = await conversation(tx, question_id)
            _waiting(await _found(tx, question_id), seen)
            yield tx, asked

    async def _reply(self, tx: Transaction, question: LoggedQuestion) -> Reply | None:
        if question.outcome is None:
            return None
        decision = question.outcome.decision
        wanted = [match.entry_id for match in offered_by(decision)]
        entries = await answerable(tx, wanted, audience=question.audience)
        reader = replace(await self._validity.asker(tx, question), may_choose=True)
        return compose(decision, entries, reader=reader, surface=question.surface)

    async def _view(self, tx: Transaction, record: HeldRecord) -> HeldReply:
        question, outcome = record.question, record.question.outcome
        text = None if outcome is None or record.deleted else outcome.text
        held = HeldReply(
            question_id=question.id,
            ref=question.ref,
            audience=question.audience,
            asked_at=question.asked_at,
            status=record.status,
            version=record.version,
            waits_until=record.waits_until,
            actor=record.actor,
            at=record.at,
        )
        if outcome is None or text is None:
            return held
        reply = await self._reply(tx, question)
        answer = reply.text if reply is not None and reply.kind is ReplyKind.ANSWER else ""
        offered = offered_by(outcome.decision)
        entries = await answerable(tx, [one.entry_id for one in offered], audience=question.audience)
        matches = [replace(one, phrase=entries[one.entry_id].question) for one in offered if one.entry_id in entries]
        return replace(held, text=text, answer=record.answer or answer, matches=tuple(matches))


async def _found(tx: Transaction, question_id: str) -> HeldRecord:
    held = await get_held(tx, question_id)
    if held is None:
        raise QuestionNotFoundError(question_id)
    return held


def _waiting(held: HeldRecord, seen: int | None) -> HeldRecord:
    """Return a reply that still waits and is as it was seen; refuse any other."""
    status = HeldStatus.EXPIRED if held.is_late else HeldStatus.GONE if held.deleted else held.status
    if status is not HeldStatus.WAITING:
        raise HeldClosedError(held.question.id, status, held.actor or "")
    if seen not in {None, held.version}:
        raise HeldClosedError(held.question.id, CHANGED, "")
    return held


def _left(asked: Conversation, state: ReplyState | None) -> ReplyState | None:
    """Return the state of a reply that is not sent: what was sent before, and was to be replaced, stays."""
    return state if asked.sent_message_id is None else ReplyState.SENT


def _grade(grade: Grade, entry_id: str | None, actor: str, at: datetime) -> GradeRecord:
    return GradeRecord(grade=grade, entry_id=entry_id, actor=actor, at=at)


async def _note(tx: Transaction, question_id: str, status: HeldStatus, actor: str, at: datetime) -> None:
    record = AuditRecord(actor=actor, action="draft", object=f"question:{question_id}", at=at, after={"status": status})
    await audit.append(tx, record)

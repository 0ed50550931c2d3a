"""Answer questions, each message once, and log what became of them."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.deciding.decision import Decided, lacks_entry
from bot.core.deciding.judgement import judge
from bot.core.deciding.ranking import Ranking
from bot.core.manners import USUAL, Manners
from bot.core.models import Answered, Audience, Decision, Question, Status, Surface, kind_of
from bot.core.reader import Reader
from bot.core.searching.query import Query
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.wording.replies import LIMITED, Reply, ReplyKind, answer, chosen_region, compose, offered_regions
from bot.service.knowledge import Knowledge, Known
from bot.service.limits import allowed
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import (
    LEASE,
    editable,
    move_in_review,
    points_above,
    replace_decision,
    replace_reply,
    resume,
    standing,
    thread_of,
    unrepeated,
)
from bot.service.review_queue import ReviewQueue
from bot.service.trace import trace_of, traced
from bot.service.validity import Validity
from bot.store import Database, Transaction
from bot.store.conversations import conversation, lease, set_reply
from bot.store.entries import list_entries
from bot.store.questions import claim, record_decision
from bot.store.records import EntryFilter, Outcome, ReplyState, Sending
from bot.store.regions import region_of

_log = logging.getLogger(__name__)
_WITHOUT_LOG = frozenset({ReplyKind.ANSWER, ReplyKind.WARNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A decision and everything that led to it; `text` is what may be stored of the question, if anything.

    `withheld` are entries that would have been offered, each with the last day on which it held.
    """

    text: str | None
    ranking: Ranking
    decided: Decided
    reply: Reply | None
    content_version: int
    scorer_version: str
    withheld: Mapping[str, date]
    regional: Callable[[str], Reply | None] | None = None
    """Returns the reply for a region, where that makes a difference."""

    @property
    def query(self) -> Query:
        """Return the question as it was matched."""
        return self.ranking.query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The outcome of a message, and the reply that the caller is to send: its lease is a minute.

    A message that came before is `repeated` and has its earlier decision, not how it was `decided`. It has a reply
    only when its sender did not confirm that it was sent: look for it on the platform first. With
    `sent_message_id` the reply takes the place of that message; without a reply, that message is to go. `item_id` is
    the review item that an unanswered question is in. `told` is for its author alone: why there is no reply.
    """

    question_id: str
    decision: Decision
    reply: Reply | None = None
    decided: Decided | None = None
    item_id: str | None = None
    repeated: bool = False
    sent_message_id: str | None = None
    told: str | None = None


class AskService:
    """Answer questions; without `author_key`, authors are hashed with the key that the database has."""

    def __init__(  # noqa: PLR0913  # what it works with
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        validity: Validity,
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

    async def ask(self, question: Question, *, wait: timedelta = timedelta()) -> Asked:
        """Decide about a message and log it; one that is on the log already gets no second reply.

        The decision is made before the transaction, which claims the message, writes, and holds up nobody else.
        `wait` is for how long the caller holds the reply back, to see whether a person answers first.
        """
        with traced(trace_of(question)):
            _log.debug("question.received", extra={"surface": question.surface})
            asked = await self._ask(question, wait)
            _log_decision(asked)
        return asked

    async def edited(self, question: Question) -> Asked | None:
        """Decide again about a message whose words changed, once; None when there is nothing to do about it."""
        with traced(trace_of(question)):
            asked = await self._edited(question)
            if asked is not None:
                _log_decision(asked)
        return asked

    async def _ask(self, question: Question, wait: timedelta) -> Asked:
        found = await self._explained(question)
        if lacks_entry(found.decided.decision):
            await self._queue.prepare(found.text)
        async with self._database.transaction() as tx:
            at = self._clock()
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            claimed = await claim(tx, question, author=author, at=at)
            if claimed.earlier is not None:
                return await self._again(tx, claimed.question_id, at)
            reply = None if question.shadow else await _for_region(tx, found, author)
            if reply is not None:
                reply = await unrepeated(tx, reply, thread_of(question), question_id=claimed.question_id)
            granted = await allowed(
                tx, self._manners, reply, question, question_id=claimed.question_id, author=author, at=at
            )
            sending = _sending(granted.reply, question.surface, lease=wait + LEASE)
            await record_decision(tx, claimed.question_id, _outcome(found), sending=sending)
            if granted.limited:
                await set_reply(tx, claimed.question_id, ReplyState.LIMITED)
            item_id = await self._join(tx, claimed.question_id, found.decided, at)
        told = LIMITED if granted.told else None
        return replace(_asked(claimed.question_id, found, granted.reply, item_id), told=told)

    async def _again(self, tx: Transaction, question_id: str, at: datetime) -> Asked:
        """Return what became of a message that is on the log, and its reply if nobody is sending it any more."""
        asked = await conversation(tx, question_id)
        mine = await lease(tx, question_id, lasting=LEASE)
        return Asked(
            question_id=question_id,
            decision=asked.outcome.decision,
            reply=await resume(tx, self._queue, asked, self._validity, at=at) if mine else None,
            repeated=True,
            sent_message_id=asked.sent_message_id if mine else None,
        )

    async def _edited(self, question: Question) -> Asked | None:
        found = await self._explained(question)
        await self._queue.prepare(found.text)
        outcome = _outcome(found)
        async with self._database.transaction() as tx:
            at = self._clock()
            asked = await editable(tx, question, outcome.normalised)
            if asked is None:
                return None
            await replace_decision(tx, asked, question, outcome, at=at)
            item_id = await move_in_review(tx, self._queue, asked, outcome, at=at)
            reply = await replace_reply(tx, asked, await _for_region(tx, found, asked.question.author))
        self._database.start_erasure()
        return _asked(asked.question.id, found, reply, item_id, sent_message_id=standing(asked))

    async def _join(self, tx: Transaction, question_id: str, decided: Decided, at: datetime) -> str | None:
        return await self._queue.join(tx, question_id, at=at) if lacks_entry(decided.decision) else None

    async def explain(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text, and why; nothing is logged."""
        known = await self._knowledge.index(audience, about=text)
        return self._explain(known, text, surface=surface, reader=self._validity.reader(audience))

    async def preview(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text if all drafts were published; nothing is logged."""
        known = await self._knowledge.index(audience, about=text)
        copied, version = known.entries.copy(), known.content_version
        async with self._database.snapshot() as tx:
            drafts = await list_entries(tx, audience=audience, wanted=EntryFilter(status=Status.DRAFT))
        for stored in drafts:
            copied.put(stored.entry)
        return self._explain(Known(copied, version), text, surface=surface, reader=self._validity.reader(audience))

    async def _explained(self, question: Question) -> Explanation:
        known = await self._knowledge.index(question.audience, about=question.text, locale=question.locale)
        return self._explain(known, question.text, surface=question.surface, reader=self._reader(question))

    def _reader(self, question: Question) -> Reader:
        return self._validity.reader(question.audience, locale=question.locale, region=question.region)

    def meanwhile(self, question: Question) -> Reply | None:
        """Return what can be said to a question while the database is away, by what was known when it was last heard.

        That is an answer, or a warning of a secret. All else, choices included, has to do with the log.
        """
        known = self._knowledge.last(question.audience)
        if known is None:
            return None
        reply = self._explain(known, question.text, surface=question.surface, reader=self._reader(question)).reply
        return reply if reply is not None and reply.kind in _WITHOUT_LOG else None

    def _explain(self, known: Known, text: str, *, surface: Surface, reader: Reader) -> Explanation:
        applied, writer = self._knowledge.applied, self._validity.writer(reader, text)
        judged = judge(known.entries, text, surface=surface, applied=applied.of(surface), reader=reader)
        applied.note_unused(surface, judged.ranking)
        return Explanation(
            text=None if judged.text is None else judged.text[:MAX_CHARACTERS],
            ranking=judged.ranking,
            decided=judged.decided,
            reply=_reply(known, judged.ranking, judged.decided, reader=writer, surface=surface),
            content_version=known.content_version,
            scorer_version=judged.ranking.scorer,
            regional=_regional(known, judged.decided.decision, writer),
            withheld={each: day for each in judged.decided.withheld if (day := known.entries.entry(each).valid_until)},
        )

    async def choose(self, entry_id: str, *, audience: Audience, locale: str | None = None) -> Reply | None:
        """Return the answer that somebody chose, in their language; None when this audience has no such entry."""
        known = await self._knowledge.index(audience)
        number, entry_id = chosen_region(entry_id) or (0, entry_id)
        if entry_id not in known.entries:
            return None
        entry = known.entries.entry(entry_id)
        region = dict(enumerate(offered_regions(entry), 1)).get(number)
        return answer(entry, reader=self._validity.reader(audience, locale=locale, region=region))


def _reply(known: Known, ranking: Ranking, decided: Decided, *, reader: Reader, surface: Surface) -> Reply | None:
    entries = {match.entry_id: known.entries.entry(match.entry_id) for match in ranking.matches}
    return compose(decided.decision, entries, reader=reader, surface=surface)


def _regional(known: Known, decision: Decision, reader: Reader) -> Callable[[str], Reply | None] | None:
    if not isinstance(decision, Answered) or reader.region is not None:
        return None
    entry = known.entries.entry(decision.match.entry_id)
    return (lambda region: answer(entry, reader=replace(reader, region=region))) if offered_regions(entry) else None


async def _for_region(tx: Transaction, found: Explanation, author: str) -> Reply | None:
    """Return the reply for the region of somebody, where they have chosen one and it makes a difference."""
    region = None if found.regional is None else await region_of(tx, author)
    return found.reply if found.regional is None or region is None else found.regional(region)


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
    *,
    sent_message_id: str | None = None,
) -> Asked:
    return Asked(
        question_id=question_id,
        decision=found.decided.decision,
        reply=reply,
        decided=found.decided,
        item_id=item_id,
        sent_message_id=sent_message_id,
    )


def _outcome(found: Explanation) -> Outcome:
    return Outcome(
        decision=found.decided.decision,
        text=found.text,
        normalised=None if found.text is None else found.query.normalised,
        scorer_version=found.scorer_version,
        content_version=found.content_version,
        candidates=found.ranking.matches,
        thresholds=found.decided.thresholds,
    )


def _log_decision(asked: Asked) -> None:
    facts = {"question_id": asked.question_id, "decision": kind_of(asked.decision), "repeated": asked.repeated}
    _log.info("question.decided", extra=facts)

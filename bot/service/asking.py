"""Answer questions, each message once, and log what became of them."""

import logging
from dataclasses import dataclass

from bot.core.deciding import THRESHOLDS, Verdict
from bot.core.index import Query
from bot.core.judging import judge
from bot.core.matching import Ranking
from bot.core.models import Audience, Decision, Question, Surface, Unanswered, kind_of
from bot.core.replies import Reply, answer, compose
from bot.core.text import MAX_CHARACTERS
from bot.service import Clock
from bot.service.knowledge import Knowledge, Known
from bot.service.pseudonyms import Person, pseudonym_of
from bot.service.queueing import ReviewQueue
from bot.service.tracing import trace_of, traced
from bot.store import Database, Transaction
from bot.store.meta import author_key
from bot.store.questions import claim, record_decision
from bot.store.records import Claim, Outcome

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Hold a decision and everything that led to it; `text` is what may be kept of the question, if anything."""

    text: str | None
    ranking: Ranking
    verdict: Verdict
    reply: Reply | None
    content_version: int
    scorer_version: str

    @property
    def query(self) -> Query:
        """Return the question as it was matched."""
        return self.ranking.query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what became of a message; one that came before has its earlier decision, and neither reply nor verdict.

    `item_id` is the review item that an unanswered question is in.
    """

    question_id: str
    decision: Decision
    reply: Reply | None = None
    verdict: Verdict | None = None
    item_id: str | None = None
    repeated: bool = False


class AskService:
    """Answer questions; without `author_key`, authors are hashed with the key that the database has."""

    def __init__(
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        clock: Clock,
        author_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._clock = clock
        self._author_key = author_key

    async def ask(self, question: Question) -> Asked:
        """Decide about a message and log it; one that is on the log already gets no second reply.

        The decision is made before the transaction, which claims the message, writes, and holds up nobody else.
        """
        with traced(trace_of(question)):
            _log.debug("A question came in", extra={"surface": question.surface})
            asked = await self._ask(question)
            _log_decision(asked)
        return asked

    async def _ask(self, question: Question) -> Asked:
        found = await self.explain(question.text, audience=question.audience, surface=question.surface)
        unanswered = isinstance(found.verdict.decision, Unanswered)
        if unanswered:
            await self._queue.prepare()
        async with self._database.transaction() as tx:
            author, at, item_id = await self._pseudonym(tx, question), self._clock(), None
            claimed = await claim(tx, question, author=author, at=at)
            earlier = _earlier_decision(claimed)
            if earlier is None:
                await record_decision(tx, claimed.question_id, _outcome(found))
                item_id = await self._queue.join(tx, claimed.question_id, at=at) if unanswered else None
        if earlier is not None:
            return Asked(question_id=claimed.question_id, decision=earlier, repeated=True)
        return Asked(
            question_id=claimed.question_id,
            decision=found.verdict.decision,
            reply=None if question.shadow else found.reply,
            verdict=found.verdict,
            item_id=item_id,
        )

    async def explain(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text, and why; nothing is logged."""
        known = await self._knowledge.index(audience)
        applied = self._knowledge.applied
        judged = judge(known.entries, text, thresholds=THRESHOLDS[surface], applied=applied.of(surface))
        applied.note_unused(surface, judged.ranking)
        return Explanation(
            text=None if judged.text is None else judged.text[:MAX_CHARACTERS],
            ranking=judged.ranking,
            verdict=judged.verdict,
            reply=_reply(known, judged.ranking, judged.verdict, audience=audience, surface=surface),
            content_version=known.content_version,
            scorer_version=judged.ranking.scorer,
        )

    async def choose(self, entry_id: str, *, audience: Audience) -> Reply | None:
        """Return the answer that somebody chose, None when this audience has no such entry, or no longer."""
        known = await self._knowledge.index(audience)
        return answer(known.entries.entry(entry_id), audience=audience) if entry_id in known.entries else None

    async def _pseudonym(self, tx: Transaction, question: Question) -> str:
        if self._author_key is None:
            self._author_key = await author_key(tx)
        return pseudonym_of(Person(question.platform, question.author_id), key=self._author_key)


def _reply(known: Known, ranking: Ranking, verdict: Verdict, *, audience: Audience, surface: Surface) -> Reply | None:
    entries = {match.entry_id: known.entries.entry(match.entry_id) for match in ranking.matches}
    return compose(verdict.decision, entries, audience=audience, surface=surface)


def _earlier_decision(claimed: Claim) -> Decision | None:
    earlier = claimed.earlier
    return None if earlier is None or earlier.outcome is None else earlier.outcome.decision


def _outcome(found: Explanation) -> Outcome:
    return Outcome(
        decision=found.verdict.decision,
        text=found.text,
        normalised=None if found.text is None else found.query.normalised,
        scorer_version=found.scorer_version,
        content_version=found.content_version,
        candidates=found.ranking.matches,
    )


def _log_decision(asked: Asked) -> None:
    facts = {"question_id": asked.question_id, "decision": kind_of(asked.decision), "repeated": asked.repeated}
    _log.info("A question was decided", extra=facts)

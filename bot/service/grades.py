"""Store which decisions moderators found right, and have those corrected that were wrong."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.models import Audience, DecisionKind, Grade, Ignored, ItemStatus, Match, Rating, Surface
from bot.errors import EntryUnfitError, NothingToGradeError
from bot.service import Periods
from bot.service.catalogue import as_seen
from bot.service.entry_changes import By, put
from bot.service.feedback import storable_reason
from bot.service.knowledge import AppliedThresholds, Knowledge, Validity
from bot.service.privacy import Person, Pseudonyms
from bot.service.resolutions import Act, Proposal, linkable, linked
from bot.service.review_queue import Reviewed, ReviewQueue, resolved
from bot.service.tuning import RECENT, scorer_in_use
from bot.store import Database, Transaction, audit
from bot.store.behaviour import last_applied
from bot.store.conversations import conversation
from bot.store.entries import get_entry, list_entries, lock_content
from bot.store.feedback import Opinion, open_suggestions, put_opinion, suggest
from bot.store.grades import (
    GradableDecision,
    GradeRecord,
    count_grades,
    decided,
    drop_grade,
    get_grade,
    save_grade,
    scorers,
    unjudged,
)
from bot.store.items import get_item
from bot.store.questions import get_question
from bot.store.queue import lock_review, queue_version
from bot.store.records import AuditRecord

MOST_WAITING = 100
_MOST_CANDIDATES = 5
_CALLED_WRONG = "the first, which is called wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungraded:
    """A decision to be graded: the question, the decision, and the nearest entries."""

    question_id: str
    text: str
    platform: str
    surface: Surface
    audience: Audience
    decision: DecisionKind
    candidates: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A moderator's grade of a decision, and the earlier one."""

    question_id: str
    now: GradeRecord | None
    before: GradeRecord | None


class GradingService:
    """Grade decisions: the entry that came first was right, another one was, or none."""

    def __init__(self, *, database: Database, queue: ReviewQueue, validity: Validity) -> None:
        self._database = database
        self._queue = queue
        self._validity = validity

    async def waiting(
        self, *, audience: Audience = Audience.INTERNAL, limit: int = MOST_WAITING
    ) -> tuple[Ungraded, ...]:
        """Return decisions that no moderator judged, first those that thresholds can learn most from.

        These are the ones nearest to the threshold of an answer. Of those on the same words there is one. Where an
        audience may not read the question or the first entry, as it is now, they get nothing of the decision.
        """
        async with self._database.snapshot() as tx:
            scorer = scorer_in_use(await scorers(tx, limit=RECENT))
            if scorer is None:
                return ()
            limits = await _limits(tx, scorer)
            nearest = await unjudged(tx, scorer=scorer, limits=limits, looked_at=RECENT, limit=limit)
            entries = await list_entries(tx, audience=audience)
        questions = {stored.entry.id: stored.entry.question for stored in entries}
        found = [_ungraded(one, questions) for one in nearest if audience.sees(one.audience)]
        return tuple(found if audience is Audience.INTERNAL else filter(None, (_seen(one, questions) for one in found)))

    async def count(self) -> int:
        """Return how many decisions are graded."""
        async with self._database.snapshot() as tx:
            return await count_grades(tx)

    async def accept(self, question_id: str, *, actor: str) -> Graded:
        """Grade the first entry of a decision as right."""
        async with self._database.transaction() as tx:
            found = await _decided(tx, question_id)
            return await self._grade(tx, found, Grade.RIGHT, found.candidates[0].entry_id, actor)

    async def reject(self, question_id: str, *, actor: str, entry_id: str | None = None) -> Graded:
        """Grade the first entry of a decision as wrong, and another one as right, or none."""
        async with self._database.transaction() as tx:
            found = await _decided(tx, question_id)
            if entry_id is not None:
                await _refuse_unfit(tx, found, entry_id)
            return await self._grade(tx, found, Grade.WRONG, entry_id, actor)

    async def name(self, question_id: str, entry_id: str, *, actor: str) -> Graded:
        """Grade by the right entry; unless that came first, suggest it in the review for what was asked."""
        await self._queue.prepare()
        async with self._database.transaction() as tx:
            await lock_review(tx)
            found, at = await _decided(tx, question_id), self._validity.clock()
            if entry_id == found.candidates[0].entry_id:
                return await self._grade(tx, found, Grade.RIGHT, entry_id, actor)
            await _refuse_unfit(tx, found, entry_id)
            item = await get_item(tx, await self._queue.join(tx, question_id, at=at), at=at)
            await linkable(tx, item, entry_id, self._validity.reader(item.audience))
            if all(one.entry_id != entry_id for one in await open_suggestions(tx, item.number)):
                await suggest(tx, item.number, question=None, answer=None, entry_id=entry_id, actor=actor, at=at)
            return await self._grade(tx, found, Grade.WRONG, entry_id, actor)

    async def undo(self, graded: Graded, *, actor: str) -> Graded:
        """Restore the earlier grade."""
        async with self._database.transaction() as tx:
            return await put_grade(tx, graded.question_id, graded.before, actor=actor, at=self._validity.clock())

    async def _grade(
        self, tx: Transaction, found: GradableDecision, grade: Grade, entry_id: str | None, actor: str
    ) -> Graded:
        record = GradeRecord(grade=grade, entry_id=entry_id, actor=actor, at=self._validity.clock())
        return await put_grade(tx, found.question_id, record, actor=actor, at=record.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A question that was answered wrongly, its item, and what became of that where the right entry is known."""

    question_id: str
    item_id: str
    proposal: Proposal | None = None
    done: Reviewed | None = None


class CorrectionService:
    """Call an answer wrong where it was given: grade it, put the question into the review, and link the right entry.

    A dry run returns or refuses the same, and keeps nothing of it.
    """

    def __init__(  # noqa: PLR0913  # the parts it works with
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        validity: Validity,
        periods: Periods,
        author_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._validity = validity
        self._periods = periods
        self._names = Pseudonyms(author_key)

    async def correct(  # noqa: PLR0913  # what a moderator may say of an answer
        self,
        question_id: str,
        *,
        wrong: str,
        right: str | None,
        moderator: Person,
        seen: int | None = None,
        reason: str | None = None,
        dry_run: bool = False,
    ) -> Corrected:
        """Store that an entry was wrong for a question; link its item with the right one, or leave it in the review.

        All who asked what the item holds are told the right answer. `seen` is the version of the wrong entry.
        """
        by = By(actor=f"{moderator.platform}:{moderator.user_id}", at=self._validity.clock(), reason=reason)
        await self._queue.prepare()
        async with self._database.snapshot() as tx:
            audience = (await get_question(tx, question_id)).audience
        index = (await self._knowledge.index(audience)).entries
        async with self._database.transaction() as tx:
            await lock_content(tx)
            await lock_review(tx)
            await as_seen(tx, wrong, seen)
            item_id = await self._put_into_review(tx, question_id, moderator, by, wrong=wrong, right=right)
            found = Corrected(question_id=question_id, item_id=item_id)
            if right is not None:
                act = Act(tx=tx, item=await get_item(tx, item_id, at=by.at), by=by, version=await queue_version(tx))
                reader = self._validity.reader(audience)
                before, proposal = await linked(tx, act.item, right, aliases=None, index=index, reader=reader)
                done = await resolved(
                    act,
                    ItemStatus.LINKED,
                    await put(tx, before, proposal.entry, by),
                    proposal,
                    is_taken=lambda each: each.entry_id == right,
                    accepted=None,
                    lasting=self._periods.delivery,
                )
                found = replace(found, proposal=proposal, done=done)
            if dry_run:
                await tx.rollback()
        return found

    async def _put_into_review(  # noqa: PLR0913  # as above
        self, tx: Transaction, question_id: str, moderator: Person, by: By, *, wrong: str, right: str | None
    ) -> str:
        """Grade the decision, rate the answer as wrong, and return the item that the question is in."""
        asked = await conversation(tx, question_id)
        if asked.outcome.text is None or isinstance(asked.outcome.decision, Ignored):
            raise NothingToGradeError(question_id)
        if right == wrong:
            raise EntryUnfitError(wrong, question_id, "place", _CALLED_WRONG)
        found = await decided(tx, question_id)
        if found is not None and found.candidates:
            grade = Grade.RIGHT if found.candidates[0].entry_id == right else Grade.WRONG
            record = GradeRecord(grade=grade, entry_id=right, actor=by.actor, at=by.at)
            await put_grade(tx, question_id, record, actor=by.actor, at=by.at)
        author = await self._names.of(tx, moderator)
        opinion = Opinion(author=author, rating=Rating.WRONG, reason=storable_reason(by.reason), moderator=True)
        await put_opinion(tx, question_id, opinion, at=by.at)
        return await self._queue.join(tx, question_id, at=by.at)


async def put_grade(
    tx: Transaction, question_id: str, record: GradeRecord | None, *, actor: str, at: datetime
) -> Graded:
    """Store a grade in place of an earlier one, or remove that, and note who did it."""
    before = await get_grade(tx, question_id)
    if record is None:
        await drop_grade(tx, question_id)
    else:
        await save_grade(tx, question_id, record)
    step = AuditRecord(
        actor=actor,
        action="grade",
        object=f"question:{question_id}",
        at=at,
        before=_plain(before),
        after=_plain(record),
    )
    await audit.append(tx, step)
    return Graded(question_id=question_id, now=record, before=before)


async def _limits(tx: Transaction, scorer: str) -> Mapping[Surface, float]:
    applied = AppliedThresholds(await last_applied(tx))
    return {surface: applied.in_use(surface, scorer).answer for surface in Surface}


async def _decided(tx: Transaction, question_id: str) -> GradableDecision:
    found = await decided(tx, question_id)
    if found is None or not found.candidates:
        raise NothingToGradeError(question_id)
    return found


async def _refuse_unfit(tx: Transaction, found: GradableDecision, entry_id: str) -> None:
    entry = (await get_entry(tx, entry_id, audience=Audience.INTERNAL)).entry
    if not found.audience.sees(entry.audience):
        raise EntryUnfitError(entry_id, found.question_id, "audience", entry.audience)
    if entry_id == found.candidates[0].entry_id:
        raise EntryUnfitError(entry_id, found.question_id, "place", _CALLED_WRONG)


def _ungraded(found: GradableDecision, questions: Mapping[str, str]) -> Ungraded:
    return Ungraded(
        question_id=found.question_id,
        text=found.text,
        platform=found.platform,
        surface=found.surface,
        audience=found.audience,
        decision=found.said.decision,
        candidates=tuple(
            replace(match, phrase=questions.get(match.entry_id, match.phrase))
            for match in found.candidates[:_MOST_CANDIDATES]
        ),
    )


def _seen(one: Ungraded, questions: Mapping[str, str]) -> Ungraded | None:
    """Return a decision with the entries that may be read; None where the first is none of them."""
    seen = tuple(match for match in one.candidates if match.entry_id in questions)
    return replace(one, candidates=seen) if seen[:1] == one.candidates[:1] else None


def _plain(record: GradeRecord | None) -> Mapping[str, Any] | None:
    return None if record is None else {name: str(value) for name, value in asdict(record).items() if value is not None}

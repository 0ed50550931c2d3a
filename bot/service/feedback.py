"""Store feedback on answers, return what else there is, and suggest phrasings from what people took."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.deciding.decision import built_in, choices_beyond
from bot.core.deciding.differences import comparison_of
from bot.core.hours import Hours, read_hours
from bot.core.manners import ChannelSettings
from bot.core.models import Match, Rating, Unanswered, offered_by
from bot.core.reader import Reader
from bot.core.redaction import redact
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import normalise
from bot.core.wording.replies import Reply, answer, chosen_region, gone, instead, offered_regions
from bot.service import Clock
from bot.service.knowledge import Knowledge, Validity
from bot.service.privacy import Person, Pseudonyms, shown
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction, audit
from bot.store.behaviour import behaviour
from bot.store.conversations import Conversation, conversation, count_calls, note_call, note_human
from bot.store.entries import answerable
from bot.store.feedback import Opinion, TakenAlike, chosen_by, is_disputed, put_choice, put_opinion, taken_alike
from bot.store.queue import Removal, lock_review, take_out
from bot.store.records import AuditRecord
from bot.store.wishes import put_region

# One may have pressed the wrong button.
FEWEST_TAKERS = 2


class ChosenPhrasings:
    """Open an item of the review for such words; a moderator accepts it, or dismisses it for good."""

    def __init__(self, *, database: Database, knowledge: Knowledge, queue: ReviewQueue, clock: Clock) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._clock = clock

    async def consider(self, question_id: str, entry_id: str) -> str | None:
        """Return the item that suggests the words of a question for an entry that was taken; None without a reason."""
        async with self._database.snapshot() as tx:
            taken = await taken_alike(tx, question_id, entry_id)
        if taken is None or not _is_clear(taken):
            return None
        entries = (await self._knowledge.index(taken.audience)).entries
        if not _may_be_one(entries, entry_id, taken.text):
            return None
        await self._queue.prepare()
        async with self._database.transaction() as tx:
            await lock_review(tx)
            taken = await taken_alike(tx, question_id, entry_id)  # another process may have been quicker
            if taken is None or not _is_clear(taken):
                return None
            return await self._queue.suggest(tx, taken, entry_id, at=self._clock())


def _is_clear(taken: TakenAlike) -> bool:
    return taken.takers >= FEWEST_TAKERS and taken.takers > taken.others and not taken.is_known


def _may_be_one(entries: EntryIndex, entry_id: str, text: str) -> bool:
    """Return whether words may be a phrasing of an entry: they are none yet, and differ in nothing that matters."""
    if entry_id not in entries:
        return False
    entry = entries.entry(entry_id)
    is_new = normalise(text) not in set(map(normalise, entry.phrasings))
    return is_new and not comparison_of(entries, text).differences(entry)


# Somebody on call who was told of a matter needs some time for it, and is not told again by each one who asks the same.
CALLS_PER_ITEM = 1
# More than this in a channel is a crowd or a joke, and wears out the people who are mentioned.
CALLS_PER_CHANNEL = 3
CALLS_WITHIN = timedelta(hours=1)
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanCall:
    """Whether the people on call may be mentioned `now`, who that is if the channel has its own, when they are back."""

    now: bool = False
    whom: str | None = None
    back_at: datetime | None = None


class FeedbackService:
    """Store feedback on answers; a question that needs a moderator goes to the review."""

    def __init__(  # noqa: PLR0913  # what the parts are made of
        self,
        *,
        database: Database,
        queue: ReviewQueue,
        phrasings: ChosenPhrasings,
        validity: Validity,
        on_call_hours: Hours | None = None,
        author_key: bytes | None = None,
    ) -> None:
        self._on_call_hours = on_call_hours
        self._phrasings = phrasings
        self._database = database
        self._queue = queue
        self._validity = validity
        self._clock = validity.clock
        self._names = Pseudonyms(author_key)

    async def rate(
        self, question_id: str, person: Person, rating: Rating, *, reason: str | None = None, moderator: bool = False
    ) -> Reply | None:
        """Store somebody's rating of an answer, replacing their earlier one.

        Return other entries, or a note that the moderators are notified, when it is wrong; nothing when it helped.
        Anybody may rate; a question is in the review as long as its asker or a moderator rates the answer as wrong.
        """
        await self._queue.prepare()
        at = self._clock()
        async with self._database.transaction() as tx:
            await lock_review(tx)
            asked = await conversation(tx, question_id)
            author = await self._names.of(tx, person)
            opinion = Opinion(author=author, rating=rating, reason=storable_reason(reason), moderator=moderator)
            await put_opinion(tx, question_id, opinion, at=at)
            if rating is Rating.HELPFUL:
                await _settle(tx, asked, Removal(shown(author), at, "rated helpful"))
                return None
            listed = asked.outcome.text is not None and (moderator or author == asked.question.author)
            if listed:
                await self._queue.join(tx, question_id, at=at)
            return await _instead(tx, asked, author, await self._reader(tx, asked, author), listed=listed)

    async def choose(self, question_id: str, entry_id: str, person: Person) -> Reply:
        """Store which of the offered entries somebody chose, and return its answer; or which region they are in.

        What several people chose is suggested to the moderators as a phrasing.
        """
        if (region := chosen_region(entry_id)) is not None:
            return await self._choose_region(question_id, *region, person)
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            author = await self._names.of(tx, person)
            if entry_id not in await _on_offer(tx, asked, author):
                return gone()
            entries = await answerable(tx, [entry_id], audience=asked.question.audience)
            reader = await self._reader(tx, asked, author)
            reply = answer(entries[entry_id], reader=reader) if entries else None
            if reply is None:
                return gone()
            await put_choice(tx, question_id, entry_id, author=author, at=self._clock())
        await self._phrasings.consider(question_id, entry_id)
        return reply

    async def _choose_region(self, question_id: str, number: int, entry_id: str, person: Person) -> Reply:
        """Store the region that somebody chose for an answer, and return the answer for it."""
        async with self._database.transaction() as tx:
            asked = await conversation(tx, question_id)
            author = await self._names.of(tx, person)
            entry = (await answerable(tx, [entry_id], audience=asked.question.audience)).get(entry_id)
            regions = () if entry is None else offered_regions(entry)
            if entry is None or entry_id not in await _on_offer(tx, asked, author) or not 0 < number <= len(regions):
                return gone()
            await put_region(tx, author, regions[number - 1], at=self._clock())
            return answer(entry, reader=await self._reader(tx, asked, author)) or gone()

    async def _reader(self, tx: Transaction, asked: Conversation, author: str) -> Reader:
        reader = replace(await self._validity.asker(tx, asked.question, author=author), may_choose=True)
        return self._validity.at_once(reader, asked.question.ref.channel)

    async def ask_human(self, question_id: str, person: Person) -> HumanCall:
        """Open a review item for a question; return whether the people on call may be mentioned for it now.

        They are mentioned once for a question, not too often for an item and in a channel, and not out of their hours.
        """
        await self._queue.prepare()
        at = self._clock()
        async with self._database.transaction() as tx:
            await lock_review(tx)  # so that two who ask at once are counted one after the other
            asked = await conversation(tx, question_id)
            if asked.outcome.text is None:
                return HumanCall()
            await self._queue.join(tx, question_id, at=at)
            await note_human(tx, question_id, at=at)
            settings = await behaviour(tx, asked.question.ref.channel)
            back_at = self._back_at(settings, at)
            called = back_at is None and asked.called_at is None and await _may_call(tx, asked)
            if called:
                await note_call(tx, question_id)
            await _record(tx, asked, await self._names.of(tx, person), at, called=called)
        return HumanCall(now=called, whom=settings.on_call, back_at=back_at)

    def _back_at(self, settings: ChannelSettings, at: datetime) -> datetime | None:
        """Return when people are on call again for a channel, None while they are."""
        own = None if settings.on_call_hours is None else read_hours(settings.on_call_hours)
        hours = own or self._on_call_hours
        return None if hours is None or hours.include(at) else hours.next_after(at)


async def _settle(tx: Transaction, asked: Conversation, removal: Removal) -> None:
    """Remove a question from the review if no reason is left for it to be there."""
    kept = isinstance(asked.outcome.decision, Unanswered) or asked.human_asked_at is not None
    if not kept and not await is_disputed(tx, asked.question.id):
        await take_out(tx, asked.question.id, removal)


async def _instead(tx: Transaction, asked: Conversation, author: str, reader: Reader, *, listed: bool) -> Reply:
    chosen = await chosen_by(tx, asked.question.id, author)
    wanted = [match.entry_id for match in _beyond(asked, [*_offered(asked), *chosen])]
    entries = await answerable(tx, wanted, audience=asked.question.audience)
    found = [entries[each] for each in wanted if each in entries]
    return instead(found, reader=reader, listed=listed)


async def _on_offer(tx: Transaction, asked: Conversation, author: str) -> set[str]:
    """Return the entries that somebody was or can have been shown as choices."""
    offered, chosen = _offered(asked), await chosen_by(tx, asked.question.id, author)
    beyond = (*_beyond(asked, offered), *_beyond(asked, [*offered, *chosen]))
    return {*offered, *chosen, *(match.entry_id for match in beyond)}


def _offered(asked: Conversation) -> list[str]:
    return [match.entry_id for match in offered_by(asked.outcome.decision)]


def _beyond(asked: Conversation, ruled_out: Iterable[str]) -> tuple[Match, ...]:
    outcome = asked.outcome
    thresholds = outcome.thresholds or built_in(asked.question.surface, outcome.scorer_version)
    return choices_beyond(outcome.candidates, set(ruled_out), suggest=thresholds.suggest, nothing=thresholds.nothing)


async def _may_call(tx: Transaction, asked: Conversation) -> bool:
    of_item, of_channel = await count_calls(tx, asked, within=CALLS_WITHIN)
    return of_item < CALLS_PER_ITEM and of_channel < CALLS_PER_CHANNEL


async def _record(tx: Transaction, asked: Conversation, author: str, at: datetime, *, called: bool) -> None:
    what, after = f"question:{asked.question.id}", {"called": called}
    await audit.append(tx, AuditRecord(actor=shown(author), action="ask-human", object=what, at=at, after=after))


def storable_reason(reason: str | None) -> str | None:
    """Return what may be kept of a reason."""
    if reason is None:
        return None
    redacted = redact(reason)
    return None if redacted.secret else redacted.text[:LONGEST_REASON]

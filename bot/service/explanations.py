"""Decide about texts, follow-ups with the question before them, and explain why; nothing is logged.

A follow-up is understood by the question that its author asked before it in the thread, or in the direct messages. The
log keeps it with the words of that question, so that it can be decided again as it was; only the author's own words
stand in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.deciding.decision import Decided
from bot.core.deciding.judgement import judge, matched
from bot.core.deciding.ranking import Ranking
from bot.core.local_answers import locale_of
from bot.core.models import Answered, Audience, Decision, Entry, Ignored, IgnoreReason, Question, Surface
from bot.core.reader import Reader, Withheld
from bot.core.searching.query import Query
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.talk.asking import is_plainly_told
from bot.core.talk.said_back import in_context, is_better, may_follow
from bot.core.wording.replies import Reply, answer, compose, offered_regions
from bot.service.knowledge import Knowledge, Known, Validity
from bot.service.privacy import Person, Pseudonyms
from bot.service.related import may_offer, with_related
from bot.store import Database, Transaction
from bot.store.behaviour import Current
from bot.store.records import Outcome, PointedMessage
from bot.store.threads import last_question
from bot.store.wishes import region_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A decision and everything that led to it; `text` is what may be stored of the question, if anything.

    `withheld` are entries that would have been offered, each with the reason why it was not.
    """

    text: str | None
    ranking: Ranking
    decided: Decided
    reply: Reply | None
    content_version: int
    scorer_version: str
    withheld: tuple[tuple[Entry, Withheld], ...]
    regional: Callable[[str], Reply | None] | None = None
    """Returns the reply for a region, where that makes a difference."""
    source: PointedMessage | None = None

    @property
    def query(self) -> Query:
        """Return the question as it was matched."""
        return self.ranking.query

    @property
    def outcome(self) -> Outcome:
        """Return what the log keeps."""
        return Outcome(
            decision=self.decided.decision,
            text=self.text,
            normalised=None if self.text is None else self.query.normalised,
            scorer_version=self.scorer_version,
            content_version=self.content_version,
            candidates=self.ranking.matches,
            thresholds=self.decided.thresholds,
            source=self.source,
        )


class Explanations:
    """Decide about texts by an index of what their readers may read."""

    def __init__(self, knowledge: Knowledge, validity: Validity) -> None:
        self._knowledge = knowledge
        self._validity = validity

    async def explain(
        self, text: str, *, audience: Audience, surface: Surface, more: Sequence[Entry] = ()
    ) -> Explanation:
        """Return what would become of a text, and why, if there were some entries more."""
        known = await self._knowledge.index(audience, about=matched(text))
        if more:
            known = known._replace(entries=known.entries.copy())
            for entry in more:
                known.entries.put(entry)
        reader = self._validity.at_once(self._validity.reader(audience))
        return self._explain(known, text, surface=surface, reader=reader)

    async def known(self, question: Question, *, newest: Current | None = None) -> Known:
        """Return what is known about a question at the moment, or when it was read what is `newest`."""
        about = matched(question.text)
        # What nobody asked the bot and is plainly told is not looked up, and so needs no vector.
        may_tell = question.unaddressed or question.surface is Surface.AMBIENT
        if about is not None and may_tell and is_plainly_told(about):
            about = None
        return await self._knowledge.index(question.audience, about=about, locale=question.locale, newest=newest)

    def last(self, question: Question) -> Explanation | None:
        """Return what would become of a question by what was known when the database was last heard."""
        known = self._knowledge.last(question.audience)
        return None if known is None else self.of(known, question)

    def of(self, known: Known, question: Question) -> Explanation:
        """Decide about a question."""
        reader = self._validity.reader(question.audience, locale=question.locale, region=question.region)
        reader = self._validity.at_once(reader, question.ref.channel, question.topics)
        found = self._explain(
            known, question.text, surface=question.surface, reader=reader, unaddressed=question.unaddressed
        )
        # Where the bot is not called, to answer thanks is one more message for all who follow the thread.
        is_thanks = question.unaddressed and found.decided.decision == Ignored(IgnoreReason.THANKS)
        return replace(found, reply=None) if is_thanks else found

    def together(self, known: Known, question: Question, text: str, surface: Surface) -> Explanation:
        """Decide about a text that a question is a part of."""
        return self.of(known, replace(question, text=text, surface=surface, unaddressed=False))

    def _explain(
        self, known: Known, text: str, *, surface: Surface, reader: Reader, unaddressed: bool = False
    ) -> Explanation:
        applied = self._knowledge.applied
        judged = judge(
            known.entries,
            text,
            surface=surface,
            unaddressed=unaddressed,
            applied=applied.of(surface),
            reader=reader,
        )
        applied.note_unused(surface, judged.ranking)
        writer = self._validity.writer(reader, text, near=_locale_near(known, judged.ranking))
        decision, matches = judged.decided.decision, judged.ranking.matches
        entries = {match.entry_id: known.entries.entry(match.entry_id) for match in matches}

        def whole(reply: Reply | None, reader: Reader) -> Reply | None:
            offers = may_offer(reply, decision, validity=self._validity, surface=surface)
            return with_related(reply, matches, entries, reader=reader) if reply and offers else reply

        return Explanation(
            text=None if judged.text is None else judged.text[:MAX_CHARACTERS],
            ranking=judged.ranking,
            decided=judged.decided,
            reply=whole(compose(decision, entries, reader=writer, surface=surface), writer),
            content_version=known.content_version,
            scorer_version=judged.ranking.scorer,
            regional=_regional(known, decision, writer, whole),
            withheld=tuple((known.entries.entry(each), why) for each, why in judged.decided.withheld.items()),
        )


async def for_region(tx: Transaction, found: Explanation, author: str) -> Reply | None:
    """Return the reply for the region of somebody, where they have chosen one and it makes a difference."""
    region = None if found.regional is None else await region_of(tx, author)
    return found.reply if found.regional is None or region is None else found.regional(region)


def _locale_near(known: Known, ranking: Ranking) -> str | None:
    """Return the locale of the nearest phrasing, None where it is one of the plain answer."""
    if not ranking.matches:
        return None
    first = ranking.matches[0]
    return locale_of(known.entries.entry(first.entry_id).answers, first.phrase)


def _regional(
    known: Known, decision: Decision, reader: Reader, whole: Callable[[Reply | None, Reader], Reply | None]
) -> Callable[[str], Reply | None] | None:
    if not isinstance(decision, Answered) or reader.region is not None:
        return None
    entry = known.entries.entry(decision.match.entry_id)

    def reply(region: str) -> Reply | None:
        there = replace(reader, region=region)
        return whole(answer(entry, reader=there), there)

    return reply if offered_regions(entry) else None


# In direct messages, and where replies stand in the channel, nothing but time tells whether things belong together.
_IN_THREAD, _DIRECTLY = timedelta(days=1), timedelta(minutes=15)


async def understood(  # what is needed to look the question up, and to decide
    database: Database,
    explanations: Explanations,
    names: Pseudonyms,
    known: Known,
    question: Question,
) -> Explanation:
    """Decide about a question, with the one before it where it is nothing by itself."""
    alone = explanations.of(known, question)
    if question.source is not None:
        return replace(alone, source=await _named(database, names, question.source))
    within = _context_of(question)
    if within is None or not _is_open(alone.decided.decision) or not may_follow(question.text):
        return alone
    async with database.snapshot() as tx:
        author = await names.of(tx, Person(question.ref.platform, question.author_id))
        before = await last_question(tx, question.ref, author, within=within)
    if before is None or before.text is None or not question.audience.sees(before.audience):
        return alone
    text = in_context(question.text, before.text)
    together = explanations.together(known, question, text, question.surface)
    return together if is_better(alone.decided.decision, together.decided.decision, before=before.decision) else alone


async def _named(database: Database, names: Pseudonyms, source: Question) -> PointedMessage:
    """Return a message that somebody points at as the log names it."""
    async with database.reading_alone() as tx:
        author = await names.of(tx, Person(source.ref.platform, source.author_id))
    return PointedMessage(message_id=source.ref.message_id, author=author)


def _context_of(question: Question) -> timedelta | None:
    """Return how long ago the question before may have been asked, None where there is no conversation."""
    if question.surface is Surface.DIRECT or (question.ref.beside and question.surface is Surface.MENTION):
        return _DIRECTLY
    in_thread = question.ref.thread_id is not None and question.surface is Surface.MENTION
    return _IN_THREAD if in_thread else None


def _is_open(decision: Decision) -> bool:
    if isinstance(decision, Ignored):
        return decision.reason is IgnoreReason.NO_CONTENT
    return not isinstance(decision, Answered)

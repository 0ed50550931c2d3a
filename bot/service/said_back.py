"""Handle replies to an answer, and choices that are written instead of pressed, as the buttons do."""

from dataclasses import dataclass, replace

from bot.core.manners import USUAL, Manners
from bot.core.models import (
    Answered,
    Decision,
    Ignored,
    IgnoreReason,
    Match,
    Question,
    Rating,
    Suggested,
    Surface,
    offered_by,
)
from bot.core.redaction import redact
from bot.core.searching.text import normalise
from bot.core.talk.asking import own_words
from bot.core.talk.said_back import SaidBack, chosen, is_thumb, said_back
from bot.core.wording.replies import Reply, ReplyKind, said_to
from bot.service.conversations import ENGAGED
from bot.service.feedback import FeedbackService, HumanCall
from bot.service.knowledge import Validity
from bot.service.privacy import Person, Pseudonyms
from bot.service.questions import Asked
from bot.service.replies import LEASE, hold, is_worth_holding
from bot.store import Database
from bot.store.conversations import Conversation, conversation_at
from bot.store.entries import answerable
from bot.store.questions import claim, record_decision
from bot.store.records import Outcome, Sending
from bot.store.threads import last_asked

# A choice is named in a few words, and what people say back is short: nothing longer is looked up.
_LONGEST = 120
_ON_THE_WAY = frozenset({Surface.MENTION, Surface.DIRECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardBack:
    """What was understood: how the message is logged, and with its reply, if it gets one.

    `about` is the question before; its reply becomes `instead` when a choice was taken. Who asks for a
    human makes a `call`.
    """

    asked: Asked
    about: Conversation
    instead: Reply | None = None
    call: HumanCall | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    decision: Decision
    reply: Reply | None = None
    instead: Reply | None = None
    call: HumanCall | None = None


class SaidBackService:
    """Handle what is said back where the bot answered its author; all else is a question."""

    def __init__(
        self,
        *,
        database: Database,
        feedback: FeedbackService,
        validity: Validity,
        manners: Manners = USUAL,
        author_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._feedback = feedback
        self._validity = validity
        self._held_for = manners.held_for
        self._names = Pseudonyms(author_key)

    async def take(self, question: Question) -> HeardBack | None:
        """Handle and log a message that says something back; return None for any other, and for one that is on the log.

        What it does is done once more when this process ends before the message is on the log, and that is the same.
        """
        if question.surface not in _ON_THE_WAY or question.shadow or not 0 < len(question.text) <= _LONGEST:
            return None
        if question.source is not None:  # nobody says anything back by the words of another message
            return None
        in_channel = question.surface is Surface.MENTION and question.ref.thread_id is None
        if in_channel and not question.ref.beside:
            return None
        about, titles = await self._about(question)
        if about is None:
            return None
        taken = await self._take(question, about, titles)
        return None if taken is None else await self._logged(question, about, taken)

    async def _about(self, question: Question) -> tuple[Conversation | None, dict[str, str]]:
        """Return the question before, and the titles of the choices that it was replied to with, by entry.

        One that is not there any more keeps its place, without a title, so that "2" means what stands second there.
        """
        async with self._database.snapshot() as tx:
            if await conversation_at(tx, question.ref, own=False) is not None:
                return None, {}
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            ref = await last_asked(tx, question.ref, author, since=self._validity.clock() - ENGAGED)
            about = None if ref is None else await conversation_at(tx, ref, own=False)
            if about is None or not isinstance(about.outcome.decision, Suggested):
                return about, {}
            offered = [match.entry_id for match in offered_by(about.outcome.decision)]
            entries = await answerable(tx, offered, audience=about.question.audience)
        return about, {each: entries[each].question if each in entries else "" for each in offered}

    async def _take(self, question: Question, about: Conversation, titles: dict[str, str]) -> _Taken | None:
        said = own_words(question.text)
        place = chosen(said, list(titles.values())) if titles else None
        if place is not None:
            return await self._choice(question, about, list(titles)[place])
        match said_back(said, loosely=True):
            case SaidBack.SOLVED if isinstance(about.outcome.decision, Answered) or titles:
                await self._feedback.rate(about.question.id, _person(question), Rating.HELPFUL)
                return _Taken(Ignored(IgnoreReason.THANKS), _to_thanks(question, IgnoreReason.THANKS))
            case SaidBack.NOT_HELPED | SaidBack.NO:
                return await self._not_helped(question, about)
            case SaidBack.HUMAN:
                call = await self._feedback.ask_human(about.question.id, _person(question))
                return _Taken(Ignored(IgnoreReason.HUMAN), said_to(IgnoreReason.HUMAN), call=call)
            # Said in set words they are known as such wherever they stand; a thumb has no words to be known by.
            case SaidBack.SOLVED | SaidBack.WAIT | SaidBack.THANKS as kind if _is_loose(kind, said):
                reason = IgnoreReason.WAIT if kind is SaidBack.WAIT else IgnoreReason.THANKS
                return _Taken(Ignored(reason), _to_thanks(question, reason))
            case _:
                return None

    async def _choice(self, question: Question, about: Conversation, entry_id: str) -> _Taken:
        reply = await self._feedback.choose(about.question.id, entry_id, _person(question))
        decision = Ignored(IgnoreReason.CHOICE)
        if reply.kind is ReplyKind.ANSWER:
            return _Taken(decision, instead=reply)
        return _Taken(decision, reply)

    async def _not_helped(self, question: Question, about: Conversation) -> _Taken:
        reply = await self._feedback.rate(about.question.id, _person(question), Rating.WRONG)
        offered = [] if reply is None else [choice.entry_id for choice in reply.choices]
        known = {match.entry_id: match for match in about.outcome.candidates}
        matches: tuple[Match, ...] = tuple(known[each] for each in offered if each in known)
        decision: Decision = Suggested(matches) if matches else Ignored(IgnoreReason.NOT_HELPED)
        return _Taken(decision, reply)

    async def _logged(self, question: Question, about: Conversation, taken: _Taken) -> HeardBack | None:
        reply = None if question.held else taken.reply
        sending = None if reply is None else Sending(lease=LEASE, points_above=False)
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            claimed = await claim(tx, question, author=author, at=self._validity.clock())
            if claimed.earlier is not None:
                return None
            outcome = _outcome(question, about, taken.decision)
            await record_decision(tx, claimed.question_id, outcome, sending=sending)
            if question.held and is_worth_holding(taken.reply):
                await hold(tx, claimed.question_id, lasting=self._held_for)
        beside = question.ref.beside
        asked = Asked(question_id=claimed.question_id, decision=taken.decision, reply=reply, beside=beside)
        return HeardBack(asked=asked, about=about, instead=taken.instead, call=taken.call)


def _is_loose(kind: SaidBack, said: str) -> bool:
    return is_thumb(said) or (kind is not SaidBack.THANKS and said_back(said) is None)


def _to_thanks(question: Question, reason: IgnoreReason) -> Reply | None:
    """Return what to say to thanks and the like: nothing where it is not said to the bot by name."""
    return None if question.unaddressed else said_to(reason)


def _outcome(question: Question, about: Conversation, decision: Decision) -> Outcome:
    """Return what is logged: other choices are offered for the question before, in its words."""
    if isinstance(decision, Suggested):
        return replace(about.outcome, decision=decision)
    kept = redact(question.text)
    text = None if kept.secret else kept.text
    normalised = None if text is None else normalise(text)
    return replace(about.outcome, decision=decision, text=text, normalised=normalised, candidates=())


def _person(question: Question) -> Person:
    return Person(question.ref.platform, question.author_id)

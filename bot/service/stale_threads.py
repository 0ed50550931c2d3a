"""Look after threads of questions that nobody writes in any more: ask once whether one is still open, then close it.

A thread belongs to one process at a time. Of one that died over it another finds on the platform what it did. An item
of the review stays open as it is: that nobody writes any more answers nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.models import Ignored, IgnoreReason, MessageRef, Question, Surface
from bot.service import Clock
from bot.service.deliveries import key_of
from bot.service.privacy import Person, Pseudonyms
from bot.store import Database
from bot.store.claims import Claim, give_back, is_left, let_lapse, take
from bot.store.privacy import NOBODY
from bot.store.questions import claim, get_question
from bot.store.records import LoggedQuestion, Outcome
from bot.store.solutions import put_mark
from bot.store.stale_threads import StaleThread, due_thread, due_threads, put_stale, stale_message, thread_asked_about

__all__ = ["LeasedThread", "StaleThread", "StaleThreadService"]

AT_ONCE = 10
LEASE = timedelta(minutes=2)
_SAID = Outcome(
    decision=Ignored(IgnoreReason.STATEMENT), text=None, normalised=None, scorer_version="", content_version=0
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedThread:
    """A thread that one process alone may see to; it `may_be_asked` where another one died over it."""

    thread: StaleThread
    claim: Claim
    may_be_asked: bool


class StaleThreadService:
    """Lease stale threads, and store what was done about them."""

    def __init__(self, *, database: Database, clock: Clock, author_key: bytes | None = None) -> None:
        self._database = database
        self._clock = clock
        self._names = Pseudonyms(author_key)

    async def due(self, platform: str, workspaces: Collection[str]) -> tuple[str, ...]:
        """Return some questions of some workspaces whose threads are to be looked at."""
        async with self._database.snapshot() as tx:
            return await due_threads(tx, platform, workspaces, at=self._clock(), limit=AT_ONCE)

    async def lease(self, question_id: str) -> LeasedThread | None:
        """Lease a thread that is due; None where another process has it, or has seen to it."""
        async with self._database.transaction() as tx:
            key = key_of("stale", question_id)
            was_left = await is_left(tx, key)
            claim = await take(tx, key, lasting=LEASE)
            if claim is None:
                return None
            thread = await due_thread(tx, question_id, at=self._clock())
            if thread is None:
                await give_back(tx, claim)
                return None
        return LeasedThread(thread=thread, claim=claim, may_be_asked=was_left)

    def is_stale(self, leased: LeasedThread, last_word: datetime) -> bool:
        """Return whether nobody has written in a thread for as long as its channel has set."""
        return last_word <= self._clock() - timedelta(days=leased.thread.days)

    async def spoken(self, leased: LeasedThread, last_word: datetime) -> None:
        """Store when somebody last wrote in a thread that was not asked about yet; it is looked at again later."""
        await self._put(leased, due_at=last_word + timedelta(days=leased.thread.days))

    async def asked(self, leased: LeasedThread, message_id: str) -> None:
        """Store the message that asks about a thread."""
        await self._put(leased, due_at=self._clock() + timedelta(days=leased.thread.days), message_id=message_id)

    async def closed(self, leased: LeasedThread) -> None:
        """Store that a thread was closed."""
        await self._put(leased, due_at=None, closed_at=self._clock())

    async def left_alone(self, leased: LeasedThread) -> None:
        """Store that nothing is to be done about a thread any more: people went on in it, or closed it."""
        await self._put(leased, due_at=None)

    async def give_back(self, leased: LeasedThread, *, may_be_asked: bool) -> None:
        """End the lease of a thread that nothing was done about, or nobody knows whether it was."""
        async with self._database.transaction() as tx:
            await (let_lapse if may_be_asked else give_back)(tx, leased.claim)

    async def asked_in(self, ref: MessageRef) -> tuple[LoggedQuestion, str] | None:
        """Return the question of the thread that a message stands in, and what asks whether it is still open.

        None where nothing asks that, or somebody has said it.
        """
        async with self._database.snapshot() as tx:
            return await thread_asked_about(tx, ref)

    async def note(self, ref: MessageRef, question: LoggedQuestion) -> None:
        """Store that a message said so, of nobody and without its words: no process is to take it for anything else."""
        message = Question(text="", ref=ref, author_id="", surface=Surface.AMBIENT, audience=question.audience)
        async with self._database.transaction() as tx:
            await claim(tx, message, author=NOBODY, at=self._clock(), outcome=_SAID)

    async def said(self, question_id: str, person: Person, *, solved: bool, helps: bool) -> bool:
        """Store what somebody says of a thread that was asked about; return whether that is for them to say.

        Everybody can say that it is still open, and that it is solved who asked, and who `helps` others.
        """
        async with self._database.transaction() as tx:
            asked, author = await get_question(tx, question_id), await self._names.of(tx, person)
            if solved and not (helps or asked.author == author):
                return False
            message_id = await stale_message(tx, question_id)
            if solved and message_id is not None:
                await put_mark(tx, question_id, message_id, author=author, at=self._clock())
            await put_stale(tx, question_id, due_at=None)
        return True

    async def _put(self, leased: LeasedThread, *, due_at: datetime | None, **values: object) -> None:
        async with self._database.transaction() as tx:
            await put_stale(tx, leased.thread.question.id, due_at=due_at, **values)
            await give_back(tx, leased.claim)

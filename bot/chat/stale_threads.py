"""Ask about threads that nobody writes in any more, and close them: the same on each platform."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.apps import Apps, Stores
from bot.core.models import MessageRef
from bot.core.talk.still_open import still_open
from bot.core.wording.languages import Message, speaking
from bot.core.wording.outcomes import NOT_THEIRS_TO_SOLVE
from bot.core.wording.stale_threads import IS_SOLVED, STAYS_OPEN
from bot.service.app import App
from bot.service.conversations import LoggedQuestion
from bot.service.deliveries import FOR_GOOD, Fault, NotSent, Sent
from bot.service.privacy import Person
from bot.service.stale_threads import LeasedThread

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWord:
    """When somebody last wrote in a thread, and whether that was after the bot asked about it."""

    at: datetime
    is_new: bool


class ThreadKeeper(Protocol):
    """See to threads on one platform."""

    platform: str

    def workspaces(self) -> Collection[str]:
        """Return the workspaces that this process is connected to."""

    async def last_word(self, question: LoggedQuestion, asked: str | None) -> LastWord | NotSent:
        """Return who wrote last in the thread of a question; `GONE` where people closed it, or there is none."""

    async def find_asked(self, question: LoggedQuestion) -> Sent | NotSent | None:
        """Return the message that asks whether a question is still open, None where there is none."""

    async def ask(self, question: LoggedQuestion) -> Sent | NotSent:
        """Ask in the thread of a question whether it is still open."""

    async def close(self, question: LoggedQuestion, asked: str) -> Sent | NotSent:
        """Close the thread of a question, and say so in the place of what asked about it."""

    async def show(self, question: LoggedQuestion, asked: str, text: Message) -> Sent | NotSent:
        """Put words in the place of what asked about a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody said of a thread that was asked about, and what then stands in the place of the question."""

    question: LoggedQuestion
    asked: str
    solved: bool
    text: Message


class ThreadFacts(Protocol):
    """State the facts about a message that somebody wrote."""

    @property
    def text(self) -> str:
        """Return its words."""

    @property
    def author(self) -> Person:
        """Return who wrote it."""

    @property
    def calls_others(self) -> bool:
        """Return whether it mentions somebody else or replies to somebody else."""

    @property
    def is_in_thread(self) -> bool:
        """Return whether it stands in a thread, below its first message."""

    async def is_by_helper(self) -> bool:
        """Return whether its author is a helper."""

    async def show_word(self, word: Word) -> None:
        """Show what somebody said of its thread."""


class StaleThreads:
    """See to the threads that are due; an error with one does not hold up the others."""

    def __init__(self, apps: Apps, keeper: ThreadKeeper) -> None:
        self._stores = Stores(apps)
        self._keeper = keeper

    async def look(self) -> None:
        """See to those that are due in each store."""
        await self._stores.each(self._look)

    async def show(self, word: Word) -> None:
        """Put what somebody said in the place of the question whether a thread is still open."""
        await self._keeper.show(word.question, word.asked, word.text)

    async def _look(self, app: App) -> None:
        for question_id in await app.stale_threads.due(self._keeper.platform, self._keeper.workspaces()):
            leased = await app.stale_threads.lease(question_id)
            if leased is not None:
                settings = await app.channels.behaviour(leased.thread.question.ref.channel)
                with speaking(settings.locale):
                    await self._see_to(app, leased)

    async def _see_to(self, app: App, leased: LeasedThread) -> None:
        outcome = await (self._ask(app, leased) if leased.thread.asked is None else self._close(app, leased))
        if outcome is None:
            return
        facts = {"question_id": leased.thread.question.id, "fault": outcome.fault}
        _log.info("stale_thread.left", extra=facts)
        if outcome.fault in FOR_GOOD:
            await app.stale_threads.left_alone(leased)
        else:
            await app.stale_threads.give_back(leased, may_be_asked=outcome.fault is Fault.UNREACHABLE)

    async def _ask(self, app: App, leased: LeasedThread) -> NotSent | None:
        """Ask about a thread that is stale; return what the platform has against it."""
        question = leased.thread.question
        there = await self._keeper.find_asked(question) if leased.may_be_asked else None
        if there is None:
            last = await self._keeper.last_word(question, None)
            if isinstance(last, NotSent):
                return last
            if not app.stale_threads.is_stale(leased, last.at):
                await app.stale_threads.spoken(leased, last.at)
                return None
            there = await self._keeper.ask(question)
        if isinstance(there, NotSent):
            return there
        await app.stale_threads.asked(leased, there.message_id)
        return None

    async def _close(self, app: App, leased: LeasedThread) -> NotSent | None:
        """Close a thread in which nobody wrote after that; return what the platform has against it."""
        question, asked = leased.thread.question, leased.thread.asked or ""
        last = await self._keeper.last_word(question, asked)
        if isinstance(last, NotSent):
            return last
        if last.is_new:
            await app.stale_threads.left_alone(leased)
            return None
        outcome = await self._keeper.close(question, asked)
        if isinstance(outcome, NotSent):
            return outcome
        await app.stale_threads.closed(leased)
        return None


async def take_message(app: App, message: ThreadFacts, ref: MessageRef) -> bool:
    """Treat what somebody writes in a thread that was asked about as the button that says the same.

    Return whether the message says that, and it is theirs to say.
    """
    is_open = still_open(message.text) if message.is_in_thread and not message.calls_others else None
    waiting = None if is_open is None else await app.stale_threads.asked_in(ref)
    if is_open is None or waiting is None:
        return False
    (question, asked), solved = waiting, not is_open
    helps = solved and await message.is_by_helper()
    is_theirs, text = await take_word(app, question.id, message.author, solved=solved, helps=helps)
    if is_theirs:
        settings = await app.channels.behaviour(question.ref.channel)
        with speaking(settings.locale):
            await message.show_word(Word(question=question, asked=asked, solved=solved, text=text))
        await app.stale_threads.note(ref, question)
    return is_theirs


async def take_word(app: App, question_id: str, person: Person, *, solved: bool, helps: bool) -> tuple[bool, Message]:
    """Store what somebody says of a thread that was asked about.

    Return whether it was theirs to say, and what then stands in the place of the question, or what they are told.
    """
    if not await app.stale_threads.said(question_id, person, solved=solved, helps=helps):
        return False, NOT_THEIRS_TO_SOLVE
    return True, IS_SOLVED if solved else STAYS_OPEN

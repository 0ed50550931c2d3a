"""Accept messages so that none is lost, even if the database is away or this process dies.

- A message is on disk before its platform is told that it was taken, and stays there until it is handled.
- While the database is away it is held; one message after another shows whether that is over.
- What a process left that ended, the next one handles: it reads the message on its platform, which is where it stands.
- What can never be read or handled is given up, and logged.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.chat.work import Work
from bot.core.models import MessageRef
from bot.errors import DatabaseFullError, DatabaseUnreachableError, SpoolError
from bot.service.claims import Spool, Spooled, SpooledKind
from bot.service.deliveries import FOR_GOOD, NotSent

_log = logging.getLogger(__name__)
_OUT_OF_REACH = (DatabaseUnreachableError, DatabaseFullError)
_MOST_IN_HAND = 1_000
_MOST_TRIES = 3
# Mostly they wait for their platform; what needs the processor takes turns further in.
_MOST_READ_AT_ONCE = 24
_OLDEST = timedelta(hours=1)
# Seconds after which one more is let through to a database that was away.
PAUSE = 1.0
_SHORTEST_WAIT = timedelta(seconds=5)

IntakeStep = Callable[[], Awaitable[None]]
Redo = Callable[[Spooled], Awaitable[NotSent | None]]
"""Reads a message on its platform and sees to it; returns why it could not be read."""


class NotReadError(Exception):
    """A platform did not return a message for now."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class Gate:
    """Queue steps for one database: let one through after each pause, and all once one has passed."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self.is_shut = False

    async def wait(self, reason: Exception) -> None:
        """Wait until it is worth another try."""
        if not self.is_shut:
            self.is_shut = True
            _log.warning("database.away", extra={"reason": str(reason)})
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._let_one_later()
        await turn

    def open(self) -> None:
        """Release all waiting steps."""
        if self.is_shut:
            self.is_shut = False
            _log.info("database.back", extra={"kept": len(self._waiting)})
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            while self._waiting:
                self._let_one()

    def _let_one_later(self) -> None:
        if self._timer is None and self._waiting:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self._try_one)

    def _try_one(self) -> None:
        self._timer = None
        self._let_one()
        self._let_one_later()

    def _let_one(self) -> None:
        turn = self._waiting.popleft()
        if not turn.done():  # the waiter may have been cancelled
            turn.set_result(None)


class Intake:
    """Accept the messages of one platform."""

    def __init__(self, spool: Spool, work: Work, *, most: int = _MOST_IN_HAND) -> None:
        self.spool = spool
        self._work = work
        self._most = most
        self._in_hand: set[tuple[str, ...]] = set()
        self._again: dict[tuple[str, ...], IntakeStep] = {}
        self._gates: defaultdict[str, Gate] = defaultdict(Gate)
        self._reading = asyncio.Semaphore(_MOST_READ_AT_ONCE)
        self._redo: Redo | None = None

    def read_by(self, redo: Redo) -> None:
        """Set what reads a message on its platform and handles it, when this process knows only its place."""
        self._redo = redo

    def take(self, kind: SpooledKind, place: MessageRef, step: IntakeStep) -> None:
        """Store a message on disk, and run a step that handles it.

        A message that is being handled already is handled once more after that: what comes again may be the same, or
        say what the first did not, such as a mention of the bot. Of several that wait the last one counts.
        When this returns, the platform may be told that the message was taken. Raises `SpoolError` when it may not.
        """
        spooled = spooled_of(kind, place)
        if not self.spool.put(spooled):
            if spooled.key in self._in_hand:
                self._again[spooled.key] = step
        elif self._has_room:
            self._begin(spooled, step)

    def hold(self, workspace_id: str, step: IntakeStep, *, name: str) -> None:
        """Run a step for what cannot be read again, such as a command; it is in memory alone."""
        self._work.start(self._until_done(workspace_id, step), name=name)

    def adopt(self) -> None:
        """Adopt the messages of processes that ended; an unreadable file is set aside and logged."""
        try:
            adopted = self.spool.adopt()
        except SpoolError as error:
            facts = {"where": error.where, "what": error.what, "remedy": error.remedy}
            _log.error("spool.unreadable", extra=facts)  # the line says all
            return
        if adopted:
            _log.info("spool.adopted", extra={"messages": adopted})

    async def take_up(self) -> None:
        """Handle the messages of processes that ended, and those that found no room when they came."""
        self.adopt()
        for spooled in self.spool.waiting():
            if spooled.key in self._in_hand:
                continue
            if not self._has_room:
                return
            if spooled.tries >= _MOST_TRIES or spooled.at < datetime.now(UTC) - _OLDEST:
                self._give_up(spooled, "it is too old" if spooled.tries < _MOST_TRIES else "it broke again and again")
                continue
            self._begin(spooled, partial(self._read, spooled))

    @property
    def _has_room(self) -> bool:
        return len(self._in_hand) < self._most

    def _begin(self, spooled: Spooled, step: IntakeStep) -> None:
        self._in_hand.add(spooled.key)
        self._work.start(self._see_to(spooled, step), name=f"message {spooled.kind}")

    async def _see_to(self, spooled: Spooled, step: IntakeStep) -> None:
        try:
            following: IntakeStep | None = step
            while following is not None:
                await self._until_done(spooled.ref.workspace_id, following)
                following = self._again.pop(spooled.key, None)
        except Exception:
            self.spool.note_broken(spooled)
            raise
        else:
            self.spool.remove(spooled)
        finally:
            self._in_hand.discard(spooled.key)
            self._again.pop(spooled.key, None)

    async def _until_done(self, workspace_id: str, step: IntakeStep) -> None:
        gate = self._gates[workspace_id]
        while True:
            try:
                await step()
            except _OUT_OF_REACH as fault:
                await gate.wait(fault)
            except NotReadError as later:
                await asyncio.sleep(max(later.wait, _SHORTEST_WAIT).total_seconds())
            else:
                gate.open()
                return

    async def _read(self, spooled: Spooled) -> None:
        if self._redo is None:
            return
        async with self._reading:
            fault = await self._redo(spooled)
        if fault is None:
            return
        if fault.fault in FOR_GOOD or spooled.at < datetime.now(UTC) - _OLDEST:
            _tell_given_up(spooled, fault.fault)
            return
        raise NotReadError(fault.wait)

    def _give_up(self, spooled: Spooled, reason: str) -> None:
        _tell_given_up(spooled, reason)
        self.spool.remove(spooled)


def spooled_of(kind: SpooledKind, place: MessageRef) -> Spooled:
    """Return what is kept of a message: where it stands."""
    return Spooled(kind=kind, ref=place, at=datetime.now(UTC))


def _tell_given_up(spooled: Spooled, reason: str) -> None:
    facts = {"kind": spooled.kind, "channel_id": spooled.ref.channel_id, "message_id": spooled.ref.message_id}
    _log.error("message.given_up", extra={**facts, "reason": reason})

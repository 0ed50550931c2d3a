"""Accept messages so that none is lost, even if the database is away or this process dies.

- A message is on disk before its platform is told that it was taken, and stays there until it is handled.
- While the database is away it is held; one message after another shows whether that is over.
- What a process left that ended, the next one handles: it reads the message on its platform, which is where it stands.
- What can never be read or handled is given up, and logged.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from cachetools import TTLCache

from bot.chat.tasks import Work
from bot.core.models import MessageRef
from bot.errors import DatabaseFullError, DatabaseUnreachableError, SpoolError
from bot.service.claims import Spool, Spooled, SpooledKind
from bot.service.deliveries import FOR_GOOD, Fault, NotSent

_log = logging.getLogger(__name__)
_OUT_OF_REACH = (DatabaseUnreachableError, DatabaseFullError)
_MOST_IN_HAND = 1_000
_MOST_TRIES = 3
# Mostly they wait for their platform; what needs the processor takes turns further in.
_MOST_READ_AT_ONCE = 24
_OLDEST = timedelta(hours=1)
# What was handled is known so long, to drop what comes again; platforms repeat themselves within minutes.
_HANDLED_FOR = timedelta(minutes=10)
_MOST_HANDLED = 10_000
# Seconds after which one more is let through to a database that was away.
PAUSE = 1.0
LEFT_FOR = timedelta(minutes=1)
"""So long after a message of which something was left it is read again, to do that."""
_SHORTEST_WAIT = timedelta(seconds=5)

LEFT = NotSent(Fault.UNREACHABLE, LEFT_FOR)
"""Returned of a message that was read and of which something is left: the moderators are out of reach."""

IntakeStep = Callable[[], Awaitable[bool | None]]
"""Handles a message; returns False when something is left, which is tried when it comes again, or after a while."""

Redo = Callable[[Spooled], Awaitable[NotSent | None]]
"""Reads a message on its platform and sees to it; returns why it could not be read, or that something is `LEFT`."""

Settled = Callable[[Sequence[MessageRef]], Awaitable[Collection[MessageRef]]]
"""Returns those of some messages that are handled, by any process."""

Recover = Callable[[Collection[str]], Awaitable[None]]
"""Sends what processes that ended were about to send."""


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


@dataclass(eq=False)
class _Held:
    """A message under way: the step that handles it, None while it is to be read on its platform, and what it says."""

    step: IntakeStep | None
    says: Hashable = None
    is_begun: bool = False
    again: "tuple[IntakeStep, Hashable] | None" = None


class Intake:
    """Accept the messages of one platform."""

    def __init__(self, spool: Spool, work: Work, *, most: int = _MOST_IN_HAND) -> None:
        self.spool = spool
        self._work = work
        self._most = most
        self._in_hand: dict[tuple[str, ...], _Held] = {}
        self._handled: TTLCache[tuple[str, ...], int] = TTLCache(_MOST_HANDLED, _HANDLED_FOR.total_seconds())
        self._left: TTLCache[tuple[str, ...], None] = TTLCache(_MOST_HANDLED, LEFT_FOR.total_seconds())
        self._gates: defaultdict[str, Gate] = defaultdict(Gate)
        self._reading = asyncio.Semaphore(_MOST_READ_AT_ONCE)
        self._redo: Redo | None = None
        self._settled: Settled | None = None
        self._recover: Recover | None = None
        self._ended: set[str] = set()

    def read_by(self, redo: Redo, *, settled: Settled | None = None, recover: Recover | None = None) -> None:
        """Set what reads a message on its platform and handles it, when this process knows only its place.

        `settled` returns those of some messages of which nothing is left to be done, so that they need not be read;
        `recover` sends the replies that processes were about to send when they ended.
        """
        self._redo = redo
        self._settled = settled
        self._recover = recover

    def take(self, kind: SpooledKind, place: MessageRef, step: IntakeStep, *, says: Hashable = None) -> None:
        """Store a message on disk, and run a step that handles it.

        A message that is being handled already is handled once more after that: what comes again may say what the
        first did not, such as a mention of the bot. Of several that wait the last one counts. What says the same as
        what is being handled, or was a while ago, is dropped; give None for what always counts.
        When this returns, the platform may be told that the message was taken. Raises `SpoolError` when it may not.
        """
        spooled = spooled_of(kind, place)
        held = self._in_hand.get(spooled.key)
        if held is None:
            if says is not None and self._handled.get(spooled.key) == hash(says):
                return
            self.spool.put(spooled)
            if self._has_room:
                self._begin(spooled, _Held(step, says))
        elif not held.is_begun and held.step is None:
            held.step, held.says = step, says  # to read it is not needed any more
        elif says is None or says != held.says:
            held.again = (step, says)

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
        self._ended |= adopted.processes
        if adopted.messages:
            _log.info("spool.adopted", extra={"messages": adopted.messages})

    async def take_up(self) -> None:
        """Handle the messages of processes that ended, and those that found no room when they came."""
        self.adopt()
        busy = {*self._in_hand, *self._left}
        for spooled in await self._unsettled([one for one in self.spool.waiting() if one.key not in busy]):
            if spooled.key in self._in_hand:
                continue
            if not self._has_room:
                break
            if spooled.tries >= _MOST_TRIES or spooled.at < datetime.now(UTC) - _OLDEST:
                self._give_up(spooled, "it is too old" if spooled.tries < _MOST_TRIES else "it broke again and again")
                continue
            self._begin(spooled, _Held(None))
        await self._end_leases()

    async def _end_leases(self) -> None:
        """Send at once what processes that ended were about to send."""
        if self._recover is None or not self._ended:
            return
        ended = frozenset(self._ended)
        try:
            await self._recover(ended)
        except _OUT_OF_REACH:
            return  # with the next round
        self._ended -= ended

    async def _unsettled(self, waiting: Sequence[Spooled]) -> Sequence[Spooled]:
        """Drop messages that the process before handled, and had no time to drop; return the others."""
        # Where something was said while the database was away, it is still to become the reply.
        written = [one for one in waiting if one.kind is SpooledKind.WRITTEN and one.said is None]
        if self._settled is None or not written:
            return waiting
        try:
            settled = await self._settled([one.ref for one in written])
        except _OUT_OF_REACH:
            return waiting
        done = {one.key: one for one in written if one.ref in settled and one.key not in self._in_hand}
        for one in done.values():
            self.spool.remove(one)
        return [one for one in waiting if one.key not in done]

    @property
    def _has_room(self) -> bool:
        return len(self._in_hand) < self._most

    def _begin(self, spooled: Spooled, held: _Held) -> None:
        self._in_hand[spooled.key] = held
        self._work.start(self._see_to(spooled, held), name=f"message {spooled.kind}")

    async def _see_to(self, spooled: Spooled, held: _Held) -> None:
        try:
            done = await self._until_done(spooled.ref.workspace_id, partial(self._handle, spooled, held))
            while held.again is not None:
                (held.step, held.says), held.again = held.again, None
                done = await self._until_done(spooled.ref.workspace_id, held.step)
        except Exception:
            self.spool.note_broken(spooled)
            raise
        else:
            if done is False:
                self._left[spooled.key] = None
                return
            self.spool.remove(spooled)
            if held.says is not None:
                self._handled[spooled.key] = hash(held.says)
        finally:
            del self._in_hand[spooled.key]

    async def _handle(self, spooled: Spooled, held: _Held) -> bool | None:
        """Run the step of a message; one that nobody brought is read on its platform."""
        if held.step is None:
            async with self._reading:
                if held.step is None:  # it may have been brought meanwhile
                    held.is_begun = True
                    try:
                        await self._read(spooled)
                    finally:
                        held.is_begun = False
                    return None
        held.is_begun = True
        return await held.step()

    async def _until_done(self, workspace_id: str, step: IntakeStep) -> bool | None:
        gate = self._gates[workspace_id]
        while True:
            try:
                done = await step()
            except _OUT_OF_REACH as fault:
                await gate.wait(fault)
            except NotReadError as later:
                await asyncio.sleep(max(later.wait, _SHORTEST_WAIT).total_seconds())
            else:
                gate.open()
                return done

    async def _read(self, spooled: Spooled) -> None:
        if self._redo is None:
            return
        fault = await self._redo(spooled)
        if fault is None:
            return
        if fault.fault not in FOR_GOOD and spooled.at >= datetime.now(UTC) - _OLDEST:
            raise NotReadError(fault.wait)
        _tell_given_up(spooled, fault.fault)

    def _give_up(self, spooled: Spooled, reason: str) -> None:
        _tell_given_up(spooled, reason)
        self.spool.remove(spooled)


def spooled_of(kind: SpooledKind, place: MessageRef) -> Spooled:
    """Return what is kept of a message: where it stands."""
    return Spooled(kind=kind, ref=place, at=datetime.now(UTC))


def _tell_given_up(spooled: Spooled, reason: str) -> None:
    facts = {"kind": spooled.kind, "channel_id": spooled.ref.channel_id, "message_id": spooled.ref.message_id}
    _log.error("message.given_up", extra={**facts, "reason": reason})

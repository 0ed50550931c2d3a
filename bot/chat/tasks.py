"""Run work in the background: rounds at intervals, tasks that no platform waits for, and replies after a delay.

None ends unnoticed:

- `awaited`: the caller waits for the end, and gets what went wrong.
- `watched`: nobody waits; what goes wrong is logged.
- `kept`: it runs until it is cancelled; whatever ends it is logged, and it is restarted.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.errors import FaqbotError

_log = logging.getLogger(__name__)
# A process that is told to stop has ten seconds; some are left for closing.
PATIENCE = timedelta(seconds=7)


class Work:
    """Run background tasks; an error in one is logged, and ends nothing else."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopped = False

    def __len__(self) -> int:
        """Return how many tasks are running."""
        return len(self._tasks)

    def start(self, step: Coroutine[Any, Any, object], *, name: str) -> None:
        """Start a task; once stopped, drop it, since the platform or the next start brings it back."""
        if self._stopped:
            step.close()
            return
        task = watched(step, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until no task is running."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def finish(self, *, within: timedelta = PATIENCE) -> None:
        """Start nothing more, and wait for running tasks; cancel those that take longer."""
        self._stopped = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within.total_seconds())
            for task in late:
                task.cancel()
            if late:
                _log.warning("work.given_up", extra={"tasks": len(late)})
                await asyncio.wait(late)


_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)
# More than any task takes to clean up, and less than a process has to end.
_CANCEL_AGAIN = timedelta(seconds=4)
# A task that ran for so long before it ended is restarted as quickly as the first time.
_SOUND = timedelta(minutes=5)

Begin = Callable[[], Coroutine[Any, Any, None]]
Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")


def awaited(step: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
    """Start a task whose end the caller waits for."""
    return asyncio.create_task(step, name=name)


def watched(step: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
    """Start a task that nobody waits for; its fault is logged."""
    task = asyncio.create_task(step, name=name)
    task.add_done_callback(_tell)
    return task


def kept(begin: Begin, *, name: str, pause: Pause = asyncio.sleep) -> asyncio.Task[None]:
    """Start a task that runs until it is cancelled: whatever ends it is logged, and it is restarted."""
    return watched(_keep(begin, name, pause), name=name)


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks, and wait until they are over; one that goes on all the same is cancelled again.

    Until Python 3.12 `asyncio.wait_for` drops a cancellation that comes when what it waits for is done: a client that
    is stopped just when it has connected would go on for ever.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_CANCEL_AGAIN.total_seconds())


async def until(stop: asyncio.Event, *needed: asyncio.Task[Any]) -> None:
    """Wait until told to stop; what ends before that, and is needed to go on, is logged and its fault raised.

    What has words of its own is raised alone.
    """
    stopping = awaited(stop.wait(), name="stop")
    try:
        done, _ = await asyncio.wait({stopping, *needed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await ended(stopping)
    for task in done - {stopping}:
        fault = None if task.cancelled() else task.exception()
        if not isinstance(fault, FaqbotError):
            _log.error("task.ended", extra={"task": task.get_name()}, exc_info=fault)
        raise fault or RuntimeError(task.get_name())


async def _keep(begin: Begin, name: str, pause: Pause) -> None:
    loop, wait = asyncio.get_running_loop(), _FIRST_PAUSE
    while True:
        since = loop.time()
        fault = await _fault_of(asyncio.create_task(begin(), name=name))
        if loop.time() - since > _SOUND.total_seconds():
            wait = _FIRST_PAUSE
        _log.error("task.restarted", extra={"task": name, "wait": wait}, exc_info=fault)
        await pause(wait.total_seconds())
        wait = min(2 * wait, _LONGEST_PAUSE)


async def _fault_of(task: asyncio.Task[None]) -> BaseException | None:
    """Wait for the end of a task, and return what it ended with; when this is cancelled, so is the task."""
    try:
        await asyncio.wait([task])
    except asyncio.CancelledError:
        await ended(task)
        raise
    return None if task.cancelled() else task.exception()


def _tell(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        _log.error("task.failed", extra={"task": task.get_name()}, exc_info=fault)


# Of the ten seconds that a process has to end, most are for running work.
_PATIENCE = 2.0

Round = Callable[[], Awaitable[None]]


async def _taken(step: Round) -> None:
    await step()


# A process that has just begun has more to do than what nobody waits for.
_SETTLED = timedelta(minutes=5)


class Rounds:
    """Run each step at its interval, or at once when asked; an error ends no other step.

    What is `unhurried` runs at its interval alone: not at the start, and not when asked.
    """

    def __init__(self, steps: dict[Round, timedelta], *, unhurried: dict[Round, timedelta] | None = None) -> None:
        self._steps = steps
        self._unhurried = unhurried or {}
        self._asked = {step: asyncio.Event() for step in steps}

    def ask(self) -> None:
        """Run all steps now."""
        for event in self._asked.values():
            event.set()

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for step, pause in self._steps.items():
                tasks.create_task(self._repeat(step, pause))
            for step, pause in self._unhurried.items():
                tasks.create_task(_repeat_unhurried(step, pause))

    async def _repeat(self, step: Round, pause: timedelta) -> None:
        asked = self._asked[step]
        while True:
            asked.clear()
            await _survive(awaited(_taken(step), name="round"))
            try:
                async with asyncio.timeout(pause.total_seconds()):
                    await asked.wait()
            except TimeoutError:
                continue


async def _repeat_unhurried(step: Round, pause: timedelta) -> None:
    wait = min(pause, _SETTLED)
    while True:
        await asyncio.sleep(wait.total_seconds())
        await _survive(awaited(_taken(step), name="round"))
        wait = pause


async def _survive(task: asyncio.Future[None]) -> None:
    """Wait for a step; its fault is logged, and the next round finds what it left.

    One that is under way at the end is let finish: to cut it off in the middle of a transaction loses its connection.
    """
    try:
        await asyncio.wait([task])
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=_PATIENCE)
        raise
    finally:
        task.cancel()
    if not task.cancelled() and (fault := task.exception()) is not None:
        _log.error("round.failed", exc_info=fault)


class Waits:
    """Listen to what people write in threads."""

    def __init__(self) -> None:
        self._listening: defaultdict[Hashable, set[asyncio.Event]] = defaultdict(set)

    def note(self, thread: Hashable) -> None:
        """Store that a person wrote in a thread."""
        for event in self._listening.get(thread, ()):
            event.set()

    @contextmanager
    def listening(self, thread: Hashable) -> Iterator[asyncio.Event]:
        """Yield what is set as soon as a person writes in a thread, for the length of the block."""
        event = asyncio.Event()
        self._listening[thread].add(event)
        try:
            yield event
        finally:
            self._listening[thread].discard(event)
            if not self._listening[thread]:
                del self._listening[thread]


class Turns:
    """Run blocks about the same thing one after the other, in the order of their start."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, thing: Hashable) -> AsyncIterator[None]:
        """Run the block when the earlier ones are through."""
        lock = self._locks.get(thing)
        if lock is None:
            lock = self._locks[thing] = asyncio.Lock()
        async with lock:
            yield


async def comes(event: asyncio.Event, *, within: timedelta) -> bool:
    """Wait until an event comes, for so long at most, and tell whether it did."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await event.wait()
    except TimeoutError:
        return False

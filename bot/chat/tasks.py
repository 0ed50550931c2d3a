"""Start background tasks, so that none of them ends unnoticed.

- `awaited`: the caller waits for the end, and gets what went wrong.
- `watched`: nobody waits; what goes wrong is logged.
- `kept`: it runs until it is cancelled; whatever ends it is logged, and it is restarted.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from bot.errors import FaqbotError

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)
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
    """Cancel tasks, and wait until they are over."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


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

"""Run what nobody waits for beside the answering of questions, pause the garbage collector, and return memory."""

import asyncio
import ctypes
import gc
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in the block: what is read stays for now, and each look at it takes longer than the last."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# The C library of the process; others than that of Linux are not asked.
_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None
_TRIM = "malloc_trim"


async def return_freed() -> None:
    """Return to the system what was freed after much was read; GNU's C library keeps it, others have no such call."""
    if hasattr(_LIBRARY, _TRIM):
        await asyncio.to_thread(getattr(_LIBRARY, _TRIM), 0)


_log = logging.getLogger(__name__)
_PATIENCE = 1.0


class Background:
    """Run tasks until they end or all is closed; a fault of one is logged with its traceback, and ends nothing else."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, step: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task."""
        task = asyncio.create_task(step)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def settled(self) -> None:
        """Wait until all tasks have ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def aclose(self) -> None:
        """Wait a moment for what is about to be stored, and cancel the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PATIENCE)
        left = [*self._tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            _log.error("background.failed", exc_info=fault)

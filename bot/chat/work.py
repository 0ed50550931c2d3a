"""Run work beside what a platform waits for, and finish it before stopping."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from bot.chat.tasks import watched

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

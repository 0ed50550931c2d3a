"""Run what no event asks for at intervals: recover replies, deliver, show cards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.chat.tasks import awaited

_log = logging.getLogger(__name__)
# Of the ten seconds that a process has to end, most are for running work.
_PATIENCE = 2.0

Round = Callable[[], Awaitable[None]]


async def _taken(step: Round) -> None:
    await step()


class Rounds:
    """Run each step at its interval, or at once when asked; an error ends no other step."""

    def __init__(self, steps: dict[Round, timedelta]) -> None:
        self._steps = steps
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

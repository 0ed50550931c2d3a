"""Show that a connection is closed wherever the task is cancelled that opens, uses or closes it."""

import asyncio
import gc
import threading
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.store import Database, sqlite_files

Use = Callable[[Database], Coroutine[Any, Any, None]]


class CutOff:
    """Await something, and cancel it the so-manieth time that it waits."""

    def __init__(self, awaited: Awaitable[None], at: int) -> None:
        self._awaited = awaited
        self._left = at

    @property
    def came_to_its_end(self) -> bool:
        """Return whether it waited less often."""
        return self._left > 0

    def __await__(self) -> Generator[asyncio.Future[Any], None, None]:
        """Pass on what is waited for, up to that one."""
        steps = self._awaited.__await__()
        go_on = partial(steps.send, None)
        with suppress(StopIteration):
            while True:
                waited_for = go_on()
                self._left -= 1
                if self._left:
                    yield waited_for
                    go_on = partial(steps.send, None)
                else:
                    waited_for.cancel()
                    go_on = partial(steps.throw, asyncio.CancelledError())


async def read(database: Database) -> None:
    """Open a connection, read, and close it."""
    async with database.snapshot() as tx:
        await tx.execute(text("SELECT 1"))
    await database.aclose()


async def write(database: Database) -> None:
    """Do the same with a change."""
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE meta SET author_key = author_key"))
    await database.aclose()


async def settled() -> None:
    """Wait until all that was begun has ended."""
    await asyncio.to_thread(gc.collect)  # the one thread of the executor has ended what came before
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 10)


def descriptors(path: str) -> list[str]:
    """Return what this process has open of a database, where the system tells."""
    folder = Path("/proc/self/fd")
    links = list(folder.iterdir()) if folder.is_dir() else []
    return [there for link in links if link.is_symlink() and path in (there := str(link.readlink()))]


@pytest.mark.slow  # each place in turn, some hundred of them
@pytest.mark.parametrize("use", [read, write])
async def test_nothing_stays_open_wherever_it_is_cut_off(
    sqlite_url: str, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "SHORT", 0)  # so that each step may be the one that is cut off
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    at, ended = 0, False
    while not ended:
        at += 1
        database = Database(sqlite_url)
        step = CutOff(use(database), at)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", ResourceWarning)
            try:
                await step
            except asyncio.CancelledError:
                await database.aclose()
            ended = step.came_to_its_end
            del step
            await settled()
            gc.collect()
        assert [str(one.message) for one in told] == [], at
        assert descriptors(sqlite_url.removeprefix("sqlite:///")) == [], at
    assert at > 5

"""Erase deleted text from the log that SQLite writes ahead of its file.

A deletion overwrites the text in the file, and the log still has it as it was: until all processes have closed the
database, or have written so much that it is overwritten by chance. To cut the log takes a moment at which nobody reads
an older state, so it is tried again and again.
"""

import asyncio
import logging
import sqlite3
from contextlib import AbstractAsyncContextManager, closing
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.errors import DatabaseUnreachableError

# While it waits for readers, writers wait for it.
_MOMENT = timedelta(seconds=0.05)
_AGAIN = timedelta(seconds=0.2)
# What is deleted within a second is taken out at once.
FIRST, LONGEST = timedelta(seconds=1), timedelta(minutes=1)
_MANY = 6  # tries, in about a minute
_LOWEST_BYTE = 0xFF
_HELD_UP = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_log = logging.getLogger(__name__)


class Checkpoint(StrEnum):
    """How a checkpoint brings the log into the file: beside all others, or alone, which leaves an empty log."""

    PASSIVE = "PASSIVE"
    TRUNCATE = "TRUNCATE"


class Erasure:
    """Truncate the log of one file after deletions, several of them at once; writers hold `turn`."""

    def __init__(self, path: str, turn: AbstractAsyncContextManager[Any], *, first: timedelta = FIRST) -> None:
        self._path = path
        self._turn = turn
        self._first = first
        self._wanted = self._done = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to erase deleted text in the background."""
        self._wanted += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on(), name="erasure")

    async def finish(self, *, within: timedelta) -> bool:
        """Erase deleted text, and return whether that is done; others may read for longer than `within`."""
        for _ in range(max(1, within // _AGAIN)):
            if await self._attempt():
                return True
            await asyncio.sleep(_AGAIN.total_seconds())
        return await self._attempt()

    async def aclose(self) -> None:
        """Try once more, and leave what is left to the next process."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._is_wanted() and not await self._attempt_anyhow():
            _log.info("database.erasure_unfinished", extra=self._facts())

    def _is_wanted(self) -> bool:
        return self._done < self._wanted

    async def _go_on(self) -> None:
        pause, tries = self._first, 0
        while self._is_wanted():
            await asyncio.sleep(pause.total_seconds())
            if not self._is_wanted() or await self._attempt_anyhow():
                pause, tries = self._first, 0
                continue
            pause, tries = min(2 * pause, LONGEST), tries + 1
            if tries == _MANY:
                _log.warning("database.erasure_delayed", extra=self._facts())

    async def _attempt(self) -> bool:
        wanted = self._wanted
        # Most of it is brought over without keeping anybody waiting.
        await asyncio.to_thread(checkpoint, self._path, Checkpoint.PASSIVE)
        async with self._turn:
            done = await asyncio.to_thread(checkpoint, self._path, Checkpoint.TRUNCATE)
        if done:
            self._done = max(self._done, wanted)
        return done

    async def _attempt_anyhow(self) -> bool:
        """Try in the background; faults are left to those who ask the database for something else."""
        try:
            return await self._attempt()
        except DatabaseUnreachableError:
            return False

    def _facts(self) -> dict[str, object]:
        return {"database": self._path}


def checkpoint(path: str, kind: Checkpoint) -> bool:
    """Bring the log into the file; return whether no reader stood in the way."""
    # Where somebody has removed the file, it is not to be made again.
    place = f"{Path(path).absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=_MOMENT.total_seconds())) as connection:
            busy, logged, brought = connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _LOWEST_BYTE in _HELD_UP:
            return False
        raise DatabaseUnreachableError(path, str(error)) from error
    return not busy and logged == brought

"""Answer some of the questions in the course of the run, as a moderator does at the terminal."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import psycopg

from bench.chaos.plan import Asked, Journal, key_of
from bench.chaos.processes import command
from bench.chaos.stores import Store

Replied: TypeAlias = Callable[[Sequence[Asked]], list[Asked]]
"""Returns the questions that have a reply."""

# The FAQ has nothing on these, and each is unlike the others, so that they become items of their own.
TOPICS = (
    "How many quokkas live on the northern moon base?",
    "Which violin strings does the harbour orchestra prefer?",
    "Can penguins whistle the second movement of a sonata?",
    "Who painted the lighthouse beside the blueberry farm?",
)
_PAUSE = 2.0
_PATIENCE = 20.0


def answer_to(topic: int) -> str:
    """Return what the moderator says."""
    return f"The caretaker keeps a list of that. ({mark(topic)})"


def mark(topic: int) -> str:
    """Return the word by which an answer is known again."""
    return f"answer-mark-{topic}"


class Moderator:
    """Answer one topic after the other through the command line."""

    def __init__(self, folder: Path, store: Store, journal: Journal) -> None:
        self._folder = folder
        self._store = store
        self._journal = journal
        self.answered: dict[int, float] = {}
        """When each topic was answered."""

    async def answer(self, topic: int, asked: Sequence[Asked], replied: Replied) -> list[Asked]:
        """Answer a topic as soon as all who asked are on the log and have their reply; return who is to be told.

        Somebody whose question is lost is not waited for without end; while the database is away, it is tried again.
        """
        end = time.time() + _PATIENCE
        logged = await self._logged(asked)
        while not logged or (len(replied([*logged])) < len(asked) and time.time() < end):
            await asyncio.sleep(_PAUSE)
            logged = await self._logged(asked)
        question = next(iter(logged.values()))
        while not await self._is_answered(question, topic):  # noqa: ASYNC110  # a person tries again after a while
            await asyncio.sleep(_PAUSE)
        return replied([*logged])

    async def _logged(self, asked: Sequence[Asked]) -> dict[Asked, str]:
        """Return the questions that are on the log, with their ids."""
        try:
            logged = await asyncio.to_thread(self._store.logged)
        except (sqlite3.Error, psycopg.Error):  # it is away
            return {}
        return {one: f"Q{logged[key_of(one)][0]}" for one in asked if key_of(one) in logged}

    async def _is_answered(self, question: str, topic: int) -> bool:
        code, printed = await command(
            self._folder, self._store.url, "review", "answer", question, answer_to(topic), "--yes"
        )
        # A moderator whose terminal lost the database looks again whether it was taken.
        if code and not await self._is_closed(question):
            self._journal.tell(f"the moderator tries again: {' '.join(printed.split())[-100:]}")
            return False
        self._journal.tell(f"a moderator answered {question}")
        self.answered[topic] = time.time()
        return True

    async def _is_closed(self, question: str) -> bool:
        code, printed = await command(self._folder, self._store.url, "review", "show", question, "--json")
        return code == 0 and json.loads(printed).get("status") not in {None, "open"}

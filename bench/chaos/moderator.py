"""Answer some of the questions in the course of the run, as a moderator does at the terminal."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.chaos.plan import Asked, Journal
from bench.chaos.processes import command

# The FAQ has nothing on these, and each is unlike the others, so that they become items of their own.
TOPICS = (
    "How many quokkas live on the northern moon base?",
    "Which violin strings does the harbour orchestra prefer?",
    "Can penguins whistle the second movement of a sonata?",
    "Who painted the lighthouse beside the blueberry farm?",
)
_PAUSE = 2.0
_PATIENCE = 45.0


def answer_to(topic: int) -> str:
    """Return what the moderator says."""
    return f"The caretaker keeps a list of that. ({mark(topic)})"


def mark(topic: int) -> str:
    """Return the word by which an answer is known again."""
    return f"answer-mark-{topic}"


class Moderator:
    """Answer one topic after the other through the command line."""

    def __init__(self, folder: Path, url: str, journal: Journal) -> None:
        self._folder = folder
        self._url = url
        self._journal = journal
        self.answered: dict[int, float] = {}
        """When each topic was answered."""

    async def answer(
        self, topic: int, asked: Sequence[Asked], replied: Callable[[Sequence[Asked]], list[Asked]]
    ) -> list[Asked]:
        """Answer a topic as soon as all who asked are in its item and have their reply; return who is to be told.

        Somebody whose question is lost is not waited for without end; while the database is away, it is tried again.
        """
        end = time.time() + _PATIENCE
        item, there = await self._item(asked, replied)
        while item is None or (len(there) < len(asked) and time.time() < end):
            await asyncio.sleep(_PAUSE)
            item, there = await self._item(asked, replied)
        while not await self._is_answered(item, topic):  # noqa: ASYNC110  # a person tries again after a while
            await asyncio.sleep(_PAUSE)
        return there

    async def _item(
        self, asked: Sequence[Asked], replied: Callable[[Sequence[Asked]], list[Asked]]
    ) -> tuple[str | None, list[Asked]]:
        """Return the item that has most of the questions, and those in it that have their reply."""
        code, printed = await command(self._folder, self._url, "review", "list", "--json", "--limit", "1000")
        if code:
            return None, []
        best: tuple[str | None, list[Asked]] = None, []
        for item in json.loads(printed):
            held = {str(question["message_id"]) for question in item["questions"]}
            there = replied([one for one in asked if one.message_id in held])
            if len(there) > len(best[1]):
                best = str(item["id"]), there
        return best

    async def _is_answered(self, item: str, topic: int) -> bool:
        code, printed = await command(self._folder, self._url, "review", "answer", item, answer_to(topic), "--yes")
        # A moderator whose terminal lost the database looks again whether it was taken.
        if code and not await self._is_closed(item):
            self._journal.tell(f"the moderator tries again: {printed.strip().splitlines()[-1:]}")
            return False
        self._journal.tell(f"a moderator answered {item}")
        self.answered[topic] = time.time()
        return True

    async def _is_closed(self, item: str) -> bool:
        code, printed = await command(self._folder, self._url, "review", "show", item, "--json")
        return code == 0 and json.loads(printed).get("status") not in {None, "open"}

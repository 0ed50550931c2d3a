"""Suggest as phrasings the words after which people took the same entry of several."""

from bot.core.deciding.differences import comparison_of
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import normalise
from bot.service import Clock
from bot.service.knowledge import Knowledge
from bot.service.review_queue import ReviewQueue
from bot.store import Database
from bot.store.choices import TakenAlike, taken_alike
from bot.store.queue import lock_review

# One may have pressed the wrong button.
FEWEST_TAKERS = 2


class ChosenPhrasings:
    """Open an item of the review for such words; a moderator accepts it, or dismisses it for good."""

    def __init__(self, *, database: Database, knowledge: Knowledge, queue: ReviewQueue, clock: Clock) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._clock = clock

    async def consider(self, question_id: str, entry_id: str) -> str | None:
        """Return the item that suggests the words of a question for an entry that was taken; None without a reason."""
        async with self._database.snapshot() as tx:
            taken = await taken_alike(tx, question_id, entry_id)
        if taken is None or not _is_clear(taken):
            return None
        entries = (await self._knowledge.index(taken.audience)).entries
        if not _may_be_one(entries, entry_id, taken.text):
            return None
        await self._queue.prepare()
        async with self._database.transaction() as tx:
            await lock_review(tx)
            taken = await taken_alike(tx, question_id, entry_id)  # another process may have been quicker
            if taken is None or not _is_clear(taken):
                return None
            return await self._queue.suggest(tx, taken, entry_id, at=self._clock())


def _is_clear(taken: TakenAlike) -> bool:
    return taken.takers >= FEWEST_TAKERS and taken.takers > taken.others and not taken.is_known


def _may_be_one(entries: EntryIndex, entry_id: str, text: str) -> bool:
    """Return whether words may be a phrasing of an entry: they are none yet, and differ in nothing that matters."""
    if entry_id not in entries:
        return False
    entry = entries.entry(entry_id)
    is_new = normalise(text) not in set(map(normalise, entry.phrasings))
    return is_new and not comparison_of(entries, text).differences(entry)

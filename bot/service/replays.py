"""Try a change of entries on questions that were asked before, and change nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.core.deciding.replays import Past, Replay, joined, replay
from bot.core.models import Audience, Entry, Status, Surface
from bot.core.redaction import redact
from bot.core.searching.text import plain
from bot.core.searching.vectors import Encode, RememberedVectors
from bot.formats.labelled import read_questions
from bot.service.knowledge import Knowledge
from bot.store import Database
from bot.store.grades import last_labelled, last_questions

MOST_QUESTIONS = 1_000


class ReplayService:
    """Decide past questions again as if entries had changed: the last ones, and those whose right entry is known.

    `labelled` is a file with more of the latter, as if asked in public by a mention. One change is tried at a time,
    in a thread and on copies of the indexes, which others go on asking.
    """

    def __init__(
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        encode: Encode | None = None,
        questions: int = MOST_QUESTIONS,
        labelled: Path | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._vectors = None if encode is None else RememberedVectors(encode)
        self._questions = questions
        self._labelled = labelled
        self._turn = asyncio.Lock()

    async def replay(self, entries: Sequence[Entry]) -> Replay:
        """Return which past questions would get another answer, lose it or win one if these entries were stored.

        An entry whose id exists takes the place of that one; it answers nothing as long as it is not published.
        """
        async with self._turn:
            asked = await self._asked()
            if self._vectors is not None:
                await asyncio.to_thread(self._vectors.keep, [plain(past.text) for past in asked])
            return joined([await self._replay(audience, entries, asked) for audience in Audience])

    async def _replay(self, audience: Audience, entries: Sequence[Entry], asked: Sequence[Past]) -> Replay:
        theirs = [past for past in asked if past.audience is audience]
        changes = {entry.id: _live(entry, audience) for entry in entries}
        if not theirs or not changes:
            return Replay(asked=len(theirs))
        known = await self._knowledge.index(audience)
        # Copied before the next await, after which the index may be another one.
        copied, thresholds = known.entries.copy(self._vectors), self._knowledge.applied.in_use
        return await asyncio.to_thread(replay, copied, changes, theirs, thresholds=thresholds)

    async def _asked(self) -> tuple[Past, ...]:
        """Return all questions to be decided, each once; what is known of the right answer goes before nothing."""
        async with self._database.snapshot() as tx:
            last = await last_questions(tx, limit=self._questions)
            labelled = await last_labelled(tx, limit=self._questions)
        more = [] if self._labelled is None else await asyncio.to_thread(_read, self._labelled)
        found: dict[tuple[str, Surface, Audience], Past] = {}
        for past in (*last, *labelled, *more):
            known = found.setdefault((past.text, past.surface, past.audience), past)
            if known.expect is None:
                found[past.text, past.surface, past.audience] = replace(known, expect=past.expect)
        return tuple(found.values())


def _live(entry: Entry, audience: Audience) -> Entry | None:
    """Return what an audience is answered from, None where that is nothing."""
    return entry.seen_by(audience) if entry.status is Status.PUBLISHED else None


def _read(path: Path) -> list[Past]:
    """Return the questions of a file as the bot reads them; one with a secret is never matched."""
    questions = [(redact(each.text), each.expect) for each in read_questions(str(path), path.read_bytes())]
    return [
        Past(text=redacted.text, surface=Surface.MENTION, audience=Audience.PUBLIC, expect=expect)
        for redacted, expect in questions
        if not redacted.secret
    ]

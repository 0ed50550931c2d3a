"""Show the entries and their categories, change them one by one, and try a change on past questions."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.core.deciding.replays import Past, Replay, joined, replay
from bot.core.models import Audience, ChannelRef, Entry, Status, Surface
from bot.core.redaction import redact
from bot.core.searching.kept_vectors import RememberedVectors
from bot.core.searching.text import plain
from bot.core.searching.vectors import Encode
from bot.errors import CategoryNotFoundError, EntryChangedError
from bot.formats.labelled import read_questions
from bot.service import USUAL, Clock, Periods, entry_changes
from bot.service.deliveries import plan_corrections
from bot.service.entry_changes import By, with_alias, without_alias
from bot.service.knowledge import Knowledge, Validity
from bot.store import Database, Transaction
from bot.store.audit import versions_of
from bot.store.entries import EVERY_ENTRY, count_categories, get_entry, list_entries, lock_content
from bot.store.grades import last_labelled, last_questions
from bot.store.records import EntryFilter, StoredEntry

# Of 100 for the same name; a slip or two of the keys leaves more than this.
_SIMILAR, _MOST_SIMILAR = 70, 3


class CategoryService:
    """List and rename categories; case and blanks make no difference to which one is meant."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def counts(self) -> Mapping[str | None, int]:
        """Return how many entries each category has."""
        async with self._database.snapshot() as tx:
            return await count_categories(tx)

    async def spellings(self, name: str) -> frozenset[str]:
        """Return the ways in which the category is written that somebody means, or refuse what is none."""
        return _spellings(name, await self.counts())

    async def rename(self, old: str, new: str, *, actor: str, reason: str | None = None) -> tuple[StoredEntry, ...]:
        """Move all entries of a category to another one, and return those that this changed.

        Where there is one of the new name already, it is written as that is.
        """
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            counts = await count_categories(tx)
            meant = _spellings(old, counts)
            there = [
                name for name in counts if name is not None and name not in meant and _folded(name) == _folded(new)
            ]
            new = max(there, key=lambda name: counts[name], default=new)
            stored = await list_entries(tx, audience=Audience.INTERNAL)
            theirs = [each for each in stored if each.entry.category in meant]
            changed = [await entry_changes.change(tx, each.entry.id, {"category": new}, by) for each in theirs]
            return tuple(one for one, before in zip(changed, theirs, strict=True) if one.version != before.version)


def _spellings(name: str, known: Iterable[str | None]) -> frozenset[str]:
    names = [each for each in known if each is not None]
    found = frozenset(each for each in names if _folded(each) == _folded(name))
    if found:
        return found
    near = process.extract(
        name, names, scorer=fuzz.ratio, processor=_folded, limit=_MOST_SIMILAR, score_cutoff=_SIMILAR
    )
    raise CategoryNotFoundError(name, tuple(each for each, _, _ in near))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


__all__ = ["Catalogue", "EntryFilter", "StoredEntry"]

MOST_QUESTIONS = 1_000
_USUAL_DAYS = Validity()

_log = logging.getLogger(__name__)


class Catalogue:
    """List, show and change entries; a dry run of a change returns or refuses the same, and keeps nothing of it."""

    def __init__(self, *, database: Database, validity: Validity, periods: Periods = USUAL) -> None:
        self._database = database
        self._validity = validity
        self._clock = validity.clock
        self._periods = periods

    async def list(
        self, wanted: EntryFilter = EVERY_ENTRY, *, audience: Audience = Audience.INTERNAL
    ) -> tuple[StoredEntry, ...]:
        """Return the entries that a filter lets through, sorted by id."""
        async with self._database.snapshot() as tx:
            return await list_entries(tx, audience=audience, wanted=wanted)

    async def given(
        self, *, audience: Audience, text: str | None = None, place: ChannelRef | None = None
    ) -> tuple[StoredEntry, ...]:
        """Return the entries that an audience is answered from now in a place, and that hold a text, sorted by id."""
        day = None if self._validity.hedged else self._validity.today
        wanted = EntryFilter(status=Status.PUBLISHED, text=text, holds_on=day)
        return tuple(each for each in await self.list(wanted, audience=audience) if self.gives(each.entry, place))

    def gives(self, entry: Entry, place: ChannelRef | None = None) -> bool:
        """Return whether an entry that is published is answered with now in a place, or in any if none is named."""
        return not self._validity.at_once(self._validity.reader(Audience.INTERNAL), place).lacks(entry)

    async def show(self, entry_id: str, *, audience: Audience = Audience.INTERNAL) -> StoredEntry:
        """Return one entry."""
        async with self._database.snapshot() as tx:
            return await get_entry(tx, entry_id, audience=audience)

    async def add(self, entry: Entry, *, actor: str, dry_run: bool = False) -> StoredEntry:
        """Add an entry under an id that nobody has; one without an id gets one made from its question."""
        async with self._changing(dry_run=dry_run) as tx:
            named = entry if entry.id else replace(entry, id=await entry_changes.free_id(tx, entry.question))
            return await entry_changes.add(tx, named, By(actor=actor, at=self._clock()))

    async def edit(  # noqa: PLR0913  # what a moderator may say of a change
        self,
        entry_id: str,
        changes: Mapping[str, str | None],
        *,
        actor: str,
        reason: str | None = None,
        correct: bool = False,
        dry_run: bool = False,
    ) -> StoredEntry:
        """Change fields, named as in a file (`source.url` too); None empties one that may be empty.

        To `correct` is to tell everybody who was lately given another answer than the entry now has.
        """
        changed = await self.edit_each(
            [entry_id], changes, actor=actor, reason=reason, correct=correct, dry_run=dry_run
        )
        return changed[0]

    async def edit_each(  # noqa: PLR0913  # as above
        self,
        entry_ids: Sequence[str],
        changes: Mapping[str, str | None],
        *,
        actor: str,
        reason: str | None = None,
        correct: bool = False,
        dry_run: bool = False,
    ) -> tuple[StoredEntry, ...]:
        """Change the same fields of several entries, of all or of none."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._changing(dry_run=dry_run) as tx:
            changed = [await entry_changes.change(tx, entry_id, changes, by) for entry_id in dict.fromkeys(entry_ids)]
            for stored in changed if correct else ():
                await plan_corrections(tx, stored, by, periods=self._periods)
            return tuple(changed)

    async def add_alias(self, entry_id: str, text: str, *, actor: str, dry_run: bool = False) -> StoredEntry:
        """Add a phrasing to an entry; nothing changes when it has an equal one."""
        return await self.revise(entry_id, partial(with_alias, text=text), actor=actor, dry_run=dry_run)

    async def remove_alias(self, entry_id: str, text: str, *, actor: str, dry_run: bool = False) -> StoredEntry:
        """Remove an alias from an entry, however it is typed; the question stays, and so does one that has no such."""
        return await self.revise(entry_id, partial(without_alias, text=text), actor=actor, dry_run=dry_run)

    async def revise(  # noqa: PLR0913  # as above
        self,
        entry_id: str,
        change: Callable[[Entry], Entry],
        *,
        actor: str,
        reason: str | None = None,
        seen: int | None = None,
        correct: bool = False,
        dry_run: bool = False,
    ) -> StoredEntry:
        """Store what a function makes of an entry, checked as what a file says.

        Who names the version of the entry that they saw is refused if it has changed since. To `correct` is as above.
        """
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._changing(dry_run=dry_run) as tx:
            stored = await as_seen(tx, entry_id, seen)
            changed = await entry_changes.put(tx, stored, entry_changes.checked(change(stored.entry)), by)
            if correct:
                await plan_corrections(tx, changed, by, periods=self._periods)
            return changed

    @asynccontextmanager
    async def _changing(self, *, dry_run: bool) -> AsyncIterator[Transaction]:
        """Open a transaction in which what was looked at stays as it is until it is changed; a dry run gives it up."""
        async with self._database.transaction() as tx:
            await lock_content(tx)
            yield tx
            if dry_run:
                await tx.rollback()


async def as_seen(tx: Transaction, entry_id: str, seen: int | None) -> StoredEntry:
    """Return an entry that has not changed since somebody saw it in a version, where they name one."""
    stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
    if seen not in {None, stored.version}:
        raise EntryChangedError(entry_id, (await versions_of(tx, entry_id))[-1].actor)
    return stored


class ReplayService:
    """Decide past questions again as if entries had changed: the last ones, and those whose right entry is known.

    `labelled` is a file with more of the latter, as if asked in public by a mention. One change is tried at a time,
    in a thread and on copies of the indexes, which others go on asking.
    """

    def __init__(  # noqa: PLR0913  # the parts it works with
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        validity: Validity = _USUAL_DAYS,
        encode: Encode | None = None,
        questions: int = MOST_QUESTIONS,
        labelled: Path | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._validity = validity
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
        reader = self._validity.reader(audience)
        return await asyncio.to_thread(replay, copied, changes, theirs, reader=reader, thresholds=thresholds)

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

"""Import the entries of FAQ files, all or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Required, TypedDict, Unpack

from bot.core.models import Audience, Entry, Origin, Status
from bot.errors import InvalidInputError, Problem
from bot.formats import Collected, CollectedEntry, Document, Merged, collect
from bot.service import USUAL, Clock, Periods
from bot.service.deliveries import plan_corrections
from bot.service.entry_changes import By
from bot.service.import_plan import (
    Edits,
    Planned,
    brought_keys,
    content_problems,
    digest,
    id_problems,
    keys_of,
    merge,
    moderated_fields,
)
from bot.service.made_ids import with_ids_of_their_own
from bot.service.merging import merge_since
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction, audit, records
from bot.store.entries import begin_change, every_entry, lock_content
from bot.store.entry_changes import save_each
from bot.store.records import StoredEntry

_NONE: Mapping[str, Entry] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Name an entry of an import, the file and line of its (first) record, and what it was and will be."""

    id: str
    place: str
    before: Entry | None = field(default=None, compare=False)
    after: Entry | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFields:
    """Name an entry of which these fields stayed as moderators wrote them, although the file has others."""

    id: str
    place: str
    fields: tuple[str, ...]
    ours: Entry | None = field(default=None, compare=False)
    theirs: Entry | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Name an entry that came from the source and is not in it any more; what a person `edited` is never pruned."""

    entry: Entry
    edited: bool
    retired: bool = False

    @property
    def id(self) -> str:
        """Return the id of the entry."""
        return self.entry.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do: each entry is new, changed or unchanged, and may be merged or kept too.

    `told` is how many messages will say that an answer has changed.
    """

    new: tuple[Placed, ...]
    changed: tuple[Placed, ...]
    unchanged: tuple[Placed, ...]
    merged: tuple[Merged, ...]
    kept: tuple[KeptFields, ...]
    gone: tuple[Gone, ...] = ()
    told: int = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what is new, changed or retired as it will be."""
        stored = (each.after for each in (*self.new, *self.changed))
        retired = (replace(each.entry, status=Status.RETIRED) for each in self.gone if each.retired)
        return (*filter(None, stored), *retired)


class How(TypedDict, total=False):
    """What may be said of an import: see `ImportService.import_collected`."""

    source: str | None
    actor: Required[str]
    correct: bool
    prune: bool
    edits: Edits
    bases: Mapping[str, Entry]
    dry_run: bool


class ImportService:
    """Import FAQ files."""

    def __init__(self, *, database: Database, queue: ReviewQueue, clock: Clock, periods: Periods = USUAL) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._periods = periods

    async def import_documents(
        self, documents: Iterable[Document], *, audience: Audience = Audience.PUBLIC, **how: Unpack[How]
    ) -> ImportReport:
        """Import what documents hold, as `import_collected` does; `audience` is for records that name none."""
        return await self.import_collected(collect(documents, audience=audience), **how)

    async def import_collected(  # noqa: PLR0913  # what may be said of an import
        self,
        collected: Collected,
        *,
        source: str | None = None,
        actor: str,
        correct: bool = False,
        prune: bool = False,
        edits: Edits = Edits.KEPT,
        bases: Mapping[str, Entry] = _NONE,
        dry_run: bool = False,
    ) -> ImportReport:
        """Write what is new and what changed; raise an error with all problems when there is one.

        To `correct` is to tell everybody who was lately given another answer than an entry now has. To `prune` is to
        retire what a named source has no longer, unless a person edited it. The `bases` are what the files had of
        entries when they were written from here: what differs from them is newer. A dry run writes nothing, and tells
        nobody.
        """
        async with self._database.snapshot() if dry_run else self._database.transaction() as tx:
            if not dry_run:
                await lock_content(tx)
            ways = _Ways(source=source, edits=edits, bases=bases)
            same, stored = await _stored(tx, collected, ways)
            given, collected = collected, await with_ids_of_their_own(tx, collected, stored, same)
            if collected is not given:
                same, stored = await _stored(tx, collected, ways)
            plan, problems = await _plan(tx, collected, same, stored, ways)
            missing = _missing(plan, stored, ways)
            gone = [await _gone(tx, each, ways, prune=prune) for each in missing]
            retired = [stored.pop(each.id) for each in gone if each.retired]
            if problems := [*problems, *content_problems(plan, stored)]:
                raise InvalidInputError(tuple(problems))
            drafts = [_saved(planned, source) for planned in plan if planned.saves]
            drafts += _retired(retired, plan)
            told = 0
            if drafts and not dry_run:
                by = By(actor=actor, at=self._clock(), reason="import")
                change = await begin_change(tx, actor=by.actor, at=by.at, reason=by.reason)
                async for saved in save_each(tx, drafts, change=change):
                    told += await plan_corrections(tx, saved, by, periods=self._periods) if correct else 0
                if overtaken := [planned.entry.id for planned in plan if planned.is_overtaken]:
                    await self._queue.note_overtaken(tx, overtaken, at=by.at)
        drafts.clear()  # of a large table they and the report are not there at once
        return replace(_report(plan, collected.merged), told=told, gone=tuple(gone))


def _missing(plan: Sequence[Planned], stored: Mapping[str, StoredEntry], ways: "_Ways") -> list[StoredEntry]:
    """Return what was in the source, and is in it no more."""
    planned = {each.entry.id for each in plan}
    return [each for name, each in stored.items() if name not in planned and _is_of(each, ways)]


def _is_of(stored: StoredEntry, ways: "_Ways") -> bool:
    """Return whether an entry was in the source, which has a name, and is not retired."""
    base, came = ways.bases.get(stored.entry.id), stored.imported
    if base is not None:
        was_there = base.status is not Status.RETIRED
    else:
        was_there = ways.source is not None and came is not None and came.source == ways.source
    return was_there and stored.entry.status is not Status.RETIRED


async def _gone(tx: Transaction, stored: StoredEntry, ways: "_Ways", *, prune: bool) -> Gone:
    base = ways.bases.get(stored.entry.id)
    if base is None:
        edited = bool(moderated_fields(await audit.read(tx, f"entry:{stored.entry.id}")))
        return Gone(entry=stored.entry, edited=edited, retired=prune and not edited)
    edited = stored.entry != base
    return Gone(entry=stored.entry, edited=edited, retired=prune and (not edited or ways.edits is Edits.THEIRS))


def _retired(retired: Sequence[StoredEntry], plan: Sequence[Planned]) -> Iterator[records.Draft]:
    """Yield entries out of use, without a phrasing where another entry now has one of them, as under another id.

    They have no digest, since they come back when the source has them again.
    """
    brought = set(brought_keys(plan)) if retired else set()
    for stored in retired:
        yield records.Draft(
            entry=replace(stored.entry, status=Status.RETIRED),
            origin=Origin.IMPORT,
            imported=stored.imported and replace(stored.imported, digest=""),
            released=not brought.isdisjoint(keys_of(stored.entry)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ways:
    """How an import is meant: from which source, and how it treats edits."""

    source: str | None
    edits: Edits
    bases: Mapping[str, Entry]

    def is_same(self, draft: CollectedEntry, stored: StoredEntry) -> bool:
        """Return whether the files say of an entry what they said before, and no edit is to give way to that."""
        base = self.bases.get(stored.entry.id)
        if base is not None:
            return draft.entry == base
        known = stored.imported
        if known is None or (known.digest, known.source) != (digest(draft), self.source):
            return False
        return self.edits is not Edits.THEIRS or draft.entry == stored.entry


async def _stored(
    tx: Transaction, collected: Collected, ways: _Ways
) -> tuple[dict[str, Entry], dict[str, StoredEntry]]:
    """Return the entries of which the files say what they said, and all others with what else is stored of them.

    What reads as in the file is not held twice: of a hundred thousand entries that is most of the memory.
    """
    drafts = {draft.entry.id: draft for draft in collected.entries}
    same: dict[str, Entry] = {}
    others: dict[str, StoredEntry] = {}
    async for each in every_entry(tx):
        draft = drafts.get(each.entry.id)
        if draft is None or not ways.is_same(draft, each):
            others[each.entry.id] = each
        else:
            same[each.entry.id] = draft.entry if draft.entry == each.entry else each.entry
    return same, others


async def _plan(
    tx: Transaction,
    collected: Collected,
    same: Mapping[str, Entry],
    stored: Mapping[str, StoredEntry],
    ways: _Ways,
) -> tuple[list[Planned], list[Problem]]:
    """Return what to do about each draft, and what speaks against it by itself."""
    plan: list[Planned] = []
    problems = list(collected.problems)
    for draft in collected.entries:
        old = stored.get(draft.entry.id)
        if draft.entry.id in same:
            entry = same[draft.entry.id]
            plan.append(Planned(draft=draft, entry=entry, passages=draft.passages, before=entry))
        elif old is None:
            plan.append(Planned(draft=draft, entry=draft.entry, passages=draft.passages))
        elif (base := ways.bases.get(draft.entry.id)) is not None:
            plan.append(merge_since(old, draft, base=base, theirs=ways.edits is Edits.THEIRS))
        else:
            history = await audit.read(tx, f"entry:{draft.entry.id}")
            if found := tuple(id_problems(draft, old, history, source=ways.source)):
                problems += found
            else:
                moderated = frozenset[str]() if ways.edits is Edits.THEIRS else moderated_fields(history)
                merged = merge(old, draft, moderated=moderated)
                plan.append(replace(merged, settled=ways.edits is Edits.OURS))
    return plan, problems


def _saved(planned: Planned, source: str | None) -> records.Draft:
    imported = records.Imported(digest=digest(planned.draft), source=source, passages=planned.passages)
    return records.Draft(entry=planned.entry, origin=Origin.IMPORT, imported=imported)


def _report(plan: Sequence[Planned], merged: tuple[Merged, ...]) -> ImportReport:
    def placed(*, new: bool, changes: bool) -> tuple[Placed, ...]:
        found = (each for each in plan if (each.before is None, each.changes) == (new, changes))
        return tuple(
            Placed(id=each.entry.id, place=each.draft.place, before=each.before, after=each.entry) for each in found
        )

    kept = (
        KeptFields(id=each.entry.id, place=each.draft.place, fields=each.kept, ours=each.entry, theirs=each.draft.entry)
        for each in plan
        if each.kept
    )
    return ImportReport(
        new=placed(new=True, changes=True),
        changed=placed(new=False, changes=True),
        unchanged=placed(new=False, changes=False),
        merged=merged,
        kept=tuple(kept),
    )

"""Import the entries of FAQ files, all or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.core.models import Audience, Origin
from bot.errors import InvalidInputError
from bot.formats import Collected, Document, Merged, collect
from bot.service import USUAL, Clock, Periods
from bot.service.deliveries import plan_corrections
from bot.service.entry_changes import By
from bot.service.import_plan import Planned, content_problems, digest, id_problems, merge, moderated_fields
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction, audit, records
from bot.store.entries import begin_change, list_entries, lock_content
from bot.store.entry_changes import save_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Name an entry of an import, and the file and line of its (first) record."""

    id: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFields:
    """Name an entry of which these fields stayed as moderators wrote them, although the file has others."""

    id: str
    place: str
    fields: tuple[str, ...]


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
    told: int = 0


class ImportService:
    """Import FAQ files."""

    def __init__(self, *, database: Database, queue: ReviewQueue, clock: Clock, periods: Periods = USUAL) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._periods = periods

    async def import_documents(  # noqa: PLR0913  # what may be said of an import
        self,
        documents: Sequence[Document],
        *,
        source: str | None = None,
        audience: Audience = Audience.PUBLIC,
        actor: str,
        correct: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Write what is new and what changed; raise an error with all problems when there is one.

        `audience` is for records that name none. To `correct` is to tell everybody who was lately given another answer
        than an entry now has. A dry run writes nothing, and tells nobody.
        """
        collected = collect(documents, audience=audience)
        named = frozenset(record.id for document in documents for record in document.records if record.id)
        async with self._database.snapshot() if dry_run else self._database.transaction() as tx:
            if not dry_run:
                await lock_content(tx)
            plan = await _plan(tx, collected, source=source, named=named)
            drafts = [_saved(planned, source) for planned in plan if planned.changes]
            told = 0
            if drafts and not dry_run:
                by = By(actor=actor, at=self._clock(), reason="import")
                change = await begin_change(tx, actor=by.actor, at=by.at, reason=by.reason)
                for stored in await save_entries(tx, drafts, change=change):
                    told += await plan_corrections(tx, stored, by, periods=self._periods) if correct else 0
                if overtaken := [planned.entry.id for planned in plan if planned.is_overtaken]:
                    await self._queue.note_overtaken(tx, overtaken, at=by.at)
        return replace(_report(plan, collected.merged), told=told)


async def _plan(
    tx: Transaction, collected: Collected, *, source: str | None, named: Collection[str]
) -> tuple[Planned, ...]:
    """Return what to do about each draft, or raise an error with everything that speaks against it."""
    stored = {each.entry.id: each for each in await list_entries(tx, audience=Audience.INTERNAL)}
    plan: list[Planned] = []
    problems = list(collected.problems)
    for draft in collected.entries:
        old = stored.get(draft.entry.id)
        if old is None:
            plan.append(Planned(draft=draft, entry=draft.entry, passages=draft.passages))
        elif old.imported is not None and (old.imported.digest, old.imported.source) == (digest(draft), source):
            plan.append(Planned(draft=draft, entry=old.entry, passages=old.imported.passages, stored=old))
        else:
            history = await audit.read(tx, f"entry:{draft.entry.id}")
            if found := tuple(id_problems(draft, old, history, source=source, named=draft.entry.id in named)):
                problems += found
            else:
                plan.append(merge(old, draft, moderated=moderated_fields(history)))
    problems += content_problems(plan, stored)
    if problems:
        raise InvalidInputError(tuple(problems))
    return tuple(plan)


def _saved(planned: Planned, source: str | None) -> records.Draft:
    imported = records.Imported(digest=digest(planned.draft), source=source, passages=planned.passages)
    return records.Draft(entry=planned.entry, origin=Origin.IMPORT, imported=imported)


def _report(plan: Sequence[Planned], merged: tuple[Merged, ...]) -> ImportReport:
    def placed(*, new: bool, changes: bool) -> tuple[Placed, ...]:
        found = (each for each in plan if (each.stored is None, each.changes) == (new, changes))
        return tuple(Placed(id=each.entry.id, place=each.draft.place) for each in found)

    kept = (KeptFields(id=each.entry.id, place=each.draft.place, fields=each.kept) for each in plan if each.kept)
    return ImportReport(
        new=placed(new=True, changes=True),
        changed=placed(new=False, changes=True),
        unchanged=placed(new=False, changes=False),
        merged=merged,
        kept=tuple(kept),
    )

"""Check the entries of the store, or of files, and mend what needs no person."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from itertools import chain

from bot.core.checking.answers import mended
from bot.core.checking.examining import Examined, Missing, Rules, Used, examine, examine_alone, in_usage
from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, in_order
from bot.core.models import Audience, Status, Surface
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode, Model
from bot.errors import Problem
from bot.formats import Document, collect
from bot.service import Clock, entry_changes
from bot.service.entry_changes import By
from bot.service.knowledge import AppliedThresholds, Knowledge
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction
from bot.store.behaviour import last_applied
from bot.store.dated import Flaw
from bot.store.entries import content_version, entries_after, list_entries, lock_content
from bot.store.figures import Dimension, Scope
from bot.store.records import StoredEntry
from bot.store.stats import count_questions, largest_gaps, use_of_entries

# What was asked in so long a time tells which entries are of use.
USAGE = timedelta(days=90)
_MOST_GAPS = 10
# Comparing grows with the square of the entries.
_MOST_COMPARED = 1_000
_IN_REVIEW_OTHERWISE = frozenset({Check.OVERDUE})
_AN_INSTANT = timedelta(microseconds=1)
_REASON = "faq check --fix"


@dataclass(frozen=True, slots=True)
class Checker:
    """What texts are compared with, and which links are allowed: all that a check of files needs."""

    lexicon: Lexicon
    encoders: Mapping[Model, Encode]
    domains: Collection[str] = ()

    def rules(self, today: date) -> Rules:
        """Return what entries are checked by on a day."""
        return Rules(lexicon=self.lexicon, today=today, domains=self.domains, encoders=self.encoders)

    def check_documents(self, documents: Sequence[Document], *, today: date) -> Examined:
        """Return what is wrong with the entries of files, and with the files."""
        collected = collect(documents)
        checked = [Checked(entry=one.entry, place=one.place, excerpt=one.excerpt) for one in collected.entries]
        listed = {name for document in documents for name in document.categories}
        found = examine(checked, replace(self.rules(today), categories=listed))
        doubts = [each.problem for document in documents for each in document.doubtful]
        refused = [_unread(problem, Severity.ERROR) for problem in collected.problems]
        left_out = [_unread(problem, Severity.WARNING) for problem in doubts]
        return replace(found, findings=in_order([*refused, *left_out, *found.findings]))


@dataclass(frozen=True, slots=True)
class _Alone:
    """What is wrong with entries by themselves, by the ids of those with flaws, as of a content version and a day."""

    version: int
    day: date
    found: Mapping[str, Sequence[CheckFinding]]


def _found_alone(stored: Sequence[StoredEntry], rules: Rules) -> Mapping[str, Sequence[CheckFinding]]:
    """Return what is wrong with each of these entries by itself, which may be nothing."""
    found: dict[str, list[CheckFinding]] = {each.entry.id: [] for each in stored}
    for each in examine_alone([Checked(entry=one.entry) for one in stored], rules).findings:
        if each.entry_id is not None:
            found[each.entry_id].append(each)
    return found


class CheckService:
    """Check the entries of a store, also by what was asked; mend some of them."""

    def __init__(  # noqa: PLR0913  # what a check goes by
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        checker: Checker,
        clock: Clock,
        fewest_askers: int,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._noted: tuple[int, date] | None = None
        self._alone: _Alone | None = None
        self._checker = checker
        self._clock = clock
        self._fewest_askers = fewest_askers

    async def check(self) -> Examined:
        """Return what is wrong with the entries."""
        async with self._database.snapshot() as tx:
            stored = await list_entries(tx, audience=Audience.INTERNAL)
            applied = AppliedThresholds(await last_applied(tx))
            used = await self._usage(tx, stored)
        found = await self._compared(stored, applied)
        return replace(found, findings=in_order([*found.findings, *used]))

    async def note_flaws(self) -> None:
        """Open a review item for each thing that is wrong with a published entry, and close those of what is mended.

        What was looked at once is looked at again when entries change, and each day, for the dates in them. Notes and
        dates of entries are left out, and so is what only words make of phrasings. With very many entries none is
        compared with others, and only those that changed are looked at again: all of them would take the time in which
        questions are answered.
        """
        today = self._clock().astimezone(UTC).date()
        async with self._database.snapshot() as tx:
            version = await content_version(tx)
            if (version, today) == self._noted:
                return
            if self._alone is not None and self._alone.day == today and self._alone.version < version:
                stored = await entries_after(tx, self._alone.version)
            else:
                stored = await list_entries(tx, audience=Audience.INTERNAL)
                self._alone = None
            applied = AppliedThresholds(await last_applied(tx))
        if self._alone is None and len(stored) <= _MOST_COMPARED:
            examined = await self._compared(stored, applied)
            findings, by_words = examined.findings, examined.by_words
        else:
            rules, earlier = self._checker.rules(today), {} if self._alone is None else self._alone.found
            found = await asyncio.to_thread(_found_alone, stored, rules)
            self._alone = _Alone(version, today, {name: some for name, some in {**earlier, **found}.items() if some})
            findings, by_words = in_order(chain.from_iterable(self._alone.found.values())), 0
        left_out = _IN_REVIEW_OTHERWISE | ({Check.CONFUSED} if by_words else set())
        flaws = [
            Flaw(each.entry_id, f"{each.what}; {each.remedy}")
            for each in findings
            if each.entry_id is not None and each.severity is not Severity.NOTE and each.check not in left_out
        ]
        await self._queue.note_flaws(flaws, at=self._clock())
        self._noted = (version, today)

    async def _compared(self, stored: Sequence[StoredEntry], applied: AppliedThresholds) -> Examined:
        rules = replace(
            self._checker.rules(self._clock().astimezone(UTC).date()),
            known=await self._knowledge.stored_vectors(),
            thresholds_of=lambda scorer: applied.in_use(Surface.MENTION, scorer),
        )
        return await asyncio.to_thread(examine, [Checked(entry=each.entry) for each in stored], rules)

    async def fix(self, *, actor: str) -> tuple[StoredEntry, ...]:
        """Mend all that needs no person, and return the entries that this changed."""
        by = By(actor=actor, at=self._clock(), reason=_REASON)
        async with self._database.transaction() as tx:
            await lock_content(tx)
            stored = await list_entries(tx, audience=Audience.INTERNAL)
            live = [each for each in stored if each.entry.status is not Status.RETIRED]
            better = [(each, mended(each.entry, self._checker.domains)) for each in live]
            changed = [(each, entry) for each, entry in better if entry != each.entry]
            return tuple([await entry_changes.put(tx, each, entry, by) for each, entry in changed])

    async def _usage(self, tx: Transaction, stored: Sequence[StoredEntry]) -> tuple[CheckFinding, ...]:
        now = self._clock()
        scope = Scope(since=now - USAGE, until=now + _AN_INSTANT, audience=Audience.INTERNAL)
        asked = (await count_questions(tx, scope, Dimension.ENTRY))[Dimension.ENTRY]
        gaps = await largest_gaps(tx, scope, fewest_askers=self._fewest_askers, limit=_MOST_GAPS)
        new = {each.entry.id for each in stored if each.updated_at > scope.since}
        used = [
            Used(entry_id=one.id, asked=one.asked, helpful=one.helpful, wrong=one.wrong, is_new=one.id in new)
            for one in await use_of_entries(tx, scope, asked)
        ]
        missing = [Missing(text=gap.text, askers=gap.askers) for gap in gaps]
        return tuple(in_usage(used, missing, days=USAGE.days))


def _unread(problem: Problem, severity: Severity) -> CheckFinding:
    place = problem.where if problem.line is None else f"{problem.where}:{problem.line}"
    return CheckFinding(
        check=Check.UNREADABLE,
        severity=severity,
        what=problem.what,
        remedy=problem.remedy,
        field=problem.field,
        place=place,
    )

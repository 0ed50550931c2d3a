"""Propose thresholds from what people said of decisions, and apply them."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from bot.core.deciding.adaptation import FEWEST, OwnPhrasings
from bot.core.deciding.decision import Thresholds, adapted, built_in, prior_of
from bot.core.deciding.evaluation import ask_own
from bot.core.deciding.ranking import LEXICAL, MULTILINGUAL, SEMANTIC, Ranking
from bot.core.deciding.replays import Authority, Truth, truth
from bot.core.deciding.tuning import Goal, GradedDecision, Group, Measured, Tuning, graded_of, measured, seen_of, tune
from bot.core.models import Audience
from bot.core.searching.entry_index import EntryIndex
from bot.service import Clock
from bot.service.background import uncollected
from bot.service.knowledge import Knowledge
from bot.store import Database, Transaction, audit
from bot.store.behaviour import Applied, apply
from bot.store.grades import GradableDecision, recent, spoken_of
from bot.store.records import AuditRecord

PRECISION = 0.95
ITSELF = "faqbot"
"""Names in the audit log what the bot does by itself."""
# By less than this, in log-odds, nothing is worth a change.
_MOVED = 0.1
# Coverage is counted over so many decisions of late; older ones say little of what comes next.
RECENT = 2_000
# A copy of more entries would hold up the event loop.
MOST_COPIED = 4_000
MOST_GRADED = 10_000
# Lists of choices that shall hold the right entry: where nobody asked the bot, a useless one is worse.
_CHOICES: Mapping[Group, float] = {Group.ASKED: 0.5, Group.AMBIENT: 0.75}

_Indexes = Mapping[Audience, EntryIndex]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Count what was said and not used.

    It was of a decision by another scorer, whose confidence means something else; people disagreed; or it was about
    the same words, which count once.
    """

    other_scorer: int = 0
    disputed: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the graded decisions of a platform today's thresholds answer, and how many rightly."""

    platform: str
    graded: int
    today: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTuning:
    """The proposal for a group of surfaces, and whose grades it rests on; without a scorer nothing was asked."""

    group: Group
    scorer: str | None
    tuning: Tuning
    said_by: Mapping[Authority, int]
    left_out: LeftOut
    platforms: tuple[Share, ...]

    @property
    def change(self) -> Thresholds | None:
        """Return the thresholds to apply, None where there are none, or none but today's."""
        proposed = self.tuning.proposed
        if proposed is None or proposed.thresholds == self.tuning.today.thresholds:
            return None
        return proposed.thresholds


@dataclass(frozen=True, slots=True)
class _Known:
    """A decision of which it is known what was right."""

    decided: GradableDecision
    truth: Truth
    graded: GradedDecision


@dataclass(frozen=True, slots=True)
class _Rankings:
    """The rankings of decisions as they were logged; new ones would know what was learnt from them."""

    indexes: _Indexes
    nothing: float

    def of(self, decided: GradableDecision) -> Ranking:
        """Return a decision's ranking, with the confidence that it has today."""
        matches = adapted(decided.candidates, self.nothing)
        return Ranking(self.indexes[decided.audience].query(decided.text), matches, decided.scorer_version)


class _Change(NamedTuple):
    """Thresholds of a group for a scorer, before and after."""

    group: Group
    scorer: str
    before: Thresholds
    after: Thresholds


class TuningService:
    """Propose thresholds, and change them only when told to."""

    def __init__(self, *, database: Database, knowledge: Knowledge, clock: Clock) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._asked: dict[tuple[str, int], OwnPhrasings] = {}

    async def propose(self, *, precision: float = PRECISION) -> tuple[GroupTuning, ...]:
        """Return for each group of surfaces what today's thresholds do, and which ones would do better."""
        with uncollected():
            async with self._database.snapshot() as tx:
                latest, spoken = await recent(tx, limit=RECENT), await spoken_of(tx, limit=MOST_GRADED)
            # Copied, since others may change them while a thread reads.
            indexes = {audience: (await self._knowledge.index(audience)).entries.copy() for audience in Audience}

            def tuned() -> tuple[GroupTuning, ...]:
                return tuple(self._tuned(group, latest, spoken, indexes, precision) for group in Group)

            return await asyncio.to_thread(tuned)

    async def apply(self, found: Iterable[GroupTuning], *, actor: str) -> tuple[GroupTuning, ...]:
        """Apply proposals from the next question on, in every process; return those that change something."""
        changes: list[GroupTuning] = []
        async with self._database.transaction() as tx:
            for one in found:
                if one.change is not None and one.scorer is not None:
                    changes.append(one)
                    reason = f"{one.tuning.graded} graded decisions, precision {one.tuning.goal.precision:g}"
                    wanted = _Change(one.group, one.scorer, one.tuning.today.thresholds, one.change)
                    await self._change(tx, wanted, actor=actor, action="apply", reason=reason)
        return tuple(changes)

    async def _change(self, tx: Transaction, wanted: _Change, *, actor: str, action: str, reason: str | None) -> None:
        at, scorer, thresholds = self._clock(), wanted.scorer, wanted.after
        surfaces = wanted.group.surfaces
        applied = [Applied(surface=one, scorer_version=scorer, thresholds=thresholds) for one in surfaces]
        await apply(tx, applied, actor=actor, at=at)
        record = AuditRecord(
            actor=actor,
            action=action,
            object=f"thresholds:{wanted.group}",
            at=at,
            reason=reason,
            before=asdict(wanted.before),
            after={**asdict(thresholds), "scorer_version": scorer},
        )
        await audit.append(tx, record)

    async def reset(self, *, actor: str) -> tuple[Group, ...]:
        """Restore the built-in thresholds, adapted as they are to the log; return the groups that this changes."""
        async with self._database.snapshot() as tx:
            latest = await recent(tx, limit=RECENT)
        await self._knowledge.index(Audience.PUBLIC)  # and with it what is applied by now
        changes = [change for group in Group if (change := self._back(group, latest)) is not None]
        async with self._database.transaction() as tx:
            for change in changes:
                await self._change(tx, change, actor=actor, action="reset", reason=None)
        return tuple(change.group for change in changes)

    def _back(self, group: Group, latest: Sequence[GradableDecision]) -> _Change | None:
        scorer = scorer_in_use(Counter(one.scorer_version for one in latest if one.surface in group.surfaces))
        if scorer is None:
            return None
        today = self._knowledge.applied.in_use(group.surfaces[0], scorer)
        usual = replace(built_in(group.surfaces[0], scorer), nothing=today.nothing)
        return None if usual == today else _Change(group, scorer, today, usual)

    async def adapt(self) -> None:
        """Have thresholds count in by how much "nothing fits" is likelier here, once the log tells and that moved.

        A store's own phrasings are asked beside the event loop, once for each change of its entries.
        """
        async with self._database.snapshot() as tx:
            latest = await recent(tx, limit=RECENT)
        await self._knowledge.index(Audience.PUBLIC)  # and with it what is applied by now
        for group in Group:
            mine = [one for one in latest if one.surface in group.surfaces]
            scorer = scorer_in_use(Counter(one.scorer_version for one in mine))
            if scorer is not None:
                await self._adapt(group, scorer, [one for one in mine if one.scorer_version == scorer])

    async def _adapt(self, group: Group, scorer: str, latest: Sequence[GradableDecision]) -> None:
        today = self._knowledge.applied.in_use(group.surfaces[0], scorer)
        own = await self._own(scorer) if len(latest) >= FEWEST else None
        prior = prior_of([one.candidates for one in latest], scorer, own)
        if prior is None or abs(prior.nothing - today.nothing) < _MOVED:
            return
        wanted = _Change(group, scorer, today, replace(today, nothing=prior.nothing))
        reason = f"{prior.share:.0%} of {prior.questions} questions fit nothing"
        async with self._database.transaction() as tx:
            await self._change(tx, wanted, actor=ITSELF, action="adapt", reason=reason)

    async def _own(self, scorer: str) -> OwnPhrasings | None:
        known = await self._knowledge.index(Audience.PUBLIC)
        if len(known.entries) > MOST_COPIED:
            return None
        key = scorer, known.content_version
        if key not in self._asked:
            copied = known.entries.copy()  # others may change it while a thread asks
            own = await asyncio.to_thread(ask_own, copied, scorer, await self._knowledge.stored_vectors())
            self._asked = {each: found for each, found in self._asked.items() if each[1] == known.content_version}
            self._asked[key] = own
        return self._asked[key]

    def _tuned(
        self,
        group: Group,
        latest: Sequence[GradableDecision],
        spoken: Sequence[GradableDecision],
        indexes: _Indexes,
        precision: float,
    ) -> GroupTuning:
        latest = [one for one in latest if one.surface in group.surfaces]
        scorer = scorer_in_use(Counter(one.scorer_version for one in latest))
        today = self._knowledge.applied.in_use(group.surfaces[0], scorer or "")
        rankings = _Rankings(indexes, today.nothing)
        known, left_out = _known([one for one in spoken if one.surface in group.surfaces], scorer, rankings)
        seen = [seen_of(rankings.of(one)) for one in latest if one.scorer_version == scorer]
        goal = Goal(precision=precision, choices=_CHOICES[group])
        return GroupTuning(
            group=group,
            scorer=scorer,
            tuning=tune([one.graded for one in known], seen, today=today, goal=goal),
            said_by=Counter(one.truth.by for one in known),
            left_out=left_out,
            platforms=_platforms(known, today),
        )


def scorer_in_use(latest: Mapping[str, int]) -> str | None:
    """Return the scorer of this version that made most of the latest decisions, None where it made none of them.

    The log tells it better than this process, which may have no sentence encoder where the bot has one.
    """
    mine = {scorer: latest.get(scorer, 0) for scorer in (LEXICAL, SEMANTIC, MULTILINGUAL)}
    most = max(mine, key=lambda scorer: mine[scorer])
    return most if mine[most] else None


def _known(spoken: Sequence[GradableDecision], scorer: str | None, rankings: _Rankings) -> tuple[list[_Known], LeftOut]:
    """Return the decisions of a scorer of which it is known what was right, those on the same words as one."""
    mine = [one for one in spoken if one.scorer_version == scorer]
    truths = [(one, truth(one.said, one.candidates[0].entry_id)) for one in mine]
    clear = [(one, found) for one, found in truths if found is not None]
    # The weightiest word comes last and stays, and of those that weigh the same the newest.
    clear.sort(key=lambda pair: (pair[1].by, pair[0].asked_at))
    distinct = {(one.audience, one.normalised): (one, found) for one, found in clear}
    left_out = LeftOut(
        other_scorer=len(spoken) - len(mine),
        disputed=len(mine) - len(clear),
        repeated=len(clear) - len(distinct),
    )
    return [
        _Known(one, found, graded_of(rankings.of(one), found.entry_id)) for one, found in distinct.values()
    ], left_out


def _platforms(known: Sequence[_Known], today: Thresholds) -> tuple[Share, ...]:
    parts: dict[str, list[GradedDecision]] = {}
    for one in known:
        parts.setdefault(one.decided.platform, []).append(one.graded)
    return tuple(
        Share(platform=name, graded=len(part), today=measured(part, [one.seen for one in part], thresholds=today))
        for name, part in sorted(parts.items())
    )

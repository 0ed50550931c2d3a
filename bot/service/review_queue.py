"""Define an item of the review, and add questions to the open item that each resembles, or open one."""

import asyncio
import gc
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.core.deciding.wordings import SortedWordings
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.review import ReviewItem
from bot.core.searching.groups import Groups, Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode, Model
from bot.service.background import Background, uncollected
from bot.service.meanings import QuestionMeanings
from bot.service.resolutions import Act, Proposal, close, set_apart
from bot.store import Database, Transaction
from bot.store.dated import DatedEntry, Flaw, compare_flaws, newly_dated, not_in_review, settled
from bot.store.feedback import Suggestion, Taken, TakenAlike
from bot.store.items import get_item
from bot.store.queue import (
    Member,
    QueueCandidate,
    begin_version,
    candidate,
    change_item,
    members,
    open_item,
    outside,
    put_into,
    queue_version,
)
from bot.store.records import AuditRecord, StoredEntry, to_item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An item with its suggestions and its history."""

    item: ReviewItem
    suggestions: tuple[Suggestion, ...]
    history: tuple[AuditRecord, ...]

    def may_publish(self, suggestion: Suggestion) -> bool:
        """Return whether a suggestion may become an answer as it stands: its author agrees, or staff alone read it."""
        return suggestion.consented or self.item.audience is not Audience.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An item after an action, the entry that answers it if one does, and how many people are notified.

    `apart` is the item that keeps open what differs from the entry.
    """

    item: ReviewItem
    entry: StoredEntry | None = None
    told: int = 0
    wordings: SortedWordings | None = None
    apart: str | None = None


async def resolved(  # noqa: PLR0913  # how an item is closed
    act: Act,
    status: ItemStatus,
    stored: StoredEntry,
    proposal: Proposal,
    *,
    is_taken: Taken,
    is_used: Taken = lambda _: False,
    accepted: str | None,
    lasting: timedelta,
) -> Reviewed:
    """Close an item with an entry; what differs from that stays open."""
    apart = await set_apart(act, proposal.wordings)
    told = await close(
        act,
        status,
        stored=stored,
        is_taken=is_taken,
        is_used=is_used,
        accepted=accepted,
        lasting=lasting,
        aliases=list(proposal.aliases),
    )
    item = await get_item(act.tx, act.item.id, at=act.by.at)
    return Reviewed(item=item, entry=stored, told=told, wordings=proposal.wordings, apart=apart)


_AT_ONCE = 100
# So many questions stay: to look through all of them for garbage would hold up everybody for 100 ms at times.
_MANY = 10_000
# So many are encoded while the next question waits for them, and together with others later.
_FEW = 16
# With no more changes than this, a transaction that has the lock reads them itself.
_NEAR = 4
MOST_FLAWS = 20
# Who closes an item that nobody has to act on any more.
ITSELF = "faqbot"


class _Place(NamedTuple):
    audience: Audience
    item: int
    text: str


class ReviewQueue:
    """Index the texts of the open items of each audience, and find the item that a question belongs to.

    It follows the store, and is never ahead of it: what a transaction does it learns from the next one. A change of
    the queue holds a lock on its version, so that two questions that come at once do not open two items.
    """

    def __init__(
        self, database: Database, lexicon: Lexicon, encoders: Mapping[Model, Encode], *, background: Background
    ) -> None:
        self._database = database
        self._lexicon = lexicon
        self._meanings = QuestionMeanings(lexicon, encoders)
        self._background = background
        self._turn = asyncio.Lock()
        self._forget()

    def _forget(self) -> None:
        self._version = 0
        self._groups: defaultdict[Audience, Groups] = defaultdict(lambda: Groups(self._lexicon))
        self._places: dict[int, _Place] = {}

    async def prepare(self, text: str | None = None) -> None:
        """Read what there is, and encode the text of a question, so that a transaction that has the lock need not."""
        if text is not None:
            await self._meanings.of([text])
        async with self._database.reading_alone() as alone:
            version = await queue_version(alone)
        if self._version and 0 <= version - self._version <= _NEAR:
            return
        async with self._database.snapshot() as tx:
            await self._follow(tx, await queue_version(tx))

    async def join(self, tx: Transaction, question_id: str, *, at: datetime) -> str:
        """Add a question of the log to the item that it belongs to, and return the item's id."""
        version = await begin_version(tx)
        await self._follow(tx, version - 1)
        asked = await candidate(tx, question_id)
        if asked.question in self._places:
            return to_item_id(self._places[asked.question].item)
        (meaning,) = await self._meanings.of([asked.text])
        item = self._groups[asked.audience].resembling(asked.text, meaning)
        if item is None:
            kind = ItemKind.UNANSWERED if asked.entry_id is None else ItemKind.RATED
            item = await open_item(tx, kind, asked, version=version, at=at)
        await put_into(tx, item, [asked.question], version=version)
        return to_item_id(item)

    async def suggest(self, tx: Transaction, taken: TakenAlike, entry_id: str, *, at: datetime) -> str | None:
        """Open an item in which words are suggested for an entry, and return its id; None where they wait already.

        No question joins it by likeness: the words that were chosen are suggested, and no others.
        """
        version = await begin_version(tx)
        free = await outside(tx, taken.questions)
        if not free:
            return None
        about = QueueCandidate(0, taken.audience, "", entry_id)
        item = await open_item(tx, ItemKind.CHOSEN, about, version=version, at=at)
        await put_into(tx, item, free, version=version)
        return to_item_id(item)

    async def note_dates(self, *, at: datetime) -> None:
        """Open an item for each entry of which a date has come, for its owner; close those about dates that moved."""
        today = at.astimezone(UTC).date()
        async with self._database.snapshot() as tx:
            if not (await newly_dated(tx, today=today) or await settled(tx, today=today)):
                return
        async with self._database.transaction() as tx:
            version = await begin_version(tx)
            await _open_dated(tx, await newly_dated(tx, today=today), version=version, at=at)
            for number, entry_id in await settled(tx, today=today):
                await _close_itself(tx, number, entry_id, version=version, at=at)

    async def note_overtaken(self, tx: Transaction, entry_ids: Sequence[str], *, at: datetime) -> None:
        """Open an item for each entry whose source is newer than the answer that a moderator gave it."""
        version = await begin_version(tx)
        await _open_dated(tx, await not_in_review(tx, ItemKind.OVERTAKEN, entry_ids), version=version, at=at)

    async def note_flaws(self, found: Collection[Flaw], *, at: datetime) -> None:
        """Open an item for each thing that a check found in a published entry, for its owner; close those mended.

        Few are open at a time: a large import is not to bury what people asked.
        """
        async with self._database.snapshot() as tx:
            if not any(await compare_flaws(tx, found, most=MOST_FLAWS)):
                return
        async with self._database.transaction() as tx:
            version = await begin_version(tx)
            flaws = await compare_flaws(tx, found, most=MOST_FLAWS)
            for number, entry_id in flaws.mended:
                await _close_itself(tx, number, entry_id, version=version, at=at)
            for flaw, entry_version, audience, owner in flaws.new:
                await open_item(
                    tx,
                    ItemKind.FLAWED,
                    QueueCandidate(0, audience, "", flaw.entry_id),
                    version=version,
                    at=at,
                    assignee=owner,
                    finding=flaw.finding,
                    entry_version=entry_version,
                )

    async def _follow(self, tx: Transaction, version: int) -> None:
        """Apply what others changed up to a version."""
        async with self._turn:
            if version < self._version:  # the database was restored from a copy, or a transaction was given up
                self._forget()
            if version > self._version:
                with nullcontext() if self._version else uncollected():
                    async for changed in members(tx, since=self._version):
                        await self._place_all(changed)
                    if not self._version and len(self._places) >= _MANY:
                        gc.freeze()
                self._version = version

    async def _place_all(self, changed: Sequence[Member]) -> None:
        """Apply where questions are, and let others run in between."""
        many = len(changed) > _FEW
        for start in range(0, len(changed), _AT_ONCE):
            some = changed[start : start + _AT_ONCE]
            meanings = [None] * len(some) if many else await self._meanings_of(some)
            for member, meaning in zip(some, meanings, strict=True):
                self._place(member, meaning)
            await asyncio.sleep(0)
        if many and self._meanings:
            self._background.start(self._teach(self._groups, [member for member in changed if member.item is not None]))

    async def _teach(self, groups: Mapping[Audience, Groups], members: Sequence[Member]) -> None:
        """Encode questions of a long queue while others are answered: until then they are found by their words."""
        for start in range(0, len(members), _FEW):
            some = members[start : start + _FEW]
            for member, meaning in zip(some, await self._meanings_of(some), strict=True):
                if member.item is not None and member.text is not None and meaning is not None:
                    groups[member.audience].learn(member.item, member.text, meaning)

    async def _meanings_of(self, members: Sequence[Member]) -> Sequence[Meaning | None]:
        return await self._meanings.of([member.text or "" for member in members])

    def _place(self, member: Member, meaning: Meaning | None) -> None:
        before = self._places.pop(member.question, None)
        if before is not None:
            self._groups[before.audience].remove(before.item, before.text)
        if member.item is not None and member.text is not None:
            self._groups[member.audience].add(member.item, member.text, meaning)
            self._places[member.question] = _Place(member.audience, member.item, member.text)


async def _open_dated(tx: Transaction, entries: Sequence[DatedEntry], *, version: int, at: datetime) -> None:
    for one in entries:
        about = QueueCandidate(0, one.audience, "", one.entry_id)
        await open_item(tx, one.kind, about, version=version, at=at, assignee=one.owner)


async def _close_itself(tx: Transaction, number: int, entry_id: str, *, version: int, at: datetime) -> None:
    resolution = {"resolved_by": ITSELF, "resolved_at": at, "resolved_entry_id": entry_id}
    await change_item(tx, number, version=version, status=ItemStatus.ANSWERED, **resolution)

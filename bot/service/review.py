"""Show moderators what the bot could not answer, resolve it, and revert that."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.core.deciding.ranking import rank
from bot.core.models import DismissReason, ItemKind, ItemStatus
from bot.core.review import ReviewItem, uses_words
from bot.core.searching.entry_index import EntryIndex
from bot.errors import ItemOpenError, SuggestionNotFoundError
from bot.service import Periods, entry_changes
from bot.service.deliveries import withdraw_deliveries
from bot.service.entry_changes import By
from bot.service.knowledge import Knowledge, Validity
from bot.service.resolutions import (
    Act,
    NewAnswer,
    Proposal,
    answer_of,
    changed_since,
    close,
    entry_for,
    linkable,
    linked,
    merge,
    name_of,
    refuse_unconsented,
    split,
    still_open,
)
from bot.service.reverts import REOPENED, revert
from bot.service.review_queue import Review, Reviewed, ReviewQueue, resolved
from bot.service.stats import FEWEST_ASKERS
from bot.store import Database, audit
from bot.store.entries import lock_content
from bot.store.feedback import Suggestion, get_suggestion, open_suggestions
from bot.store.feedback import suggest as keep_suggestion
from bot.store.items import count_items, find_items, get_item
from bot.store.queue import begin_version
from bot.store.records import ItemFilter, ItemPage

OPEN_ITEMS = ItemFilter()
_NEAREST = 5


class ReviewService:
    """Review items: questions without an answer or with a bad one, in groups, and entries that expired.

    Items have ids like R3; that of a question in it, like Q12, means the item too. Who acts may name the version of
    the item that they saw, and is then refused if somebody has acted since, naming who did what.
    """

    def __init__(  # noqa: PLR0913  # the parts it works with
        self,
        *,
        database: Database,
        knowledge: Knowledge,
        queue: ReviewQueue,
        validity: Validity,
        periods: Periods,
        fewest_askers: int = FEWEST_ASKERS,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._queue = queue
        self._validity = validity
        self._periods = periods
        self._fewest_askers = fewest_askers

    async def list(self, wanted: ItemFilter = OPEN_ITEMS) -> tuple[ReviewItem, ...]:
        """Return the items that a filter lets through, most distinct askers first."""
        return (await self.page(wanted)).items

    async def page(self, wanted: ItemFilter = OPEN_ITEMS) -> ItemPage:
        """Return the same, with how many there are in all."""
        await self.note_dates()
        async with self._database.snapshot() as tx:
            at = self._validity.clock()
            return ItemPage(await find_items(tx, wanted, at=at), await count_items(tx, wanted, at=at))

    async def note_dates(self) -> None:
        """Open an item for each entry of which a date has come, and close those about dates that were moved."""
        await self._queue.note_dates(at=self._validity.clock())

    async def export(self, wanted: ItemFilter = OPEN_ITEMS) -> tuple[ReviewItem, ...]:
        """Return items for those who may not read what a few people wrote: it is left out where few asked."""
        items = await self.list(wanted)
        return tuple(item if item.askers >= self._fewest_askers else item.unquoted() for item in items)

    async def show(self, item_id: str) -> Review:
        """Return one item, open or closed, with the entries that are nearest to it now."""
        async with self._database.snapshot() as tx:
            item = await get_item(tx, item_id, at=self._validity.clock())
            suggestions = await open_suggestions(tx, item.number)
            history = await audit.read(tx, name_of(item.id))
        known = await self._knowledge.index(item.audience)
        nearest = rank(known.entries, item.text, limit=_NEAREST).matches
        return Review(item=replace(item, nearest=nearest), suggestions=suggestions, history=history)

    async def draft_answer(self, item_id: str, wanted: NewAnswer) -> Proposal:
        """Return the entry that an answer would make."""
        index = await self._entries(item_id)
        async with self._database.snapshot() as tx:
            item = still_open(await get_item(tx, item_id, at=self._validity.clock()))
            return await entry_for(tx, item, wanted, index)

    async def draft_link(self, item_id: str, entry_id: str, *, aliases: Sequence[str] | None = None) -> Proposal:
        """Return what a link would make of an entry."""
        index = await self._entries(item_id)
        async with self._database.snapshot() as tx:
            item = still_open(await get_item(tx, item_id, at=self._validity.clock()))
            reader = self._validity.reader(item.audience)
            return (await linked(tx, item, entry_id, aliases=aliases, index=index, reader=reader))[1]

    async def draft_accept(self, suggestion_id: str) -> Proposal:
        """Return the entry that a suggestion would make, or what it would make of one."""
        async with self._database.snapshot() as tx:
            wanted = await get_suggestion(tx, suggestion_id)
        if wanted.entry_id is not None:
            return await self.draft_link(wanted.item_id, wanted.entry_id)
        return await self.draft_answer(wanted.item_id, answer_of(wanted))

    async def answer(
        self, item_id: str, wanted: NewAnswer, *, actor: str, seen: int | None = None, accepted: str | None = None
    ) -> Reviewed:
        """Make an entry out of an item, for the audience that asked, and have the askers told.

        Wordings that differ from it stay open as an item of their own. A suggestion counts as accepted when its answer
        is taken as it stands: `accepted`, else the first of that kind.
        """
        index = await self._entries(item_id)
        async with self._acting(item_id, self._by(actor), seen) as act:
            await refuse_unconsented(act.tx, act.item, wanted.answer, actor=actor)
            proposal = await entry_for(act.tx, act.item, wanted, index)
            stored = await entry_changes.add(act.tx, proposal.entry, act.by)
            return await resolved(
                act,
                ItemStatus.ANSWERED,
                stored,
                proposal,
                is_taken=lambda each: each.answer is not None and each.answer.strip() == wanted.answer.strip(),
                is_used=lambda each: uses_words(wanted.answer, each.answer or ""),
                accepted=accepted,
                lasting=self._periods.delivery,
            )

    async def link(  # noqa: PLR0913  # what a link takes
        self,
        item_id: str,
        entry_id: str,
        *,
        actor: str,
        aliases: Sequence[str] | None = None,
        seen: int | None = None,
        accepted: str | None = None,
    ) -> Reviewed:
        """Make wordings of an item, these or all, phrasings of an entry that its audience reads; tell the askers.

        Wordings that differ from it stay open as an item of their own. A suggestion of this entry counts as accepted:
        `accepted`, else the first.
        """
        index = await self._entries(item_id)
        async with self._acting(item_id, self._by(actor), seen) as act:
            reader = self._validity.reader(act.item.audience)
            before, proposal = await linked(act.tx, act.item, entry_id, aliases=aliases, index=index, reader=reader)
            return await resolved(
                act,
                ItemStatus.LINKED,
                await entry_changes.put(act.tx, before, proposal.entry, act.by),
                proposal,
                is_taken=lambda each: each.entry_id == entry_id,
                accepted=accepted,
                lasting=self._periods.delivery,
            )

    async def dismiss(
        self, item_id: str, *, reason: DismissReason, actor: str, note: str | None = None, seen: int | None = None
    ) -> Reviewed:
        """Close an item without an answer."""
        async with self._acting(item_id, self._by(actor, note), seen) as act:
            await close(act, ItemStatus.DISMISSED, reason=reason, lasting=self._periods.delivery)
            return await self._reviewed(act)

    async def merge(self, item_id: str, into_id: str, *, actor: str, seen: int | None = None) -> Reviewed:
        """Move all questions of an item into another one, which is returned."""
        async with self._acting(item_id, self._by(actor), seen) as act:
            target = still_open(await get_item(act.tx, into_id, at=act.by.at))
            await merge(act, target)
            return Reviewed(item=await get_item(act.tx, target.id, at=act.by.at))

    async def split(
        self, item_id: str, question_ids: Sequence[str], *, actor: str, seen: int | None = None
    ) -> Reviewed:
        """Move some questions of an item into a new one, which is returned."""
        async with self._acting(item_id, self._by(actor), seen) as act:
            part = await split(act, question_ids)
            return Reviewed(item=await get_item(act.tx, part, at=act.by.at))

    async def assign(self, item_id: str, assignee: str | None, *, actor: str, seen: int | None = None) -> Reviewed:
        """Assign an item to a moderator, or to nobody."""
        async with self._acting(item_id, self._by(actor), seen) as act:
            await act.change("assigned", values={"assignee": assignee}, assignee=assignee)
            return await self._reviewed(act)

    async def snooze(self, item_id: str, until: datetime, *, actor: str, seen: int | None = None) -> Reviewed:
        """Hide an item from the queue until a time; similar questions join it all the same."""
        async with self._acting(item_id, self._by(actor), seen) as act:
            values = {"status": ItemStatus.SNOOZED, "snoozed_until": until}
            await act.change("snoozed", values=values, until=until.isoformat())
            return await self._reviewed(act)

    async def reopen(self, item_id: str, *, actor: str, seen: int | None = None) -> Reviewed:
        """Open a closed item again; what became of entries stays, and who was not told yet is not told."""
        async with self._acting(item_id, self._by(actor), seen, closed=True) as act:
            await withdraw_deliveries(act.tx, act.item.number)
            nothing = dict.fromkeys(("resolved_by", "resolved_at", "resolved_entry_id", "reason", "note"))
            await act.change(REOPENED, values={"status": ItemStatus.OPEN, "snoozed_until": None, **nothing})
            return await self._reviewed(act)

    async def revert(self, item_id: str, *, actor: str, seen: int | None = None, correct: bool = False) -> Reviewed:
        """Revert the last action on an item, with its effects on entries and other items.

        With `correct`, everybody who was given the answer is notified that it no longer holds.
        """
        async with self._acting(item_id, self._by(actor), seen, closed=None) as act:
            await revert(act, periods=self._periods, correct=correct)
            return await self._reviewed(act)

    async def suggest(
        self,
        item_id: str,
        *,
        actor: str,
        answer: str | None = None,
        question: str | None = None,
        entry_id: str | None = None,
    ) -> Suggestion:
        """Suggest an answer, or an entry to link, that a moderator may accept."""
        async with self._acting(item_id, self._by(actor), None) as act:
            if entry_id is not None:
                await linkable(act.tx, act.item, entry_id, self._validity.reader(act.item.audience))
            what = {"question": question, "answer": answer, "entry_id": entry_id}
            return await keep_suggestion(act.tx, act.item.number, **what, actor=actor, at=act.by.at)

    async def accept(self, suggestion_id: str, *, actor: str, seen: int | None = None) -> Reviewed:
        """Apply a suggestion; all other suggestions for the item are closed."""
        async with self._database.snapshot() as tx:
            wanted = await get_suggestion(tx, suggestion_id)
        if wanted.entry_id is not None:
            return await self.link(wanted.item_id, wanted.entry_id, actor=actor, seen=seen, accepted=wanted.id)
        return await self.answer(wanted.item_id, answer_of(wanted), actor=actor, seen=seen, accepted=wanted.id)

    async def accept_choice(self, item_id: str, *, actor: str, seen: int | None = None) -> Reviewed:
        """Link an item with the entry that people chose."""
        async with self._database.snapshot() as tx:
            item = still_open(await get_item(tx, item_id, at=self._validity.clock()))
        if item.kind is not ItemKind.CHOSEN or item.entry_id is None:
            raise SuggestionNotFoundError(item_id)
        return await self.link(item_id, item.entry_id, actor=actor, seen=seen)

    async def _entries(self, item_id: str) -> EntryIndex:
        """Return the entries that those who asked about an item may read."""
        async with self._database.snapshot() as tx:
            item = await get_item(tx, item_id, at=self._validity.clock())
        return (await self._knowledge.index(item.audience)).entries

    def _by(self, actor: str, reason: str | None = None) -> By:
        return By(actor=actor, at=self._validity.clock(), reason=reason)

    @asynccontextmanager
    async def _acting(
        self, item_id: str, by: By, seen: int | None, *, closed: bool | None = False
    ) -> AsyncIterator[Act]:
        """Open a transaction in which nobody else changes an item, which must be open, or closed, or either."""
        async with self._database.transaction() as tx:
            await lock_content(tx)
            version = await begin_version(tx)
            item = await get_item(tx, item_id, at=by.at)
            if seen is not None and seen != item.version:
                raise await changed_since(tx, item)
            if closed is False:
                still_open(item)
            elif closed and item.is_open:
                raise ItemOpenError(item.id)
            yield Act(tx=tx, item=item, by=by, version=version)

    async def _reviewed(self, act: Act) -> Reviewed:
        return Reviewed(item=await get_item(act.tx, act.item.id, at=act.by.at))

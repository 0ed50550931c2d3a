"""Accept several suggestions of the review at once, each as the moderator saw it."""

from dataclasses import dataclass
from typing import Self

from bot.core.models import Audience, ItemKind
from bot.core.review import ReviewItem
from bot.errors import ItemChangedError, ItemNotFoundError, SuggestionNotFoundError
from bot.service import Clock
from bot.service.deliveries import key_of
from bot.service.resolutions import NewAnswer, Proposal, refuse_unconsented, still_open
from bot.service.review import ReviewService
from bot.service.review_queue import Reviewed
from bot.store import Database, Transaction
from bot.store.entries import get_entry
from bot.store.feedback import Suggestion, get_suggestion, waiting_suggestions
from bot.store.items import find_items, get_item
from bot.store.records import ItemFilter, from_suggestion_id

MOST_OFFERED = 25
"""As many as a menu of Discord takes."""

_MARK = 12
_CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A suggestion that a moderator picked, such as S4, or the item that holds what askers chose, such as R3.

    `version` is that of the item, and `mark` stands for the words of the suggestion, as they saw them: those may change
    without the item.
    """

    id: str
    item_id: str
    version: int
    mark: str

    def __str__(self) -> str:
        return f"{self.id}:{self.item_id}:{self.version}:{self.mark}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """Return a pick that was written as a text."""
        suggestion_id, item_id, version, mark = written.split(":")
        return cls(id=suggestion_id, item_id=item_id, version=int(version), mark=mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What may be accepted for an item: an answer, or an entry to link; `title` is the question of either, if any.

    It has the id of a suggestion, or that of the item where askers chose the entry.
    """

    id: str
    item: ReviewItem
    entry_id: str | None
    title: str | None
    answer: str

    @property
    def pick(self) -> Pick:
        """Return what names it in the state that it is in now."""
        words = (self.title, self.answer) if self.entry_id is None else (self.entry_id,)
        mark = key_of("pick", *words)[:_MARK]
        return Pick(id=self.id, item_id=self.item.id, version=self.item.version, mark=mark)

    @property
    def wanted(self) -> NewAnswer:
        """Return the answer that is to become an entry."""
        return NewAnswer(answer=self.answer, question=self.title)


class AcceptingService:
    """List what may be accepted, and accept it; what may not be published as it stands is not listed."""

    def __init__(self, *, database: Database, review: ReviewService, clock: Clock) -> None:
        self._database = database
        self._review = review
        self._clock = clock

    async def offered(self, *, audience: Audience, actor: str) -> tuple[Offered, ...]:
        """Return what somebody may accept in a place with these readers: what solved a question first."""
        at, only = self._clock(), None if audience is Audience.INTERNAL else audience
        async with self._database.snapshot() as tx:
            waiting = await waiting_suggestions(tx, audience=only, actor=actor, at=at, limit=MOST_OFFERED)
            found = [await _suggested(tx, one, await get_item(tx, one.item_id, at=at)) for one in waiting]
            left = ItemFilter(kind=ItemKind.CHOSEN, audience=only, limit=MOST_OFFERED - len(found))
            return (*found, *[await _chosen(tx, item) for item in await find_items(tx, left, at=at)])

    async def look_up(self, name: str, *, audience: Audience, actor: str) -> Offered:
        """Return what a name stands for now, if that is open, for the readers of a place, and free to be accepted."""
        async with self._database.snapshot() as tx:
            one = None if from_suggestion_id(name) is None else await get_suggestion(tx, name)
            item = await get_item(tx, name if one is None else one.item_id, at=self._clock())
            if not audience.sees(item.audience):
                raise ItemNotFoundError(name)
            await refuse_unconsented(tx, still_open(item), "" if one is None else one.answer or "", actor=actor)
            return await _chosen(tx, item) if one is None else await _suggested(tx, one, item)

    async def draft(self, one: Offered) -> Proposal:
        """Return what accepting it would make of an entry."""
        if one.entry_id is None:
            return await self._review.draft_answer(one.item.id, one.wanted)
        return await self._review.draft_link(one.item.id, one.entry_id)

    async def accept(self, pick: Pick, *, audience: Audience, actor: str) -> Reviewed:
        """Accept what somebody picked; refuse what is not as they saw it, or not theirs to accept any more."""
        one = await self.look_up(pick.id, audience=audience, actor=actor)
        if one.pick.mark != pick.mark:
            raise ItemChangedError(pick.item_id, _CHANGED, "")
        item_id, seen = pick.item_id, pick.version
        if one.entry_id is None:
            return await self._review.answer(item_id, one.wanted, actor=actor, seen=seen, accepted=pick.id)
        return await self._review.link(item_id, one.entry_id, actor=actor, seen=seen, accepted=pick.id)


async def _suggested(tx: Transaction, one: Suggestion, item: ReviewItem) -> Offered:
    title = one.question if one.entry_id is None else await _question_of(tx, one.entry_id)
    return Offered(id=one.id, item=item, entry_id=one.entry_id, title=title, answer=one.answer or "")


async def _chosen(tx: Transaction, item: ReviewItem) -> Offered:
    if item.kind is not ItemKind.CHOSEN or item.entry_id is None:
        raise SuggestionNotFoundError(item.id)
    title = await _question_of(tx, item.entry_id)
    return Offered(id=item.id, item=item, entry_id=item.entry_id, title=title, answer="")


async def _question_of(tx: Transaction, entry_id: str) -> str:
    return (await get_entry(tx, entry_id, audience=Audience.INTERNAL)).entry.question

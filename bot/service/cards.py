"""Show review items to moderators where they talk: one message each, brought up to date when the item changes."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.manners import Manners
from bot.core.models import ChannelRef
from bot.service import Clock
from bot.service.deliveries import key_of
from bot.store import Database
from bot.store.claims import Claim, give_back, is_left, let_lapse, take
from bot.store.queue import (
    StaleCard,
    WaitingCard,
    lock_review,
    note_reminder,
    put_card,
    stale_cards,
    waiting_cards,
)

__all__ = ["CardService", "LeasedCard", "StaleCard", "StillWaiting"]

# What a sweep shows at once: platforms take about one message a second in a channel.
AT_ONCE = 10
# To change a message that is gone and to post another takes two calls at most, each with a time limit of its own.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LeasedCard:
    """An outdated card that one process alone may bring up to date.

    It `may_be_there` where somebody began to show it and did not learn whether it was taken.
    """

    stale: StaleCard
    claim: Claim
    may_be_there: bool = False


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """A card of an item whose asker asked for a person, and waits so long."""

    card: WaitingCard
    duration: timedelta


class CardService:
    """List the items whose cards are outdated, lease them to one process each, and store which were shown."""

    def __init__(self, *, database: Database, clock: Clock, manners: Manners) -> None:
        self._database = database
        self._clock = clock
        self._manners = manners

    async def due(self, board: ChannelRef, *, limit: int = AT_ONCE) -> tuple[StaleCard, ...]:
        """Return some open items that a channel does not show yet, and some that it shows as they were."""
        async with self._database.snapshot() as tx:
            return await stale_cards(tx, board, at=self._clock(), limit=limit)

    async def lease(self, board: ChannelRef, due: StaleCard) -> LeasedCard | None:
        """Lease a card that is due; None where another process has it, or has brought it up to date meanwhile."""
        async with self._database.transaction() as tx:
            key = key_of("card", str(board), due.item.id)
            was_left = await is_left(tx, key)
            claim = await take(tx, key, lasting=LEASE)
            if claim is None:
                return None
            # Who had it until now may have shown it after this one read that it was due.
            found = await stale_cards(tx, board, at=self._clock(), limit=1, item=due.item.number)
            if not found:
                await give_back(tx, claim)
                return None
        return LeasedCard(found[0], claim, may_be_there=was_left)

    async def shown(self, board: ChannelRef, card: LeasedCard, message_id: str) -> None:
        """Store that a message shows an item as it was when the card was leased, and end the lease."""
        async with self._database.transaction() as tx:
            await put_card(tx, board, card.stale.item.number, message_id=message_id, version=card.stale.version)
            await give_back(tx, card.claim)

    async def give_back(self, card: LeasedCard, *, may_be_there: bool) -> None:
        """End the lease of a card that was not shown, or that nobody knows of whether it was."""
        async with self._database.transaction() as tx:
            await (let_lapse if may_be_there else give_back)(tx, card.claim)

    async def take_waiting(self, board: ChannelRef) -> tuple[StillWaiting, ...]:
        """Return the items to remind moderators of now, each once: somebody asked for a person, and waits too long.

        Out of the hours of the people on call there are none. A reminder that is lost in a crash is not sent again.
        """
        at, manners = self._clock(), self._manners
        hours = manners.on_call_hours
        if not manners.reminded_after or (hours is not None and not hours.include(at)):
            return ()
        before = at - manners.reminded_after
        async with self._database.snapshot() as tx:
            if not await waiting_cards(tx, board, before=before):
                return ()
        async with self._database.transaction() as tx:
            await lock_review(tx)  # so that one process alone has them
            found = await waiting_cards(tx, board, before=before)
            for each in found:
                await note_reminder(tx, each.item, at)
        return tuple(StillWaiting(each, at - each.since) for each in found)

    async def give_waiting_back(self, waiting: StillWaiting) -> None:
        """Allow another reminder of an item, since none was sent."""
        async with self._database.transaction() as tx:
            await note_reminder(tx, waiting.card.item, None)

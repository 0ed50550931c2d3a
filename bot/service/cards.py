"""Show review items to moderators where they talk: one message each, brought up to date when the item changes."""

from bot.core.models import ChannelRef
from bot.service import Clock
from bot.store import Database
from bot.store.items import get_item
from bot.store.queue import StaleCard, put_card, stale_cards

__all__ = ["CardService", "StaleCard"]

# What a sweep shows at once: platforms take about one message a second in a channel.
AT_ONCE = 10


class CardService:
    """List the items whose cards are outdated, and store which were shown."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def due(self, board: ChannelRef, *, limit: int = AT_ONCE) -> tuple[StaleCard, ...]:
        """Return some open items that a channel does not show yet, and some that it shows as they were."""
        async with self._database.snapshot() as tx:
            return await stale_cards(tx, board, at=self._clock(), limit=limit)

    async def shown(self, board: ChannelRef, due: StaleCard, message_id: str) -> None:
        """Store that a message shows an item as it was when the card was due."""
        async with self._database.transaction() as tx:
            item = await get_item(tx, due.item.id, at=self._clock())
            await put_card(tx, board, item.number, message_id=message_id, version=due.version)

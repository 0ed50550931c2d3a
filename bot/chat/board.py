"""Synchronise the moderators' channel with the review: one message for each item."""

import asyncio
import logging
from datetime import timedelta

from bot.chat.apps import Apps
from bot.chat.messenger import Messenger
from bot.core.models import ChannelRef
from bot.service.deliveries import NotSent, Sent

_log = logging.getLogger(__name__)
_MOST_PATIENCE = timedelta(seconds=30)


class Board:
    """Show the items of the review in a channel, one message each."""

    def __init__(self, apps: Apps, messenger: Messenger, place: ChannelRef) -> None:
        self._apps = apps
        self._messenger = messenger
        self._place = place
        self._turn = asyncio.Lock()

    async def show(self) -> None:
        """Show whatever is not shown as it is."""
        async with self._turn, self._apps.use(self._place.workspace_id) as app:
            for due in await app.cards.due(self._place):
                card = await app.cards.lease(self._place, due)
                if card is None:
                    continue
                match await self._messenger.show_card(self._place, card.stale.item, card.stale.message_id):
                    case Sent(message_id):
                        await app.cards.shown(self._place, card, message_id)
                    case NotSent(fault, wait):
                        await app.cards.give_back(card)
                        _log.warning("review.card.failed", extra={"item_id": due.item.id, "fault": fault})
                        await asyncio.sleep(min(wait, _MOST_PATIENCE).total_seconds())
                        break

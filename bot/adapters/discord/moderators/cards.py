"""Show review items and held replies in the moderators' channel on Discord."""

from datetime import datetime, timedelta

import discord

from bot.adapters.discord.calls import FAULTS, tell, trouble
from bot.adapters.discord.messenger import DiscordMessenger
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import owner_of
from bot.adapters.discord.sending import Sender
from bot.adapters.discord.showing.cards import card_message, held_message, shows
from bot.adapters.discord.showing.parts import DiscordMessage
from bot.core.models import ChannelRef
from bot.core.review import HeldReply, ReviewItem
from bot.service.deliveries import NotSent, Sent

# A card is looked for among so many messages since its item was opened, by a clock that may be so far ahead.
_MOST, _SKEW = 1_000, timedelta(minutes=10)


class DiscordCards:
    """One message for each review item and held reply, known by its buttons."""

    def __init__(self, client: discord.Client, messenger: DiscordMessenger, options: DiscordOptions) -> None:
        self._client = client
        self._say = messenger.say
        self._domains = options.domains
        self._permalink = options.permalink
        self._sender = Sender(client)

    async def find_card(self, board: ChannelRef, item: ReviewItem) -> Sent | NotSent | None:
        """Return the message that shows a review item already; Discord knows a nonce for some minutes alone."""
        return await self._shown(board, item.id, since=item.created_at)

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Show a review item; where its message was deleted, in a new one."""
        calls = owner_of(item) if message_id is None else None
        message = card_message(item, permalink=self._permalink, calls=calls)
        return await self._show(board, message, message_id, nonce=f"card-{item.id}-{item.version}")

    async def find_held(self, board: ChannelRef, held: HeldReply) -> Sent | NotSent | None:
        """Return the message that shows a held reply already."""
        return await self._shown(board, held.question_id, since=held.asked_at)

    async def show_held(self, board: ChannelRef, held: HeldReply, message_id: str | None) -> Sent | NotSent:
        """Show a held reply; where its message was deleted, in a new one."""
        message = held_message(held, permalink=self._permalink, domains=self._domains)
        return await self._show(board, message, message_id, nonce=f"held-{held.question_id}-{held.version}")

    async def _shown(self, board: ChannelRef, subject: str, *, since: datetime) -> Sent | NotSent | None:
        """Return the message of the moderators' channel whose buttons are about something."""
        where, after = int(board.channel_id), since - _SKEW
        try:
            found = await self._sender.first(where, lambda one: shows(one, subject), limit=_MOST, after=after)
        except FAULTS as error:
            return self._told(error, where)
        return None if found is None else Sent(str(found))

    async def _show(
        self, board: ChannelRef, message: DiscordMessage, message_id: str | None, *, nonce: str
    ) -> Sent | NotSent:
        """Put a card in the place of an earlier one, or into a new message."""
        where = int(board.channel_id)
        try:
            if message_id is not None and await self._sender.is_changed(where, int(message_id), message):
                return Sent(message_id)
        except FAULTS as error:
            return self._told(error, where)
        return await self._say(where, message, nonce=nonce)

    def _told(self, error: Exception, channel_id: int) -> NotSent:
        tell(error, self._client.get_channel(channel_id), channel_id=channel_id)
        return trouble(error)

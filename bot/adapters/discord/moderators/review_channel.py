"""Post in the review channel: the review, the weekly digest, and which message holds a secret.

The bot stays out of the channel while everybody can read it.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import discord

from bot.adapters.discord.calls import FAULTS, code_of, trouble
from bot.adapters.discord.messenger import DiscordMessenger
from bot.adapters.discord.moderators.cards import DiscordCards
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import DIRECT, PLATFORM, audience_of, workspace_of
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.answers import call_message, notice_message
from bot.adapters.discord.showing.markdown import rendered
from bot.adapters.discord.showing.markup import shortened
from bot.adapters.discord.showing.parts import DiscordMessage
from bot.chat.apps import Apps
from bot.chat.review import Board, Reminders, Weekly, spoken_in
from bot.core.models import Audience, ChannelRef, MessageRef
from bot.core.wording.labels import Words
from bot.core.wording.notices import FLAGGED, LEAKED
from bot.service.deliveries import FOR_GOOD, NotSent, Sent

_log = logging.getLogger(__name__)
_LOOK = timedelta(seconds=30)


class ReviewChannel:
    """Show what moderators are to see in the channel that is set for them, from the process that has its server."""

    def __init__(
        self, client: discord.Client, apps: Apps, messenger: DiscordMessenger, options: DiscordOptions
    ) -> None:
        self._client = client
        self._apps = apps
        self._messenger = messenger
        self._options = options
        self._channel_id = options.review_channel
        self._workspace_id: str | None = None
        self._board: Board | None = None
        self._weekly: Weekly | None = None
        self._reminders: Reminders | None = None
        self._told = False
        self._look_again_at: float | None = None

    async def find(self) -> None:
        """Find the server of the channel."""
        if self._channel_id is None:
            return
        try:
            channel = await self._client.fetch_channel(self._channel_id)
        except FAULTS as error:
            facts = {"channel_id": str(self._channel_id), "code": code_of(error)}
            _log.warning("discord.review_channel.unreadable", extra=facts)
            wait = trouble(error).wait or _LOOK
            passes = trouble(error).fault not in FOR_GOOD
            self._look_again_at = asyncio.get_running_loop().time() + wait.total_seconds() if passes else None
            return
        self._look_again_at = None
        if isinstance(channel, discord.abc.GuildChannel):
            self._workspace_id = workspace_of(channel.guild.id)
            place = self._place_of(channel.id)
            cards = DiscordCards(self._client, self._messenger, self._options)
            self._board = Board(self._apps, cards, place)
            self._weekly = Weekly(self._apps, place, audience=self._audience, post=self._post)
            self._reminders = Reminders(self._apps, place, self._remind)

    def _place_of(self, channel_id: int) -> ChannelRef:
        return ChannelRef(PLATFORM, self._workspace_id or DIRECT, str(channel_id))

    def channel_for(self, workspace_id: str) -> int | None:
        """Return the channel where moderators are told of what happens in a server; of other stores they are not."""
        shares_store = DIRECT in self._apps.stores()
        return self._channel_id if shares_store or workspace_id == self._workspace_id else None

    async def show(self) -> None:
        """Show the review as it is."""
        if self._look_again_at is not None and asyncio.get_running_loop().time() >= self._look_again_at:
            await self.find()
        if self._board is not None and self._is_open():
            await self._board.show()

    async def look(self) -> None:
        """Open items for the entries of which a date has come."""
        if self._board is not None and self._is_open():
            await self._board.look()

    async def tell_week(self) -> None:
        """Post the weekly digest."""
        if self._weekly is not None and self._is_open():
            await self._weekly.tell()

    async def remind(self) -> None:
        """Remind moderators of who waits for a person."""
        if self._reminders is not None and self._is_open():
            await self._reminders.remind()

    async def tell_of_secret(self, message: discord.Message, *, deleted: bool) -> bool:
        """Notify moderators which message holds a secret; return whether that is done."""
        return await self._tell_of(message, LEAKED[deleted], nonce=f"leak-{message.id}")

    async def tell_of_link(self, message: discord.Message) -> bool:
        """Notify moderators which message leads elsewhere; return whether that is done."""
        return await self._tell_of(message, FLAGGED, nonce=f"link-{message.id}")

    async def _tell_of(self, message: discord.Message, text: Words, *, nonce: str) -> bool:
        """Notify moderators of a message, with none of its text; return whether that is done."""
        where = self.channel_for(workspace_of(None if message.guild is None else message.guild.id))
        if where is None:
            return True
        async with self._apps.use(self._workspace_id or DIRECT) as app, spoken_in(app, self._place_of(where)):
            notice = notice_message(message.author.id, text, url=message.jump_url)
        return isinstance(await self._messenger.say_once(where, notice, nonce=nonce), Sent)

    def _is_open(self) -> bool:
        """Return whether the channel is there for the bot, and not for everybody."""
        channel = self._client.get_channel(self._channel_id or 0)
        if channel is None:  # its server is another process's, or away
            return False
        if audience_of(channel, marked=Audience.INTERNAL) is Audience.INTERNAL:
            self._told = False
            return True
        if not self._told:
            facts = {"channel_id": str(self._channel_id)}
            _log.warning("discord.review_channel.public", extra=facts)
        self._told = True
        return False

    async def _audience(self) -> Audience:
        return audience_of(self._client.get_channel(self._channel_id or 0), marked=Audience.INTERNAL)

    async def _remind(self, card: str, text: str) -> Sent | NotSent:
        """Mention the role that is on call, with a link to a card."""
        where = MessageRef(platform=PLATFORM, workspace_id=self._workspace_id or DIRECT, message_id=card)
        link = self._options.permalink(replace(where, channel_id=str(self._channel_id)))
        message = call_message(text, role=self._options.on_call_role)
        return await self._messenger.say_once(
            self._channel_id or 0, replace(message, content=f"{message.content} {link}"), nonce=f"wait-{card}"
        )

    async def _post(self, text: str) -> Sent | NotSent:
        message = DiscordMessage(content=shortened(rendered(text), parts.CONTENT))
        mark = sha256(text.encode()).hexdigest()[: parts.NONCE]
        return await self._messenger.say_once(self._channel_id or 0, message, nonce=mark)


async def post_news(messenger: DiscordMessenger, place: ChannelRef, text: str) -> Sent | NotSent:
    """Post in a channel what is new."""
    message = DiscordMessage(content=shortened(rendered(text), parts.CONTENT))
    mark = sha256(f"{place} {text}".encode()).hexdigest()[: parts.NONCE]
    return await messenger.say_once(int(place.channel_id), message, nonce=mark)

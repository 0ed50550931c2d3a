"""Ask on Discord about threads that nobody writes in any more, and archive them."""

import logging
from collections.abc import Collection
from datetime import timedelta

import discord

from bot.adapters.discord.calls import FAULTS, FOR_SOME, missing, tell, trouble
from bot.adapters.discord.gate import Servers
from bot.adapters.discord.people import PLATFORM
from bot.adapters.discord.sending import Sender, thread_of
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton
from bot.chat.stale_threads import LastWord
from bot.core.wording.labels import Label
from bot.core.wording.languages import Message
from bot.core.wording.stale_threads import IS_CLOSED, STILL_OPEN
from bot.service.conversations import LoggedQuestion
from bot.service.deliveries import Fault, NotSent, Sent

_log = logging.getLogger(__name__)
_NEAR = 50
# So much earlier than it says Discord may archive a thread.
_SKEW = timedelta(minutes=10)
_RIGHT = "manage_threads"


class DiscordKeeper:
    """See to the threads of servers."""

    platform = PLATFORM

    def __init__(self, client: discord.Client, servers: Servers) -> None:
        self._client = client
        self._servers = servers
        self._sender = Sender(client)

    def workspaces(self) -> Collection[str]:
        """Return the servers that are served, and seen by this process."""
        return {str(guild.id) for guild in self._client.guilds if self._servers.serves(guild.id)}

    async def last_word(self, question: LoggedQuestion, asked: str | None) -> LastWord | NotSent:
        """Return who wrote last in a thread; `GONE` where somebody archived it before Discord does so by itself."""
        try:
            thread = await self._client.fetch_channel(thread_of(question.ref))
        except FAULTS as error:
            return trouble(error)
        return _last_word(thread, asked) if isinstance(thread, discord.Thread) else NotSent(Fault.GONE)

    async def find_asked(self, question: LoggedQuestion) -> Sent | NotSent | None:
        """Return the message that asks about a question."""
        button = Press(DiscordAction.STILL_OPEN, question.id).custom_id

        def asks(message: discord.Message) -> bool:
            rows = [one for one in message.components if isinstance(one, discord.ActionRow)]
            return any(getattr(child, "custom_id", None) == button for one in rows for child in one.children)

        try:
            found = await self._sender.first(thread_of(question.ref), asks, limit=_NEAR)
        except FAULTS as error:
            return self._told(error, question)
        return None if found is None else Sent(str(found))

    async def ask(self, question: LoggedQuestion) -> Sent | NotSent:
        """Ask in the thread of a question, which opens with that."""
        labels = {DiscordAction.SOLVED: Label.SOLVED, DiscordAction.STILL_OPEN: Label.STILL_OPEN}
        buttons = tuple(PressButton(Press(action, question.id), text=text) for action, text in labels.items())
        message = DiscordMessage(content=str(STILL_OPEN), items=buttons)
        try:
            sent = await self._sender.send(thread_of(question.ref), message, nonce=f"stale-{question.id}")
        except FAULTS as error:
            return self._told(error, question)
        return Sent(str(sent.id))

    async def close(self, question: LoggedQuestion, asked: str) -> Sent | NotSent:
        """Archive the thread of a question, unlocked so that a message opens it."""
        where = thread_of(question.ref)
        try:
            if self._lacks_right(await self._client.fetch_channel(where)):
                lacks = {"channel_id": str(where), "lacks": (FOR_SOME[_RIGHT],)}
                _log.warning("discord.thread.not_closed", extra=lacks)
                return NotSent(Fault.REFUSED)
            await self._sender.edit(where, int(asked), saying(IS_CLOSED))
            await self._client.http.edit_channel(where, archived=True)
        except FAULTS as error:
            return self._told(error, question, also=_RIGHT)
        return Sent(asked)

    async def show(self, question: LoggedQuestion, asked: str, text: Message) -> Sent | NotSent:
        """Put words in the place of what asked about a thread."""
        try:
            await self._sender.edit(thread_of(question.ref), int(asked), saying(text))
        except FAULTS as error:
            return self._told(error, question)
        return Sent(asked)

    def _lacks_right(self, thread: object) -> bool:
        """Return whether the bot may not archive a thread; its own it always may."""
        is_own = self._client.user is not None and getattr(thread, "owner_id", None) == self._client.user.id
        return not is_own and FOR_SOME[_RIGHT] in missing(thread, also=_RIGHT)

    def _told(self, error: Exception, question: LoggedQuestion, *, also: str | None = None) -> NotSent:
        where = thread_of(question.ref)
        tell(error, self._client.get_channel(where), channel_id=where, also=also)
        return trouble(error)


def _last_word(thread: discord.Thread, asked: str | None) -> LastWord | NotSent:
    last = thread.last_message_id or thread.id
    at = discord.utils.snowflake_time(last)
    by_itself = at + timedelta(minutes=thread.auto_archive_duration) - _SKEW
    if thread.locked or (thread.archived and thread.archive_timestamp < by_itself):
        return NotSent(Fault.GONE)
    return LastWord(at=at, is_new=asked is not None and last > int(asked))


def saying(text: Message) -> DiscordMessage:
    """Return words without buttons."""
    return DiscordMessage(content=str(text))

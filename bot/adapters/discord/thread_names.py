"""Make threads from messages on Discord, and name them after the words of those."""

import logging
from datetime import timedelta
from functools import partial
from typing import Final

import discord
from cachetools import TTLCache

from bot.adapters.discord.calls import ARCHIVED, FAULTS, HAS_THREAD, code_of, trouble
from bot.adapters.discord.people import DIRECT
from bot.adapters.discord.sending import thread_of
from bot.adapters.discord.showing.answers import thread_name
from bot.core.models import MessageRef
from bot.service.deliveries import FOR_GOOD, Fault

_A_DAY: Final = 1440
# Discord takes two new names of a channel in so many minutes: one is left for a message that is deleted.
_WINDOW = timedelta(minutes=10)
_MOST = 10_000
_log = logging.getLogger(__name__)


class DiscordThreadNames:
    """The names of the threads that the bot made itself; those of other threads are never changed."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._renamed: TTLCache[int, bool] = TTLCache(_MOST, _WINDOW.total_seconds())

    async def make(self, place: MessageRef, *, words: str) -> None:
        """Make a thread from a message, unless it has one; it has the id of the message."""
        try:
            await self._client.http.start_thread_with_message(
                int(place.channel_id),
                int(place.message_id),
                name=self._name(place, words),
                auto_archive_duration=_A_DAY,
            )
        except discord.HTTPException as error:
            if error.code != HAS_THREAD:
                raise

    async def rename(self, place: MessageRef, words: str) -> bool:
        """Name the thread of a message after its words, or after none; what Discord refuses is logged and left.

        Return whether there is no use in trying that again: it is done, or the thread is gone.
        """
        where = int(place.message_id)
        if place.workspace_id == DIRECT or thread_of(place) != where or (words and where in self._renamed):
            return True
        try:
            await self._rename(where, self._name(place, words))
        except FAULTS as error:
            outcome = trouble(error)
            if outcome.fault is not Fault.GONE:  # else nothing was said to it, or the thread is gone
                _log.warning("discord.thread.not_renamed", extra={"channel_id": str(where), "code": code_of(error)})
            return outcome.fault in FOR_GOOD
        return True

    async def _rename(self, where: int, name: str) -> None:
        thread = self._client.get_channel(where) or await self._client.fetch_channel(where)
        own = self._client.user
        if not isinstance(thread, discord.Thread) or own is None or thread.owner_id != own.id or thread.name == name:
            return
        self._renamed[where] = True
        try:
            await self._client.http.edit_channel(where, name=name)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            await self._client.http.edit_channel(where, name=name, archived=False)
            await self._client.http.edit_channel(where, archived=True)  # nobody wrote in it

    def _name(self, place: MessageRef, words: str) -> str:
        return thread_name(words, partial(self._called, place.workspace_id))

    def _called(self, guild_id: str, kind: str, of: int) -> str | None:
        """Return the name of a member, a role or a channel of a server, as far as it is known here."""
        guild = self._client.get_guild(int(guild_id))
        if guild is None:
            return None
        if kind == "@":
            member = guild.get_member(of)
            return None if member is None else member.display_name
        found = guild.get_role(of) if kind == "@&" else guild.get_channel_or_thread(of)
        return None if found is None else found.name

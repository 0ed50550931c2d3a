"""Find out who is staff where a message does not tell: in direct messages, which belong to no server."""

import logging
from datetime import timedelta

import discord
from cachetools import TTLCache

from bot.adapters.discord.calls import FAULTS, trouble
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import moderates
from bot.adapters.discord.servers import Servers
from bot.core.models import Audience

_log = logging.getLogger(__name__)
_MOST = 1_000
# Discord asks for suggestions at each key: one lookup serves those of one question.
_LASTING = timedelta(minutes=1)


class Staff:
    """Look up whether somebody is a moderator of a server that is served and that this process is connected for."""

    def __init__(self, client: discord.Client, options: DiscordOptions, servers: Servers) -> None:
        self._client = client
        self._options = options
        self._servers = servers
        self._found: TTLCache[int, Audience] = TTLCache(_MOST, _LASTING.total_seconds())

    async def audience_of(self, user_id: int) -> Audience:
        """Return what may be shown to somebody alone: internal entries to staff, public ones to everybody else.

        Where Discord cannot tell, that is what everybody may see.
        """
        found = self._found.get(user_id)
        if found is None:
            found = self._found[user_id] = await self._look_up(user_id)
        return found

    def forget(self) -> None:
        """Drop all cached members."""
        self._found.clear()

    async def audience_in(self, channel_id: int) -> Audience:
        """Return what may be shown in a channel of direct messages."""
        try:
            channel = await self._client.fetch_channel(channel_id)
        except FAULTS as error:
            self._tell(error)
            return Audience.PUBLIC
        person = channel.recipient if isinstance(channel, discord.DMChannel) else None
        return Audience.PUBLIC if person is None else await self.audience_of(person.id)

    async def _look_up(self, user_id: int) -> Audience:
        for guild in self._client.guilds:
            if self._servers.serves(guild.id) and await self._moderates(guild, user_id):
                return Audience.INTERNAL
        return Audience.PUBLIC

    async def _moderates(self, guild: discord.Guild, user_id: int) -> bool:
        try:
            member = await guild.fetch_member(user_id)
        except discord.NotFound:
            return False
        except FAULTS as error:
            self._tell(error)
            return False
        return moderates(member, member.guild_permissions, self._options)

    def _tell(self, error: Exception) -> None:
        _log.warning("discord.staff.unknown", extra={"fault": trouble(error).fault})

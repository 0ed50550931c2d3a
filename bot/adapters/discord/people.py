"""Look up who somebody on Discord is, and who can read a place."""

import logging
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import discord
from cachetools import TTLCache
from discord.abc import GuildChannel

from bot.adapters.discord.calls import FAULTS, trouble
from bot.adapters.discord.gate import Servers
from bot.adapters.discord.options import DiscordOptions
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ChannelRef, MessageRef
from bot.core.review import ABOUT_ENTRIES, ReviewItem
from bot.service.app import App
from bot.service.privacy import Person

PLATFORM = "discord"
DIRECT = ""
"""The id of the server where there is none, as in a direct message."""
_log = logging.getLogger(__name__)
_MOST = 1_000
# Discord asks for suggestions at each key: one lookup serves those of one question.
_LASTING = timedelta(minutes=1)


def audience_of(channel: object, *, marked: Audience) -> Audience:
    """Return who can read a place: staff only where a moderator marked it so and not everybody can view it.

    A thread is as open as the channel it belongs to, a private one too, since its members come from there. Whatever
    has no permissions to look at is public.
    """
    if marked is not Audience.INTERNAL:
        return Audience.PUBLIC
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if not isinstance(place, GuildChannel) or everybody_views(place):
        return Audience.PUBLIC
    return Audience.INTERNAL


def everybody_views(channel: GuildChannel) -> bool:
    """Return whether @everyone can view a channel, going by what the server and the channel allow and deny."""
    everyone = channel.guild.default_role
    permissions = discord.Permissions(everyone.permissions.value)
    if permissions.administrator:
        return True
    allowed, denied = channel.overwrites_for(everyone).pair()
    permissions.handle_overwrite(allowed.value, denied.value)
    return permissions.view_channel


def workspace_of(guild_id: int | None) -> str:
    """Return what services know a server by."""
    return DIRECT if guild_id is None else str(guild_id)


def place_of(channel: Any) -> ChannelRef:  # noqa: ANN401  # whatever a message can stand in
    """Return the channel whose settings count: that of a thread or a post is the one that it belongs to."""
    guild = getattr(channel, "guild", None)
    channel_id = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    return ChannelRef(PLATFORM, workspace_of(None if guild is None else guild.id), str(channel_id))


def spot_of(channel: Any, message_id: int) -> MessageRef:  # noqa: ANN401  # as above
    """Return where a message stands."""
    place = place_of(channel)
    thread_id = str(channel.id) if isinstance(channel, discord.Thread) else None
    return MessageRef(**asdict(place), message_id=str(message_id), thread_id=thread_id)


def is_post(message: discord.Message | discord.PartialMessage) -> bool:
    """Return whether a message is the first one of a post in a forum."""
    thread = message.channel
    return isinstance(thread, discord.Thread) and message.id == thread.id and is_in_forum(thread)


def is_in_forum(thread: discord.Thread) -> bool:
    """Return whether a thread is a post in a forum."""
    return isinstance(thread.parent, discord.ForumChannel)


def has_threads(channel: object) -> bool:
    """Return whether threads can be made in a channel: not in the text chat of a voice or stage channel."""
    return not isinstance(channel, discord.VoiceChannel | discord.StageChannel)


def channel_of(interaction: discord.Interaction[Any]) -> Any:  # noqa: ANN401  # whatever somebody can use a command in
    """Return the channel of an interaction as the server has it; what comes with an interaction lacks permissions.

    It is None where the server does not say what channel that is, and nobody but the public is to be thought of.
    """
    channel, guild = interaction.channel, interaction.guild
    if guild is None or channel is None:
        return channel
    known = guild.get_channel_or_thread(channel.id)
    return known or (channel if isinstance(channel, discord.Thread) else None)


def place_here(interaction: discord.Interaction[Any]) -> ChannelRef | None:
    """Return the channel whose settings count for an interaction, None where there is none."""
    channel = channel_of(interaction) or interaction.channel
    return None if channel is None else place_of(channel)


async def settings_of(app: App, place: ChannelRef) -> ChannelSettings:
    """Return how the bot behaves in a channel; in a direct message nobody sets that."""
    if place.workspace_id == DIRECT:
        return ChannelSettings()
    return await app.channels.behaviour(place)


async def audience_here(app: App, interaction: discord.Interaction[Any]) -> Audience:
    """Return who can read the place of an interaction, now."""
    channel = channel_of(interaction)
    settings = ChannelSettings() if channel is None else await settings_of(app, place_of(channel))
    return await audience_by(settings, interaction)


async def audience_by(settings: ChannelSettings, interaction: discord.Interaction[Any]) -> Audience:
    """Return who can read the place of an interaction, now, as the bot is set there."""
    channel = channel_of(interaction)
    if interaction.guild_id is None and isinstance(interaction.channel, discord.DMChannel):
        audience: Audience = await interaction.client.staff.audience_of(interaction.user.id)
        return audience
    if channel is None or interaction.guild is None:
        return Audience.PUBLIC
    return audience_of(channel, marked=settings.audience)


def person(user: discord.abc.Snowflake) -> Person:
    """Return somebody as services know them."""
    return Person(PLATFORM, str(user.id))


def actor(user: discord.abc.Snowflake) -> str:
    """Return whom the audit log names."""
    return f"{PLATFORM}:{user.id}"


def owner_of(item: ReviewItem) -> int | None:
    """Return the id of the user whose entry an item is about, if it is about the date of one."""
    platform, _, user_id = (item.assignee or "").partition(":")
    is_user = item.kind in ABOUT_ENTRIES and platform == PLATFORM and user_id.isascii() and user_id.isdigit()
    return int(user_id) if is_user else None


def is_moderator(interaction: discord.Interaction[Any], options: DiscordOptions) -> bool:
    """Return whether the user is a moderator, by what the interaction says of them."""
    member = interaction.user
    return isinstance(member, discord.Member) and moderates(member, interaction.permissions, options)


def moderates(member: discord.Member, permissions: discord.Permissions, options: DiscordOptions) -> bool:
    """Return whether a member with some permissions is a moderator of their server."""
    if permissions.administrator:
        return True
    if options.moderator_roles:
        return any(role.id in options.moderator_roles for role in member.roles)
    return permissions.manage_messages


def region_of(user: discord.abc.Snowflake, options: DiscordOptions) -> str | None:
    """Return the region that a role of a member stands for, the highest role first."""
    roles = user.roles if isinstance(user, discord.Member) else []
    return next((options.regions[role.id] for role in reversed(roles) if role.id in options.regions), None)


def is_answered(message: discord.Message, options: DiscordOptions, *, own_id: int) -> bool:
    """Return whether the bot answers the author of a message: people, and the bots that are listed."""
    if message.type not in {discord.MessageType.default, discord.MessageType.reply} or message.author.id == own_id:
        return False
    if message.author.bot or message.webhook_id is not None:
        return bool(options.bots & {message.author.id, message.webhook_id})
    return True


class Staff:
    """Look up whether somebody is a moderator of a server that is served and that this process is connected for."""

    def __init__(self, client: discord.Client, options: DiscordOptions, servers: Servers) -> None:
        self._client = client
        self._options = options
        self._servers = servers
        self._found: TTLCache[int, Audience] = TTLCache(_MOST, _LASTING.total_seconds())
        self._helpers: TTLCache[tuple[int, int], bool] = TTLCache(_MOST, _LASTING.total_seconds())

    async def audience_of(self, user_id: int) -> Audience:
        """Return what may be shown to somebody alone: internal entries to staff, public ones to everybody else.

        Where Discord cannot tell, that is what everybody may see.
        """
        found = self._found.get(user_id)
        if found is None:
            found = self._found[user_id] = await self._look_up(user_id)
        return found

    async def is_helper(self, message: discord.Message) -> bool:
        """Return whether the author of a message helps others: a moderator, or a member with one of the roles."""
        author, guild = message.author, message.guild
        if guild is None or author.bot:
            return False
        if isinstance(author, discord.Member):
            return self.helps(author)
        key = (guild.id, author.id)
        if (found := self._helpers.get(key)) is None:
            member = await self._member(guild, author.id)  # what is read back names no roles
            found = self._helpers[key] = member is not None and self.helps(member)
        return found

    async def may_ask(self, message: discord.Message, asker_ids: frozenset[str]) -> bool:
        """Return whether the author of a message may ask in its channel; bots that are listed may."""
        author, guild = message.author, message.guild
        if not asker_ids or guild is None or author.bot:
            return True
        member = author if isinstance(author, discord.Member) else await self._member(guild, author.id)
        return member is not None and self.is_asker(member, asker_ids)

    def is_asker(self, member: discord.Member | discord.User, asker_ids: frozenset[str]) -> bool:
        """Return whether a member may ask: helpers, and those with one of the roles, or everybody without roles."""
        if not asker_ids or not isinstance(member, discord.Member):
            return not asker_ids
        return self.helps(member) or any(str(role.id) in asker_ids for role in member.roles)

    async def is_trusted(self, message: discord.Message) -> bool:
        """Return whether solutions of the author of a message become answers without approval, by their roles now."""
        author, trusted = message.author, self._options.trusted_roles
        if not trusted or message.guild is None or author.bot:
            return False
        member = await self._member(message.guild, author.id)
        return member is not None and any(role.id in trusted for role in member.roles)

    def helps(self, member: discord.Member) -> bool:
        """Return whether a member helps others, by their roles now."""
        helps = any(role.id in self._options.helper_roles for role in member.roles)
        return helps or moderates(member, member.guild_permissions, self._options)

    def forget(self) -> None:
        """Drop all cached members."""
        self._found.clear()
        self._helpers.clear()

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
        member = await self._member(guild, user_id)
        return member is not None and moderates(member, member.guild_permissions, self._options)

    async def _member(self, guild: discord.Guild, user_id: int) -> discord.Member | None:
        """Return a member of a server, None where Discord knows or tells of none."""
        try:
            return await guild.fetch_member(user_id)
        except discord.NotFound:
            return None
        except FAULTS as error:
            self._tell(error)
            return None

    def _tell(self, error: Exception) -> None:
        _log.warning("discord.staff.unknown", extra={"fault": trouble(error).fault})

"""Translate places of Discord: into what services know them by, and into who can read along."""

from dataclasses import asdict
from typing import Any

import discord

from bot.adapters.discord.internal import audience_of
from bot.core.models import Audience, ChannelRef, MessageRef
from bot.core.modes import ChannelSettings
from bot.service.app import App

PLATFORM = "discord"
DIRECT = ""
"""The id of the server where there is none, as in a direct message."""


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


def channel_of(interaction: discord.Interaction[Any]) -> Any:  # noqa: ANN401  # whatever somebody can use a command in
    """Return the channel of an interaction as the server has it; what comes with an interaction lacks permissions.

    It is None where the server does not say what channel that is, and nobody but the public is to be thought of.
    """
    channel, guild = interaction.channel, interaction.guild
    if guild is None or channel is None:
        return channel
    known = guild.get_channel_or_thread(channel.id)
    return known or (channel if isinstance(channel, discord.Thread) else None)


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

"""Compute who can read a place on Discord."""

import discord
from discord.abc import GuildChannel

from bot.core.models import Audience


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

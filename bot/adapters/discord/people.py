"""Compute who somebody on Discord is."""

from typing import Any

import discord

from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.places import PLATFORM
from bot.service.privacy import Person


def person(user: discord.abc.Snowflake) -> Person:
    """Return somebody as services know them."""
    return Person(PLATFORM, str(user.id))


def actor(user: discord.abc.Snowflake) -> str:
    """Return whom the audit log names."""
    return f"{PLATFORM}:{user.id}"


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


def is_answered(message: discord.Message, options: DiscordOptions, *, own_id: int) -> bool:
    """Return whether the bot answers the author of a message: people, and the bots that are listed."""
    if message.type not in {discord.MessageType.default, discord.MessageType.reply} or message.author.id == own_id:
        return False
    if message.author.bot or message.webhook_id is not None:
        return bool(options.bots & {message.author.id, message.webhook_id})
    return True

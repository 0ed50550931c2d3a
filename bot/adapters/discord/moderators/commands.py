"""Offer commands to moderators: Discord hides them from others, and each use is checked all the same."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import is_refused

MODERATORS = discord.Permissions(manage_messages=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)

Use = Callable[[DiscordBot, Interaction], Awaitable[None]]
C = TypeVar("C", app_commands.Command[Any, ..., None], app_commands.ContextMenu)
UseOn = Callable[[DiscordBot, Interaction, discord.Message], Awaitable[None]]


def offer(bot: DiscordBot, name: str, description: str, use: Use) -> None:
    """Offer a slash command."""

    async def used(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(_checked, bot, interaction, partial(use, bot, interaction)), name=name)

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=name, description=description, callback=used
    )
    bot.tree.add_command(_for_moderators(command))


def offer_on_messages(bot: DiscordBot, name: str, use: UseOn) -> None:
    """Offer a command in the menu of messages."""

    async def used(interaction: discord.Interaction[DiscordBot], message: discord.Message) -> None:
        step = partial(use, bot, interaction, message)
        bot.carry_out(interaction, partial(_checked, bot, interaction, step), name=name)

    bot.tree.add_command(_for_moderators(app_commands.ContextMenu(name=name, callback=used)))


def _for_moderators(command: C) -> C:
    command.default_permissions = MODERATORS
    command.allowed_contexts = IN_SERVERS
    return command


async def _checked(bot: DiscordBot, interaction: Interaction, step: Callable[[], Awaitable[None]]) -> None:
    if not await is_refused(bot, interaction):
        await step()

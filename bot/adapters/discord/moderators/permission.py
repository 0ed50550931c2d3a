"""Offer commands to moderators, check each use, and limit what they see to the readers of the place.

Discord hides the commands from others; each use is checked all the same.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.people import audience_here, audience_of, channel_of, is_moderator, place_of
from bot.adapters.discord.private import whisper
from bot.adapters.discord.showing.parts import Press, number_in
from bot.chat.review import item_as_seen
from bot.core.models import Audience
from bot.core.review import ReviewItem
from bot.core.wording.refusals import NOT_A_MODERATOR
from bot.errors import ItemNotFoundError
from bot.service.app import App
from bot.service.reviewed import Review

MODERATORS = discord.Permissions(manage_messages=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)

CommandUse = Callable[[DiscordBot, Interaction], Awaitable[None]]
C = TypeVar("C", app_commands.Command[Any, ..., None], app_commands.ContextMenu)
MessageUse = Callable[[DiscordBot, Interaction, discord.Message], Awaitable[None]]


async def is_refused(bot: DiscordBot, interaction: Interaction) -> bool:
    """Return whether somebody is no moderator now, after they were told so."""
    if is_moderator(interaction, bot.options):
        return False
    await whisper(interaction, NOT_A_MODERATOR)
    return True


async def audience_for(bot: DiscordBot, app: App, interaction: Interaction) -> Audience:
    """Return who can read the place where a moderator works; the moderators' channel counts as marked internal."""
    channel = channel_of(interaction)
    if channel is not None and place_of(channel).channel_id == str(bot.options.review_channel):
        return audience_of(channel, marked=Audience.INTERNAL)
    return await audience_here(app, interaction)


async def review_of(app: App, item_id: str, *, audience: Audience) -> Review:
    """Return an item; one that is not for those who can read the place is not there."""
    found = await app.review.show(item_id)
    if not audience.sees(found.item.audience):
        raise ItemNotFoundError(item_id)
    return found


async def open_review(app: App, press: Press, *, audience: Audience) -> tuple[ReviewItem, Review]:
    """Return an item that is open and still as it was when its button was shown."""
    found = await review_of(app, press.subject, audience=audience)
    return item_as_seen(found, number_in(press.detail)), found


def offer(bot: DiscordBot, name: str, description: str, use: CommandUse) -> None:
    """Offer a slash command."""

    async def used(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(_checked, bot, interaction, partial(use, bot, interaction)), name=name)

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=name, description=description, callback=used
    )
    bot.tree.add_command(_for_moderators(command))


def offer_on_messages(bot: DiscordBot, name: str, use: MessageUse) -> None:
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

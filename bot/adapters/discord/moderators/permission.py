"""Offer commands to moderators, check each use, and show what a change would do before it is saved.

Discord hides the commands from others; each use is checked all the same.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.people import actor, audience_here, audience_of, channel_of, is_moderator, place_of
from bot.adapters.discord.sending import whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.cards import replay_message
from bot.adapters.discord.showing.dialogs import Filled
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, number_in
from bot.chat.moderators import saved
from bot.chat.review import item_as_seen
from bot.core.models import Audience
from bot.core.review import ReviewItem
from bot.core.wording.labels import Words
from bot.core.wording.outcomes import LOST, NOTHING_DONE
from bot.core.wording.refusals import NOT_A_MODERATOR, refusal
from bot.errors import FaqbotError, ItemNotFoundError
from bot.service.app import App
from bot.service.drafts import ModeratorDraft
from bot.service.review_queue import Review

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


def offer(bot: DiscordBot, name: str, description: Words, use: CommandUse) -> None:
    """Offer a slash command."""

    async def used(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(checked, bot, interaction, partial(use, bot, interaction)), name=name)

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=name, description=localised(description), callback=used
    )
    bot.tree.add_command(for_moderators(command))


def offer_on_messages(bot: DiscordBot, name: Words, use: MessageUse) -> None:
    """Offer a command in the menu of messages."""

    async def used(interaction: discord.Interaction[DiscordBot], message: discord.Message) -> None:
        step = partial(use, bot, interaction, message)
        bot.carry_out(interaction, partial(checked, bot, interaction, step), name=str(name))

    bot.tree.add_command(for_moderators(app_commands.ContextMenu(name=localised(name), callback=used)))


def for_moderators(command: C) -> C:
    """Return a command that Discord shows to moderators alone, in servers."""
    command.default_permissions = MODERATORS
    command.allowed_contexts = IN_SERVERS
    return command


async def checked(bot: DiscordBot, interaction: Interaction, step: Callable[[], Awaitable[None]]) -> None:
    """Run a step of a moderator; anybody else gets a refusal."""
    if not await is_refused(bot, interaction):
        await step()


async def propose(
    bot: DiscordBot, interaction: Interaction, form: Filled, *, lines: Sequence[str], draft: ModeratorDraft
) -> None:
    """Show what a change would do that somebody filled in, with buttons that save it or leave it."""
    confirm = Press(DiscordAction.CONFIRM, form.subject, form.detail)
    async with bot.services(interaction) as app:
        await app.drafts.keep(draft, actor=actor(interaction.user), about=_about(confirm))
    await whisper(interaction, replay_message(lines, confirm=confirm))


def register(bot: DiscordBot) -> None:
    """Listen to the buttons that save or leave."""
    bot.presses[DiscordAction.CONFIRM] = partial(_confirm, bot)
    bot.presses[DiscordAction.CANCEL] = partial(_cancel, bot)


async def _confirm(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    await _tell(interaction, await _outcome(bot, interaction, press))
    bot.rounds.ask()


async def _outcome(bot: DiscordBot, interaction: Interaction, press: Press) -> str:
    """Save the draft that a button is about, and return the outcome in words."""
    who = actor(interaction.user)
    try:
        async with bot.services(interaction) as app:
            draft = await app.drafts.take(actor=who, about=_about(press))
            return str(LOST) if draft is None else await saved(app, draft, actor=who)
    except FaqbotError as error:
        return refusal(error)


async def _cancel(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        await app.drafts.take(actor=actor(interaction.user), about=_about(press))
    await _tell(interaction, str(NOTHING_DONE))


async def _tell(interaction: Interaction, words: str) -> None:
    """Replace the buttons by a text."""
    await interaction.edit_original_response(**DiscordMessage(content=named(line(words, parts.CONTENT))).changed)


def _about(press: Press) -> tuple[str, ...]:
    return press.subject, press.detail

"""Show moderators what a change would do, in private, and save it when they say so."""

from collections.abc import Sequence
from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.drafts import Key, Save
from bot.adapters.discord.moderators.permission import is_refused
from bot.adapters.discord.people import actor
from bot.adapters.discord.private import whisper
from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.cards import replay_message
from bot.adapters.discord.showing.dialogs import Filled
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press
from bot.chat.outcomes import LOST, NOTHING_DONE
from bot.chat.refusals import refusal
from bot.errors import FaqbotError


async def propose(bot: DiscordBot, interaction: Interaction, form: Filled, *, lines: Sequence[str], save: Save) -> None:
    """Show what a change would do that somebody filled in, with buttons that save it or leave it."""
    confirm = Press(DiscordAction.CONFIRM, form.subject, form.detail)
    bot.drafts[_key(interaction, confirm)] = save
    await whisper(interaction, replay_message(lines, confirm=confirm))


def register(bot: DiscordBot) -> None:
    """Listen to the buttons that save or leave."""
    bot.presses[DiscordAction.CONFIRM] = partial(_confirm, bot)
    bot.presses[DiscordAction.CANCEL] = partial(_cancel, bot)


async def _confirm(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    save = bot.drafts.pop(_key(interaction, press), None)
    await _tell(interaction, LOST if save is None else await _saved(bot, interaction, save))
    bot.rounds.ask()


async def _saved(bot: DiscordBot, interaction: Interaction, save: Save) -> str:
    try:
        async with bot.services(interaction) as app:
            return await save(app, actor(interaction.user))
    except FaqbotError as error:
        return refusal(error)


async def _cancel(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    await interaction.response.defer()
    bot.drafts.pop(_key(interaction, press), None)
    await _tell(interaction, NOTHING_DONE)


async def _tell(interaction: Interaction, words: str) -> None:
    """Replace the buttons by a text."""
    await interaction.edit_original_response(**DiscordMessage(content=named(line(words, limits.CONTENT))).changed)


def _key(interaction: Interaction, press: Press) -> Key:
    return Key(interaction.user.id, press.subject, press.detail)

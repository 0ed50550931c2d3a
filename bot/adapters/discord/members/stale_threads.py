"""Handle the buttons under the question whether a thread is still open."""

from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.members.solutions import solve
from bot.adapters.discord.people import is_moderator, person
from bot.adapters.discord.sending import whisper
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.adapters.discord.threads import saying
from bot.chat.stale_threads import take_word


def register(bot: DiscordBot) -> None:
    """Listen to the buttons."""
    bot.presses[DiscordAction.SOLVED] = partial(_say, bot, solved=True)
    bot.presses[DiscordAction.STILL_OPEN] = partial(_say, bot, solved=False)


async def _say(bot: DiscordBot, interaction: Interaction, press: Press, *, solved: bool) -> None:
    """Store what somebody says, and put it in the place of the question."""
    await interaction.response.defer()
    member = interaction.user
    helps = is_moderator(interaction, bot.options) or (isinstance(member, discord.Member) and bot.staff.helps(member))
    async with bot.services(interaction) as app:
        is_theirs, said = await take_word(app, press.subject, person(member), solved=solved, helps=helps)
    if not is_theirs:
        await whisper(interaction, said)
        return
    await interaction.edit_original_response(**saying(said).changed)
    if solved:
        await solve(interaction.channel, bot.options)

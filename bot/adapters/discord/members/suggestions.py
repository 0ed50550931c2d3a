"""Suggest somebody's reply as the answer to a question in the review."""

from functools import partial

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.members.replied_question import asked_before, text_of_reply
from bot.adapters.discord.moderators.commands import IN_SERVERS
from bot.adapters.discord.people import actor
from bot.adapters.discord.places import audience_here
from bot.adapters.discord.private import defer, whisper
from bot.chat.outcomes import NO_TEXT, NOT_WAITING, SUGGESTED

SUGGEST = "Suggest as FAQ answer"


def register(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages; a moderator who answers the question finds the text there."""

    async def used(interaction: discord.Interaction[DiscordBot], message: discord.Message) -> None:
        bot.carry_out(interaction, partial(_suggest, bot, interaction, message), name=SUGGEST)

    command = app_commands.ContextMenu(name=SUGGEST, callback=used)
    command.allowed_contexts = IN_SERVERS
    bot.tree.add_command(command)


async def _suggest(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await defer(interaction)
    text = text_of_reply(message)
    if text is None:
        await whisper(interaction, NO_TEXT)
        return
    async with bot.services(interaction) as app:
        audience = await audience_here(app, interaction)
        asked = await asked_before(app, interaction, message, audience=audience)
        if asked is None or asked.item_id is None:
            await whisper(interaction, NOT_WAITING)
            return
        await app.review.suggest(asked.item_id, actor=actor(interaction.user), answer=text)
    await whisper(interaction, SUGGESTED)

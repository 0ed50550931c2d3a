"""Show moderators why the bot decided as it did."""

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.commands import offer_on_messages
from bot.adapters.discord.moderators.permission import audience_for
from bot.adapters.discord.places import PLATFORM, workspace_of
from bot.adapters.discord.private import defer, whisper
from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.markup import line, shortened
from bot.adapters.discord.showing.parts import Message
from bot.chat.outcomes import UNKNOWN_MESSAGE
from bot.chat.reasons import reasons
from bot.core.wording.labels import Label

_LINE = 1_000


def register(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages."""
    offer_on_messages(bot, Label.WHY, _why)


async def _why(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await defer(interaction)
    where = {"platform": PLATFORM, "workspace_id": workspace_of(interaction.guild_id), "message_id": str(message.id)}
    async with bot.services(interaction) as app:
        lines = await reasons(app, **where, audience=await audience_for(bot, app, interaction))
    await whisper(interaction, UNKNOWN_MESSAGE if lines is None else _message(lines))


def _message(lines: tuple[str, ...]) -> Message:
    words = "\n".join(line(each, _LINE) for each in lines)
    return Message(embed=discord.Embed(title=Label.WHY, description=shortened(words, limits.EMBED_DESCRIPTION)))

"""Tell somebody something that nobody else sees, in answer to what they used."""

from typing import Any

import discord

from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.markup import named
from bot.adapters.discord.showing.messages import Message
from bot.adapters.discord.showing.shortening import line


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Have Discord wait for an answer that only the person sees."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def whisper(interaction: discord.Interaction[Any], message: Message | str) -> discord.Message | None:
    """Answer in private, whether or not Discord waits already; return the message where Discord tells it.

    Plain words may quote people: nothing in them acts as markup.
    """
    told = Message(content=named(line(message, limits.CONTENT))) if isinstance(message, str) else message
    if interaction.response.is_done():
        return await interaction.followup.send(ephemeral=True, wait=True, **told.sent)
    await interaction.response.send_message(ephemeral=True, **told.sent)
    return None

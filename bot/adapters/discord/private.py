"""Tell somebody something that nobody else sees, in answer to what they used."""

from typing import Any

import discord

from bot.adapters.discord.messages import Message


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Have Discord wait for an answer that only the person sees."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def whisper(interaction: discord.Interaction[Any], message: Message | str) -> discord.Message | None:
    """Answer in private, whether or not Discord waits already; return the message where Discord tells it."""
    told = Message(content=message) if isinstance(message, str) else message
    if interaction.response.is_done():
        return await interaction.followup.send(ephemeral=True, wait=True, **told.sent)
    await interaction.response.send_message(ephemeral=True, **told.sent)
    return None

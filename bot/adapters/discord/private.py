"""Reply to an interaction with a message or dialog that only its user sees."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import discord

from bot.adapters.discord.calls import FAULTS
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.dialogs import FormModal
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordMessage
from bot.chat.tasks import awaited
from bot.core.wording.labels import Words
from bot.core.wording.languages import speaking
from bot.core.wording.outcomes import TOO_SLOW
from bot.core.wording.refusals import NOT_SERVED

PATIENCE = 2.0
"""Seconds after which somebody is answered whatever happens: Discord waits for three, and some go on the way."""


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Acknowledge an interaction, to be answered in private later."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def whisper(interaction: discord.Interaction[Any], message: DiscordMessage | Words) -> discord.Message | None:
    """Answer in private, whether or not Discord waits already; return the message where Discord tells it.

    Plain words may quote people: nothing in them acts as markup.
    """
    words = message if isinstance(message, DiscordMessage) else line(str(message), parts.CONTENT)
    told = DiscordMessage(content=named(words)) if isinstance(words, str) else words
    if interaction.response.is_done():
        return await interaction.followup.send(ephemeral=True, wait=True, **told.sent)
    await interaction.response.send_message(ephemeral=True, **told.sent)
    return None


async def ask(interaction: discord.Interaction[Any], making: Coroutine[Any, Any, FormModal | Words]) -> None:
    """Show somebody a form, or tell them the words that come in its place.

    Discord shows no form later on to whom it had wait: where it takes too long to make, they are told to try again.
    """
    task = awaited(making, name="form")
    in_time = await comes_in_time(task)
    if not in_time:
        await whisper(interaction, TOO_SLOW)
    found = await task
    if not isinstance(found, FormModal):
        await whisper(interaction, found)
    elif in_time:
        await interaction.response.send_modal(found)


async def turn_away(interaction: discord.Interaction[Any]) -> None:
    """Reply that the bot does not work in this server, and nothing else."""
    with suppress(*FAULTS), speaking(str(interaction.locale)):  # without the reply the user sees that nothing happens
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await interaction.response.send_message(str(NOT_SERVED), ephemeral=True)


async def comes_in_time(task: asyncio.Task[Any], *, within: float | None = None) -> bool:
    """Return whether something is done in `PATIENCE` or so many seconds; it is not cut off where it is not."""
    in_time, _ = await asyncio.wait({task}, timeout=PATIENCE if within is None else within)
    return bool(in_time)

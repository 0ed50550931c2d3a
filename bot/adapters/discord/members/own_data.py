"""Show people what is kept of them, and let them have it removed: /my-data."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.people import PLATFORM, person
from bot.adapters.discord.sending import defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.markup import line, shortened
from bot.adapters.discord.showing.parts import NOBODY, DiscordAction, DiscordMessage, Press, PressButton
from bot.core.manners import OptOut
from bot.core.wording import labels
from bot.core.wording.labels import Label
from bot.core.wording.languages import Message
from bot.core.wording.outcomes import (
    ALL_THAT_IS_KEPT,
    FORGET_SURE,
    FORGOTTEN,
    IN_SERVERS_ONLY,
    LEFT_ALONE,
    LEFT_UNASKED,
    TOLD_AGAIN,
)
from bot.core.wording.replies import PROGRESS

MY_DATA = "my-data"
# Nobody is named in the audit log for what they want of their own data.
_THEMSELVES = PLATFORM
_WORDS = 200
_MINE = "me"
_FILE = "my-data.json"

OwnStep = Callable[[DiscordBot, Interaction], Awaitable[None]]


def register(bot: DiscordBot) -> None:
    """Offer the commands, and listen to the button that forgets."""
    group = app_commands.Group(name=MY_DATA, description=localised(labels.MY_DATA))
    for name, (description, step) in _STEPS.items():
        group.add_command(_command(bot, name, description, step))
    bot.tree.add_command(group)
    bot.presses[DiscordAction.FORGET] = partial(_forget, bot)


def _command(bot: DiscordBot, name: str, description: Message, step: OwnStep) -> app_commands.Command[Any, ..., None]:
    async def used(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(_answered, bot, interaction, step), name=f"{MY_DATA} {name}")

    return app_commands.Command(name=name, description=localised(description), callback=used)


async def _answered(bot: DiscordBot, interaction: Interaction, step: OwnStep) -> None:
    await defer(interaction)
    if bot.has_store(interaction.guild_id):
        await step(bot, interaction)
    else:
        await whisper(interaction, IN_SERVERS_ONLY)


async def _show(bot: DiscordBot, interaction: Interaction) -> None:
    """Show the last questions with what became of them; which entry answered one may be for other places."""
    async with bot.services(interaction) as app:
        mine = await app.conversations.mine(person(interaction.user))
    lines = [
        f"- {line(each.text, _WORDS)}\n-# {PROGRESS[each.progress]} · {discord.utils.format_dt(each.asked_at, 'R')}"
        for each in mine
    ]
    words = shortened("\n".join(lines) or str(Label.NO_QUESTIONS), parts.EMBED_DESCRIPTION)
    await whisper(interaction, DiscordMessage(embed=discord.Embed(title=str(Label.MY_QUESTIONS), description=words)))


async def _export(bot: DiscordBot, interaction: Interaction) -> None:
    async with bot.services(interaction) as app:
        kept = await app.privacy.export(person(interaction.user), actor=_THEMSELVES)
    text = json.dumps(asdict(kept), ensure_ascii=False, indent=2)
    file = discord.File(BytesIO(text.encode()), filename=_FILE)
    await interaction.followup.send(str(ALL_THAT_IS_KEPT), file=file, ephemeral=True, allowed_mentions=NOBODY)


async def _ask_to_forget(_: DiscordBot, interaction: Interaction) -> None:
    sure = PressButton(Press(DiscordAction.FORGET, _MINE), text=Label.FORGET, style=discord.ButtonStyle.danger)
    cancel = PressButton(Press(DiscordAction.CANCEL, _MINE), text=Label.CANCEL)
    await whisper(interaction, DiscordMessage(content=str(FORGET_SURE), items=(sure, cancel)))


async def _forget(bot: DiscordBot, interaction: Interaction, _: Press) -> None:
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        await app.privacy.forget(person(interaction.user), actor=_THEMSELVES)
    await interaction.edit_original_response(**DiscordMessage(content=str(FORGOTTEN)).changed)


async def _opt_out(bot: DiscordBot, interaction: Interaction) -> None:
    async with bot.services(interaction) as app:
        await app.privacy.opt_out(person(interaction.user), actor=_THEMSELVES)
    await whisper(interaction, LEFT_ALONE)


async def _only_asked(bot: DiscordBot, interaction: Interaction) -> None:
    async with bot.services(interaction) as app:
        await app.privacy.opt_out(person(interaction.user), actor=_THEMSELVES, extent=OptOut.UNASKED)
    await whisper(interaction, LEFT_UNASKED)


async def _opt_in(bot: DiscordBot, interaction: Interaction) -> None:
    async with bot.services(interaction) as app:
        await app.privacy.opt_in(person(interaction.user), actor=_THEMSELVES)
    await whisper(interaction, TOLD_AGAIN)


_STEPS: Mapping[str, tuple[Message, OwnStep]] = MappingProxyType({
    "show": (labels.MY_DATA_SHOW, _show),
    "export": (labels.MY_DATA_EXPORT, _export),
    "forget": (labels.MY_DATA_FORGET, _ask_to_forget),
    "opt-out": (labels.MY_DATA_OPT_OUT, _opt_out),
    "only-if-asked": (labels.MY_DATA_ONLY_ASKED, _only_asked),
    "opt-in": (labels.MY_DATA_OPT_IN, _opt_in),
})  # fmt: skip

"""Handle the command for how the bot behaves in a channel, and the dialogs of its parts.

Discord shows no error in a dialog: where a value is refused, a button leads back to what was typed.
"""

from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.moderators.permission import checked, for_moderators, is_refused
from bot.adapters.discord.people import PLATFORM, actor, audience_of, channel_of, place_of
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing.dialogs import DiscordField, Filled, Form, FormModal
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.adapters.discord.showing.settings import (
    part_in,
    refused_message,
    settings_in,
    settings_message,
    settings_modal,
    typed_in,
)
from bot.chat.channel_settings import TITLES, SettingsPart, told
from bot.core.manners import ChannelSettings
from bot.core.models import ChannelRef, Mode
from bot.core.wording import labels
from bot.core.wording.cards import without_drafts
from bot.core.wording.labels import Words
from bot.core.wording.outcomes import ELSEWHERE, LOST
from bot.core.wording.refusals import refusal
from bot.errors import ChannelFieldError
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft

SETTINGS = "faq-settings"


def register(bot: DiscordBot) -> None:
    """Offer the command, and listen to the dialogs and to the buttons that lead to them."""

    async def used(interaction: discord.Interaction[DiscordBot], part: str = SettingsPart.MODE) -> None:
        opened = partial(_open, bot, interaction, part)
        bot.carry_out(interaction, partial(checked, bot, interaction, opened), name=SETTINGS)

    choices = [app_commands.Choice(name=localised(title), value=str(part)) for part, title in TITLES.items()]
    described = app_commands.describe(part=localised(labels.SETTINGS_PART))(used)
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=SETTINGS, description=localised(labels.SETTINGS), callback=app_commands.choices(part=choices)(described)
    )
    bot.tree.add_command(for_moderators(command))
    bot.presses[DiscordAction.SETTINGS] = partial(_press, bot)
    bot.forms[Form.SETTINGS] = partial(_set, bot)


async def _open(bot: DiscordBot, interaction: Interaction, part: str) -> None:
    await ask(interaction, _form(bot, interaction, part))


async def _press(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press.detail))


async def _form(bot: DiscordBot, interaction: Interaction, detail: str) -> FormModal | Words:
    """Return the dialog of a part, with what was typed and refused before, if there is such."""
    channel = channel_of(interaction)
    if channel is None:
        return ELSEWHERE
    place, part = place_of(channel), part_in(detail)
    roles = frozenset(str(role.id) for role in channel.guild.roles)
    if part is None:
        return LOST
    async with bot.services(interaction) as app:
        settings = await app.channels.behaviour(place)
        if part == detail:
            return settings_modal(place.channel_id, settings, part, roles=roles)
        about, who = (place.channel_id, detail), actor(interaction.user)
        draft = await app.drafts.take(actor=who, about=about)
        if draft is None:
            return LOST
        await app.drafts.keep(draft, actor=who, about=about)
    return settings_modal(place.channel_id, settings, detail, roles=roles, typed=draft.values)


async def _set(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Set what was changed, for the channel in which the dialog was opened; what was left empty is the default."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    channel, changes = channel_of(interaction), settings_in(form)
    if channel is None or place_of(channel).channel_id != form.subject:
        await whisper(interaction, ELSEWHERE)
        return
    if changes is None:
        await whisper(interaction, LOST)
        return
    async with bot.services(interaction) as app:
        try:
            settings = await _changed(bot, app, place_of(channel), changes, actor=actor(interaction.user))
        except ChannelFieldError as error:
            draft = ModeratorDraft(kind=DraftKind.SETTINGS, values=typed_in(form))
            await app.drafts.keep(draft, actor=actor(interaction.user), about=(form.subject, form.detail))
            await whisper(interaction, refused_message(refusal(error), form))
            return
    words = told(settings, audience=audience_of(channel, marked=settings.audience))
    await whisper(interaction, settings_message(words, form))


async def _changed(
    bot: DiscordBot, app: App, place: ChannelRef, changes: dict[str, str | None], *, actor: str
) -> ChannelSettings:
    if changes.get(DiscordField.MODE) == Mode.DRAFT and bot.review_channel.channel_for(place.workspace_id) is None:
        raise ChannelFieldError(DiscordField.MODE, Mode.DRAFT, without_drafts(PLATFORM))
    return await app.channels.set(place, changes, actor=actor)

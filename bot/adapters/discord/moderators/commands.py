"""Handle what is reached by a command or in the menu of a message: an entry from a reply, a suggestion, and why."""

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.moderators.permission import (
    IN_SERVERS,
    audience_for,
    is_refused,
    offer_on_messages,
    propose,
)
from bot.adapters.discord.people import PLATFORM, actor, audience_here, workspace_of
from bot.adapters.discord.reading import asked_before, text_of_reply
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.dialogs import (
    Filled,
    Form,
    FormModal,
    answer_modal,
    draft_modal,
)
from bot.adapters.discord.showing.markup import line, shortened
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton
from bot.chat.entries import entry_at
from bot.chat.moderators import drafted, preview, reasons
from bot.core.models import MessageRef
from bot.core.wording import labels
from bot.core.wording.labels import Label, Words
from bot.core.wording.outcomes import NO_TEXT, NOT_WAITING, SUGGESTED, UNKNOWN_MESSAGE
from bot.service.drafts import DraftKind, ModeratorDraft

_LINE = 1_000


def register(bot: DiscordBot) -> None:
    """Offer the commands in the order of this file."""
    _register_drafts(bot)
    _register_suggestions(bot)
    _register_why(bot)


def _register_drafts(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages, and listen to its dialog."""
    offer_on_messages(bot, labels.USE_AS_ANSWER, _open)
    bot.forms[Form.DRAFT] = partial(_draft, bot)


async def _open(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await ask(interaction, _form(bot, interaction, message))


async def _form(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> FormModal | Words:
    """Return the dialog: that of the review item where the reply answers an open one, so that the askers are told."""
    text = text_of_reply(message)
    if text is None:
        return NO_TEXT
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        asked = await asked_before(app, interaction, message, audience=audience)
        item = None
        if asked is not None and asked.item_id is not None:
            item = (await app.review.show(asked.item_id)).item
    question = "" if asked is None else asked.outcome.text or ""
    if item is not None and item.is_open:
        return answer_modal(replace(item, text=question or item.text), answer=text)
    return draft_modal(str(message.id), question=question, answer=text, audience=audience)


async def _draft(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what an entry would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    values = {name.value: value for name, value in form.values.items()}
    draft = ModeratorDraft(kind=DraftKind.ENTRY, values=values)
    async with bot.services(interaction) as app:
        entry = await drafted(app, draft)
        lines = await preview(app, entry, audience=await audience_for(bot, app, interaction))
    await propose(bot, interaction, form, lines=lines, draft=draft)


def _register_suggestions(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages; a moderator who answers the question finds the text there."""

    async def used(interaction: discord.Interaction[DiscordBot], message: discord.Message) -> None:
        bot.carry_out(interaction, partial(_suggest, bot, interaction, message), name=str(labels.SUGGEST))

    command = app_commands.ContextMenu(name=localised(labels.SUGGEST), callback=used)
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


def _register_why(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages."""
    offer_on_messages(bot, Label.WHY, _why)


async def _why(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await defer(interaction)
    place = MessageRef(platform=PLATFORM, workspace_id=workspace_of(interaction.guild_id), message_id=str(message.id))
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        where = {"platform": PLATFORM, "workspace_id": place.workspace_id, "message_id": place.message_id}
        lines = await reasons(app, **where, audience=audience)
        entry = await entry_at(app, place, audience=audience)
    if lines is None:
        await whisper(interaction, UNKNOWN_MESSAGE)
        return
    to_entry = PressButton(Press(DiscordAction.ENTRY_OF_MESSAGE, str(message.id)), text=Label.FAQ_ENTRY)
    await whisper(interaction, replace(_message(lines), items=() if entry is None else (to_entry,)))


def _message(lines: tuple[str, ...]) -> DiscordMessage:
    words = "\n".join(line(each, _LINE) for each in lines)
    return DiscordMessage(
        embed=discord.Embed(title=str(Label.WHY), description=shortened(words, parts.EMBED_DESCRIPTION))
    )

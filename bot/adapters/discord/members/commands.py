"""Answer `/ask` and somebody's message in private, and show what the FAQ holds: `/faq browse`."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.people import (
    audience_by,
    audience_here,
    channel_of,
    person,
    place_here,
    place_of,
    region_of,
    settings_of,
    spot_of,
)
from bot.adapters.discord.reading import question_at, question_of, text_of
from bot.adapters.discord.sending import comes_in_time, defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.answers import (
    autocompleted,
    categories_message,
    category_key,
    entries_message,
    reply_message,
)
from bot.adapters.discord.showing.markup import linked
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, number_in
from bot.chat.access import is_left_alone
from bot.chat.entry_search import found, shelves
from bot.chat.tasks import awaited
from bot.core.manners import ChannelSettings, Course, course
from bot.core.models import Audience, Question, Surface
from bot.core.wording import labels
from bot.core.wording.labels import Words
from bot.core.wording.outcomes import IN_SERVERS_ONLY
from bot.core.wording.refusals import NOT_FOR_ALL, NOT_NOW, NOT_THAT
from bot.core.wording.replies import ANSWERED_THERE, HELD, NO_WORDS, NOTHING_FITS, OFF, Choice, Reply, ReplyKind, gone
from bot.errors import DatabaseAwayError
from bot.service.app import App

ASK = "ask"
_LONGEST = 2_000
CommandInteraction = discord.Interaction[DiscordBot]
FAQ, BROWSE = "faq", "browse"


def register(bot: DiscordBot) -> None:
    """Offer the commands that everybody may use."""
    _register_ask(bot)
    _register_browse(bot)


def _register_ask(bot: DiscordBot) -> None:
    """Offer the command, and the one in the menu of messages."""

    async def ask(interaction: CommandInteraction, question: app_commands.Range[str, 1, _LONGEST]) -> None:
        bot.carry_out(interaction, partial(_ask, bot, interaction, question), name="ask")

    async def answer_message(interaction: CommandInteraction, message: discord.Message) -> None:
        bot.carry_out(interaction, partial(_answer_message, bot, interaction, message), name="answer a message")

    async def complete(interaction: CommandInteraction, typed: str) -> list[app_commands.Choice[str]]:
        if not bot.has_store(interaction.guild_id):
            return []
        search = awaited(_complete(bot, interaction, typed), name="search")
        if await comes_in_time(search):
            return search.result()
        bot.work.start(_end(search), name="search")
        return []

    described = app_commands.describe(question=localised(labels.ASK_QUESTION))(ask)
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=ASK, description=localised(labels.ASK), callback=described
    )
    command.autocomplete("question")(complete)
    bot.tree.add_command(command)
    bot.tree.add_command(app_commands.ContextMenu(name=localised(labels.ANSWER_MESSAGE), callback=answer_message))


async def _ask(bot: DiscordBot, interaction: CommandInteraction, text: str) -> None:
    await defer(interaction)
    if not bot.has_store(interaction.guild_id):
        await whisper(interaction, IN_SERVERS_ONLY)
        return
    async with bot.services(interaction) as app:
        settings, audience = await _here(app, interaction)
        if interaction.guild is not None and course(settings.mode, Surface.COMMAND) is Course.SILENT:
            await whisper(interaction, OFF)
            return
        if not bot.staff.is_asker(interaction.user, settings.asker_ids):
            await whisper(interaction, NOT_FOR_ALL)
            return
        try:
            await _answer(bot, app, interaction, text, audience)
        except DatabaseAwayError:
            await _answer_meanwhile(bot, app, interaction, text, audience)


async def _answer(bot: DiscordBot, app: App, interaction: CommandInteraction, text: str, audience: Audience) -> None:
    entry = await app.ask.choose(
        text, audience=audience, locale=str(interaction.locale), place=place_here(interaction)
    )  # what was taken from the list is the id of an entry
    question = _question(bot, interaction, entry.title if entry is not None and entry.title else text, audience)
    asked = await app.ask.ask(question)
    reply = entry or asked.reply or Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS))
    reply = await app.solved.beside(reply, asked.question_id)
    message = reply_message(reply, question_id=asked.question_id, domains=bot.options.domains, private=True)
    sent = await whisper(interaction, message)
    if sent is not None:
        await app.conversations.sent(asked.question_id, str(sent.id))


async def _answer_meanwhile(
    bot: DiscordBot, app: App, interaction: CommandInteraction, text: str, audience: Audience
) -> None:
    """Answer while the database is away, if that can be done, and log the question when it is back."""
    question = _question(bot, interaction, text, audience)
    reply = app.ask.meanwhile(question)
    if reply is None:
        await whisper(interaction, NOT_NOW)
        return
    await whisper(interaction, reply_message(reply, question_id=None, domains=bot.options.domains, private=True))

    async def log() -> None:
        async with bot.apps.use(question.ref.workspace_id) as later:
            await later.ask.ask(question)

    bot.intake.hold(question.ref.workspace_id, log, name="log a command")


def _question(bot: DiscordBot, interaction: CommandInteraction, text: str, audience: Audience) -> Question:
    spot = spot_of(channel_of(interaction) or interaction.channel, interaction.id)
    question = question_at(spot, interaction.user, text, surface=Surface.COMMAND, audience=audience)
    return replace(question, locale=str(interaction.locale), region=region_of(interaction.user, bot.options))


async def _complete(bot: DiscordBot, interaction: CommandInteraction, typed: str) -> list[app_commands.Choice[str]]:
    async with bot.services(interaction) as app:
        audience = await audience_here(app, interaction)
        return autocompleted(
            await found(app, typed, audience=audience, limit=parts.CHOICES, place=place_here(interaction))
        )


async def _end(search: asyncio.Task[list[app_commands.Choice[str]]]) -> None:
    """Wait for a search that ends too late: to cancel it in the middle would cost a connection."""
    await search


async def _answer_message(bot: DiscordBot, interaction: CommandInteraction, message: discord.Message) -> None:
    await defer(interaction)
    if interaction.guild is None or not text_of(message, bot.own_id) or message.author.id == bot.own_id:
        await whisper(interaction, NO_WORDS)
        return
    async with bot.services(interaction) as app:
        settings, audience = await _here(app, interaction)
        if course(settings.mode, Surface.SHORTCUT) is Course.SILENT:
            await whisper(interaction, OFF)
            return
        if not bot.staff.is_asker(interaction.user, settings.asker_ids):
            await whisper(interaction, NOT_FOR_ALL)
            return
        if await is_left_alone(app, person(message.author), person(interaction.user)):
            await whisper(interaction, NOT_THAT)
            return
        question = question_of(message, Surface.SHORTCUT, audience, own_id=bot.own_id)
        await bot.responder.receive(question, settings)
        await whisper(interaction, await _outcome(app, question, message))


async def _outcome(app: App, question: Question, message: discord.Message) -> DiscordMessage | Words:
    """Return the reply for the user who asked to have a message answered."""
    known = await app.conversations.why(question.ref)
    if known is None:
        return NOT_NOW
    if known.sent_message_id is None:
        return HELD if known.waits_for_moderator else NOTHING_FITS
    url = linked(message.jump_url, domains=("discord.com",)) or ""
    return DiscordMessage(content=f"{ANSWERED_THERE} {url}".strip(), has_links=True)


async def _here(app: App, interaction: CommandInteraction) -> tuple[ChannelSettings, Audience]:
    """Return how the bot behaves where somebody uses it, and who can read that place."""
    channel = channel_of(interaction) or interaction.channel
    settings = await settings_of(app, place_of(channel))
    return settings, await audience_by(settings, interaction)


def _register_browse(bot: DiscordBot) -> None:
    """Offer the command, and listen to its menus and pages."""
    group = app_commands.Group(name=FAQ, description=localised(labels.FAQ))

    @group.command(name=BROWSE, description=localised(labels.BROWSE))
    async def browse(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(_browse, bot, interaction), name="browse")

    bot.tree.add_command(group)
    bot.presses[DiscordAction.CATEGORY] = partial(_open_category, bot)
    bot.presses[DiscordAction.BROWSE] = partial(_turn, bot)
    bot.presses[DiscordAction.ENTRY] = partial(_open_entry, bot)


async def _browse(bot: DiscordBot, interaction: CommandInteraction) -> None:
    await defer(interaction)
    if not bot.has_store(interaction.guild_id):
        await whisper(interaction, IN_SERVERS_ONLY)
        return
    await whisper(interaction, categories_message(list(await _shelves(bot, interaction))))


async def _open_category(bot: DiscordBot, interaction: CommandInteraction, press: Press) -> None:
    """Show a category that was chosen, or another page of them."""
    await interaction.response.defer()
    there = await _shelves(bot, interaction)
    if press.values:
        message = _entries(there, press.values[0], 0)
    else:
        message = categories_message(list(there), page=number_in(press.detail) or 0)
    await interaction.edit_original_response(**message.changed)


async def _turn(bot: DiscordBot, interaction: CommandInteraction, press: Press) -> None:
    await interaction.response.defer()
    message = _entries(await _shelves(bot, interaction), press.subject, number_in(press.detail) or 0)
    await interaction.edit_original_response(**message.changed)


async def _open_entry(bot: DiscordBot, interaction: CommandInteraction, press: Press) -> None:
    """Show the answer of an entry, if the user may still read it here."""
    await defer(interaction)
    wanted = press.values[0] if press.values else ""
    async with bot.services(interaction) as app:
        reply = await app.ask.choose(
            wanted,
            audience=await audience_here(app, interaction),
            locale=str(interaction.locale),
            place=place_here(interaction),
        )
    await whisper(interaction, reply_message(reply or gone(), question_id=None, domains=bot.options.domains))


async def _shelves(bot: DiscordBot, interaction: CommandInteraction) -> dict[str, list[Choice]]:
    """Return what those who can read the place may look up, by category."""
    async with bot.services(interaction) as app:
        audience = await audience_here(app, interaction)
        return await shelves(app, audience=audience, place=place_here(interaction))


def _entries(there: dict[str, list[Choice]], key: str, page: int) -> DiscordMessage:
    category = next((each for each in there if category_key(each) == key), "")
    return entries_message(category, there.get(category, []), page=page)

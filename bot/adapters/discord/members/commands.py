"""Answer `/ask` in private, and somebody's message from its menu."""

import asyncio
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.members.questions import question_at, question_of, text_of
from bot.adapters.discord.places import audience_by, audience_here, channel_of, place_of, settings_of, spot_of
from bot.adapters.discord.private import comes_in_time, defer, whisper
from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.answers import autocompleted, reply_message
from bot.adapters.discord.showing.markup import linked
from bot.adapters.discord.showing.parts import Message
from bot.chat.entry_search import found
from bot.chat.outcomes import IN_SERVERS_ONLY
from bot.chat.refusals import NOT_NOW
from bot.chat.tasks import awaited
from bot.core.models import Audience, Question, Surface
from bot.core.modes import ChannelSettings, Course, course
from bot.core.wording.replies import ANSWERED_THERE, NO_WORDS, NOTHING_FITS, OFF, Reply, ReplyKind
from bot.errors import DatabaseAwayError
from bot.service.app import App

ASK = "ask"
ANSWER_MESSAGE = "Answer from FAQ"
_LONGEST = 2_000
Interaction = discord.Interaction[DiscordBot]


def register(bot: DiscordBot) -> None:
    """Offer the commands that everybody may use."""

    async def ask(interaction: Interaction, question: app_commands.Range[str, 1, _LONGEST]) -> None:
        bot.carry_out(interaction, partial(_ask, bot, interaction, question), name="ask")

    async def answer_message(interaction: Interaction, message: discord.Message) -> None:
        bot.carry_out(interaction, partial(_answer_message, bot, interaction, message), name="answer a message")

    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not bot.has_store(interaction.guild_id):
            return []
        search = awaited(_complete(bot, interaction, typed), name="search")
        if await comes_in_time(search):
            return search.result()
        bot.work.start(_end(search), name="search")
        return []

    described = app_commands.describe(question="What you want to know, or an entry that comes up as you type")(ask)
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=ASK, description="Ask the FAQ; only you see the answer", callback=described
    )
    command.autocomplete("question")(complete)
    bot.tree.add_command(command)
    bot.tree.add_command(app_commands.ContextMenu(name=ANSWER_MESSAGE, callback=answer_message))


async def _ask(bot: DiscordBot, interaction: Interaction, text: str) -> None:
    await defer(interaction)
    if not bot.has_store(interaction.guild_id):
        await whisper(interaction, IN_SERVERS_ONLY)
        return
    async with bot.services(interaction) as app:
        settings, audience = await _here(app, interaction)
        if interaction.guild is not None and course(settings.mode, Surface.COMMAND) is Course.SILENT:
            await whisper(interaction, OFF)
            return
        try:
            await _answer(bot, app, interaction, text, audience)
        except DatabaseAwayError:
            await _answer_meanwhile(bot, app, interaction, text, audience)


async def _answer(bot: DiscordBot, app: App, interaction: Interaction, text: str, audience: Audience) -> None:
    entry = await app.ask.choose(text, audience=audience)  # what was taken from the list is the id of an entry
    question = _question(interaction, entry.title if entry is not None and entry.title else text, audience)
    asked = await app.ask.ask(question)
    reply = entry or asked.reply or Reply(kind=ReplyKind.NOTHING_FITS, text=NOTHING_FITS)
    message = reply_message(reply, question_id=asked.question_id, domains=bot.options.domains, private=True)
    sent = await whisper(interaction, message)
    if sent is not None:
        await app.conversations.sent(asked.question_id, str(sent.id))


async def _answer_meanwhile(bot: DiscordBot, app: App, interaction: Interaction, text: str, audience: Audience) -> None:
    """Answer while the database is away, if that can be done, and log the question when it is back."""
    question = _question(interaction, text, audience)
    reply = app.ask.meanwhile(question)
    if reply is None:
        await whisper(interaction, NOT_NOW)
        return
    await whisper(interaction, reply_message(reply, question_id=None, domains=bot.options.domains, private=True))

    async def log() -> None:
        async with bot.apps.use(question.ref.workspace_id) as later:
            await later.ask.ask(question)

    bot.intake.hold(question.ref.workspace_id, log, name="log a command")


def _question(interaction: Interaction, text: str, audience: Audience) -> Question:
    spot = spot_of(channel_of(interaction) or interaction.channel, interaction.id)
    return question_at(spot, interaction.user, text, surface=Surface.COMMAND, audience=audience)


async def _complete(bot: DiscordBot, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    async with bot.services(interaction) as app:
        audience = await audience_here(app, interaction)
        return autocompleted(await found(app, typed, audience=audience, limit=limits.CHOICES))


async def _end(search: asyncio.Task[list[app_commands.Choice[str]]]) -> None:
    """Wait for a search that ends too late: to cancel it in the middle would cost a connection."""
    await search


async def _answer_message(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await defer(interaction)
    if interaction.guild is None or not text_of(message, bot.own_id) or message.author.id == bot.own_id:
        await whisper(interaction, NO_WORDS)
        return
    async with bot.services(interaction) as app:
        settings, audience = await _here(app, interaction)
        if course(settings.mode, Surface.SHORTCUT) is Course.SILENT:
            await whisper(interaction, OFF)
            return
        question = question_of(message, Surface.SHORTCUT, audience, own_id=bot.own_id)
        await bot.conversation.receive(question, settings)
        await whisper(interaction, await _outcome(app, question, message))


async def _outcome(app: App, question: Question, message: discord.Message) -> Message | str:
    """Return the reply for the user who asked to have a message answered."""
    known = await app.conversations.why(question.ref)
    if known is None:
        return NOT_NOW
    if known.sent_message_id is None:
        return NOTHING_FITS
    url = linked(message.jump_url, domains=("discord.com",)) or ""
    return Message(content=f"{ANSWERED_THERE} {url}".strip(), has_links=True)


async def _here(app: App, interaction: Interaction) -> tuple[ChannelSettings, Audience]:
    """Return how the bot behaves where somebody uses it, and who can read that place."""
    channel = channel_of(interaction) or interaction.channel
    settings = await settings_of(app, place_of(channel))
    return settings, await audience_by(settings, interaction)

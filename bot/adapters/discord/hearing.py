"""Hear for whom a message on Discord is, and read it as a question."""

import logging
from dataclasses import dataclass, replace
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.calls import lacks_threads
from bot.adapters.discord.members.consents import ask_author
from bot.adapters.discord.members.solutions import solve
from bot.adapters.discord.people import (
    audience_of,
    has_threads,
    person,
    place_of,
    region_of,
    settings_of,
    spot_of,
)
from bot.adapters.discord.reading import author_answered, is_reply, question_of, reply_of, text_of
from bot.adapters.permalinks import DOMAINS
from bot.chat.addressing import flag, is_help, is_suspect, is_unaddressed, surface_now, with_words
from bot.chat.naming import follow_words
from bot.chat.stale_threads import Word
from bot.core.manners import ChannelSettings, ReplyPlace
from bot.core.models import Audience, Mode, Question, Surface
from bot.service.app import App
from bot.service.conversations import Thread
from bot.service.privacy import Person

_log = logging.getLogger(__name__)


async def read(
    bot: DiscordBot, message: discord.Message, *, edited: bool = False
) -> tuple[Question | None, ChannelSettings]:
    """Return a message as a question, None where the bot has no part in it; and how it behaves there."""
    if not bot.has_store(None if message.guild is None else message.guild.id):
        return None, ChannelSettings()
    place, spot = place_of(message.channel), spot_of(message.channel, message.id)
    async with bot.responder.reading(spot), bot.apps.use(place.workspace_id) as app:
        if edited:
            await app.learning.edited(reply_of(message, spot))
            await follow_words(app, bot.messenger, spot, text_of(message, bot.own_id))
        settings = await settings_of(app, place)
        facts = _DiscordFacts(bot, app, message)
        if await is_help(facts, settings.mode):
            await _make_way(bot, app, message)
        known = bot.options.domains | DOMAINS
        if bot.options.flag_links and await is_suspect(facts, message.content, settings.mode, known):
            await flag(app, spot, partial(bot.review_channel.tell_of_link, message))
        surface, mode = await surface_now(app, facts, spot, settings.mode, edited=edited)
    if surface is None:
        return None, settings
    settings = replace(settings, mode=mode)
    if message.guild is None:
        audience = await bot.staff.audience_of(message.author.id)
    else:
        audience = audience_of(message.channel, marked=settings.audience)
    asked = question_of(message, surface, audience, own_id=bot.own_id)
    lacks = lacks_threads(message.channel)
    if lacks and asked.ref.thread_id is None and surface is Surface.MENTION and settings.reply is ReplyPlace.THREAD:
        _log.warning("discord.threads.refused", extra={"channel_id": asked.ref.channel_id, "lacks": lacks})
    question = replace(
        asked,
        ref=replace(asked.ref, beside=not has_threads(message.channel) or bool(lacks)),
        locale=settings.written,
        may_ask=await bot.staff.may_ask(message, settings.asker_ids),
        region=region_of(message.author, bot.options),
        unaddressed=is_unaddressed(surface, calls_bot=facts.calls_bot, in_thread=facts.is_in_thread),
    )
    question = await with_words(bot.apps, question, partial(_pointed_at, bot, message))
    silent = settings.mode in {Mode.OFF, Mode.MENTION} or not question.text
    if question.surface is Surface.AMBIENT and silent and not (edited and await bot.responder.is_known(spot)):
        return None, settings
    return question, settings


async def _make_way(bot: DiscordBot, app: App, message: discord.Message) -> None:
    """Make way for a helper who writes."""
    answered = None if message.reference is None else message.reference.message_id
    found = await app.helpers.wrote(
        spot_of(message.channel, message.id),
        person(message.author),
        replies_to=None if answered is None else str(answered),
        mentions=frozenset(map(person, message.mentions)),
    )
    await bot.responder.make_way(app, found)
    request = await app.learning.heard(reply_of(message, spot_of(message.channel, message.id)))
    ask_author(bot, request, message.author, None if message.guild is None else message.guild.id)


async def _pointed_at(bot: DiscordBot, message: discord.Message) -> Question | None:
    """Return what a message replies to, or else what its thread began with, unless the bot wrote it."""
    answered = None if message.reference is None else message.reference.resolved
    thread = message.channel
    if not isinstance(answered, discord.Message) and isinstance(thread, discord.Thread):
        answered = await _first_of(bot, thread)
    if not isinstance(answered, discord.Message) or answered.author.id == bot.own_id:
        return None
    return question_of(answered, Surface.MENTION, Audience.PUBLIC, own_id=bot.own_id)


@dataclass(frozen=True, slots=True)
class _DiscordFacts:
    """State the facts about a message on Discord."""

    bot: DiscordBot
    app: App
    message: discord.Message

    @property
    def text(self) -> str:
        return text_of(self.message, self.bot.own_id)

    @property
    def is_direct(self) -> bool:
        return self.message.guild is None

    @property
    def calls_bot(self) -> bool:
        message, own_id = self.message, self.bot.own_id
        role = None if message.guild is None else message.guild.self_role
        named = own_id in message.raw_mentions or own_id in {user.id for user in message.mentions}
        called = role is not None and role.id in message.raw_role_mentions
        return named or called or author_answered(message) == own_id

    @property
    def calls_others(self) -> bool:
        """Return whether it mentions or replies to somebody else; a reply to oneself goes on."""
        message = self.message
        answered = author_answered(message)
        replies = is_reply(message) and answered != message.author.id
        return replies or bool(message.raw_mentions or message.mentions)

    @property
    def is_in_thread(self) -> bool:
        thread = self.message.channel
        return isinstance(thread, discord.Thread) and self.message.id != thread.id and bool(self.message.content)

    @property
    def others_wrote(self) -> bool:
        return self.bot.thread_writers.has_several(self.message.channel.id)

    async def is_by_starter(self) -> bool:
        thread = self.message.channel
        return isinstance(thread, discord.Thread) and self.message.author.id == await _began(self.bot, thread)

    async def is_engaged(self) -> bool:
        thread = self.message.channel
        here = Thread(channel=place_of(thread), thread_id=str(thread.id))
        return await self.app.conversations.engaged(here)

    async def is_in_a_row(self) -> bool:
        written = self.bot.messenger.written_at
        question = question_of(self.message, Surface.MENTION, Audience.PUBLIC, own_id=self.bot.own_id)
        return await self.app.ask.goes_on(question, written=written)

    async def is_by_helper(self) -> bool:
        return await self.bot.staff.is_helper(self.message)

    @property
    def author(self) -> Person:
        return person(self.message.author)

    async def show_word(self, word: Word) -> None:
        await self.bot.stale_threads.show(word)
        if word.solved:
            await solve(self.message.channel, self.bot.options)

    async def are_helpers_here(self) -> bool:
        spot = spot_of(self.message.channel, self.message.id)
        return await self.app.helpers.are_here(spot, person(self.message.author))


async def _began(bot: DiscordBot, thread: discord.Thread) -> int | None:
    """Return who wrote what a thread began with; of a thread that the bot made that is in the channel."""
    if thread.owner_id != bot.own_id:
        return thread.owner_id
    first = await _first_of(bot, thread)
    return None if first is None else first.author.id


async def _first_of(bot: DiscordBot, thread: discord.Thread) -> discord.Message | None:
    """Return the message of the channel that a thread was made from."""
    try:
        return await bot.get_partial_messageable(thread.parent_id).get_partial_message(thread.id).fetch()
    except discord.HTTPException:
        return None

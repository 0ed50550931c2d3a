"""Hear for whom a message in Slack is."""

from dataclasses import dataclass, replace
from functools import partial

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.members.consents import ask_author
from bot.adapters.slack.members.solutions import show_solved
from bot.adapters.slack.moderators.review_channel import tell_of_link
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.reading import Said, mentioned, question_of, reply_of
from bot.chat.addressing import Reached, flag, is_help, is_suspect, surface_now
from bot.chat.stale_threads import Word
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, Mode, Surface
from bot.service.app import App
from bot.service.conversations import Thread
from bot.service.privacy import Person


async def reached_by(bot: SlackBot, found: Said, *, edited: bool) -> tuple[Surface, ChannelSettings] | None:
    """Return how a message reached the bot, and how that is to behave; None for what is for somebody else."""
    if found.is_direct:
        return Surface.DIRECT, ChannelSettings()
    async with bot.apps.use(found.ref.workspace_id) as app:
        settings = await app.channels.behaviour(bot.place(found.ref.channel_id))
        surface, mode = await _surface_in(bot, app, found, settings.mode, edited=edited)
    return None if surface is None else (surface, replace(settings, mode=mode))


async def _surface_in(bot: SlackBot, app: App, message: Said, mode: Mode, *, edited: bool) -> Reached:
    """Return how a message reached the bot, None where it is for somebody else, and how the bot is to behave.

    What a helper writes is taken into account by the way.
    """
    facts = _SlackFacts(bot, app, message)
    if await is_help(facts, mode):
        reply, mentions = reply_of(message), frozenset(Person(PLATFORM, each) for each in mentioned(message.text))
        await bot.responder.make_way(app, await app.helpers.wrote(reply.ref, reply.author, mentions=mentions))
        ask_author(bot, await app.learning.heard(reply), message.author_id)
    known = bot.options.domains | domains_with(bot.me)
    if bot.options.flag_links and await is_suspect(facts, message.text, mode, known):
        await flag(app, message.ref, partial(tell_of_link, bot, message.ref, message.author_id))
    return await surface_now(app, facts, message.ref, mode, edited=edited)


@dataclass(frozen=True, slots=True)
class _SlackFacts:
    """State the facts about a message in Slack."""

    bot: SlackBot
    app: App
    found: Said

    @property
    def text(self) -> str:
        return self.found.words

    @property
    def is_direct(self) -> bool:
        return self.found.is_direct

    @property
    def calls_bot(self) -> bool:
        return self.bot.me.user_id in mentioned(self.found.text)

    @property
    def calls_others(self) -> bool:
        return bool(mentioned(self.found.text))

    @property
    def is_in_thread(self) -> bool:
        return self.found.ref.thread_id is not None and not self.found.by_bot

    @property
    def others_wrote(self) -> bool:
        return self.bot.thread_writers.has_several((self.found.ref.channel_id, self.found.ref.thread_id))

    async def is_by_starter(self) -> bool:
        return self.found.author_id == self.found.begun_by

    async def is_engaged(self) -> bool:
        ref = self.found.ref
        return await self.app.conversations.engaged(
            Thread(channel=ref.channel, thread_id=ref.thread_id or ref.message_id)
        )

    async def is_in_a_row(self) -> bool:
        written = self.bot.messenger.written_at
        question = question_of(self.found, Surface.MENTION, Audience.PUBLIC)
        return not self.found.by_bot and await self.app.ask.goes_on(question, written=written)

    async def is_by_helper(self) -> bool:
        return not self.found.by_bot and await self.bot.people.is_helper(self.found.author_id)

    @property
    def author(self) -> Person:
        return Person(PLATFORM, self.found.author_id)

    async def show_word(self, word: Word) -> None:
        await self.bot.stale_threads.show(word)
        if word.solved:
            await show_solved(self.bot, self.app, word.question.id)

    async def are_helpers_here(self) -> bool:
        return await self.app.helpers.are_here(self.found.ref, Person(PLATFORM, self.found.author_id))

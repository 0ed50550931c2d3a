"""Answer `/faq` and somebody's message, in private where nobody else is to see it, and look entries up by typing."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack import interactions
from bot.adapters.slack.bot import SlackBot, person, tell, user_of
from bot.adapters.slack.interactions import Interaction, Submission, pressed, submitted, taken
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.reading import question_of, said, words
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.answers import reply_message, reply_parts
from bot.adapters.slack.showing.dialogs import browse_dialog, search_dialog, shelf_dialog, shown_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import Part, options, section
from bot.chat.access import is_left_alone
from bot.chat.entry_search import found, shelves
from bot.chat.messenger import AskedPlace, Messenger
from bot.chat.responder import Responder
from bot.core.manners import ChannelSettings, Course, course
from bot.core.models import Audience, MessageRef, Mode, Question, Surface
from bot.core.wording.labels import Label
from bot.core.wording.refusals import NOT_THAT
from bot.core.wording.replies import HELD, NO_WORDS, OFF, Reply, gone
from bot.service.deliveries import Fault, NotSent, Outgoing, Sent

COMMAND = "/faq"
SETTINGS = "settings"
GRADE = "grade"
"""What has a listener of its own when it follows the command."""
BROWSE = "browse"
"""What shows the categories when it follows the command."""
ANSWER_MESSAGE = "faqbot_answer_message"
SEARCH = "faqbot_search"
"""The ids of the shortcuts."""


def register(bot: SlackBot) -> None:
    """Listen to the command, to the shortcuts of everybody, and to the menus of entries."""
    _register_command(bot)
    _register_shortcuts(bot)


def _register_command(bot: SlackBot) -> None:
    """Listen to the command, unless a word for moderators follows."""

    async def is_question(body: dict[str, Any]) -> bool:
        return not (wants(SETTINGS, body) or wants(GRADE, body))

    asked = pressed(bot, _answer, by=taken, name="answer a command")
    bot.app.command(COMMAND, matchers=[is_question])(asked)


def wants(word: str, body: Mapping[str, Any]) -> bool:
    """Return whether the command is followed by a word, and by nothing else."""
    return str(body.get("text", "")).strip().lower() == word


async def _answer(interaction: Interaction) -> None:
    bot, body = interaction.bot, interaction.body
    text, channel = words(str(body.get("text", ""))), str(body["channel_id"])
    settings = ChannelSettings(mode=Mode.MENTION)
    if not channel.startswith("D"):
        settings = await interaction.app.channels.behaviour(bot.place(channel))
    if not text or text.lower() == BROWSE:
        await (_browse if text else _search)(interaction)
        return
    if settings.mode is Mode.OFF:
        await tell(bot, body, OFF)
        return
    question = Question(
        text=text,
        ref=MessageRef(
            platform=PLATFORM,
            workspace_id=bot.me.workspace_id,
            channel_id=channel,
            message_id=f"command-{body['trigger_id']}",
        ),
        author_id=interaction.user_id,
        surface=Surface.COMMAND,
        audience=await _audience(interaction, channel, settings),
        locale=settings.written,
        region=bot.options.regions.get(channel),
        may_ask=await bot.people.may_ask(interaction.user_id, settings.asker_ids),
    )
    responder = Responder(bot.apps, EphemeralMessenger(bot, body), bot.intake.spool)
    bot.intake.hold(question.ref.workspace_id, partial(responder.receive, question, settings), name="answer a command")


async def _audience(interaction: Interaction, channel: str, settings: ChannelSettings) -> Audience:
    """Return who reads the answer: staff, if the user is staff or the place is for staff only; else the public."""
    places = interaction.bot.places
    if await places.audience_with(interaction.user_id) is Audience.INTERNAL:
        return Audience.INTERNAL
    return await places.audience(channel, marked=settings.audience)


def _register_shortcuts(bot: SlackBot) -> None:
    """Listen to the shortcuts of everybody, and to the menus of entries."""

    async def typing(ack: AsyncAck, body: dict[str, Any]) -> None:
        offered: asyncio.Future[list[Part]] = asyncio.get_running_loop().create_future()
        bot.work.start(_offer(bot, body, offered), name="offer entries")
        done, _ = await asyncio.wait([offered], timeout=interactions.PATIENCE)
        await ack(options=offered.result() if done else [])

    answer_message = pressed(bot, _answer_message, by=taken, name="answer somebody's message")
    search = pressed(bot, _search, by=taken, name="open the search")
    bot.app.shortcut({"type": "message_action", "callback_id": ANSWER_MESSAGE})(answer_message)
    bot.app.shortcut({"type": "shortcut", "callback_id": SEARCH})(search)
    bot.app.options(SlackAction.ENTRY)(typing)
    bot.app.options(SlackAction.SEARCH)(typing)
    bot.app.options(SlackAction.GRADE_OTHER)(typing)
    bot.app.view(Dialog.SEARCH)(submitted(bot, _show, anybody=True))
    bot.app.view(Dialog.BROWSE)(submitted(bot, _open_category, anybody=True))


async def _offer(bot: SlackBot, body: Mapping[str, Any], offered: asyncio.Future[list[Part]]) -> None:
    """Find what fits what was typed, of what this person may read."""
    lines: list[Part] = []
    try:
        audience = await bot.places.audience_with(user_of(body))
        async with bot.apps.use(bot.me.workspace_id) as app:
            choices = await found(app, str(body.get("value", "")), audience=audience, limit=parts.OPTIONS)
        lines = options((choice.label, choice.entry_id) for choice in choices)
    finally:
        offered.set_result(lines)


async def _search(interaction: Interaction) -> None:
    await interaction.show(search_dialog(about={}))


async def _browse(interaction: Interaction) -> None:
    """Show the categories of what the user may read."""
    audience = await interaction.bot.places.audience_with(interaction.user_id)
    there = await shelves(interaction.app, audience=audience)
    if there:
        await interaction.show(browse_dialog(list(there), about={}))
    else:
        await tell(interaction.bot, interaction.body, Label.NOTHING_ELSE)


async def _open_category(submission: Submission) -> Part:
    """Return the questions of the category that was chosen in place of the categories."""
    audience = await submission.bot.places.audience_with(submission.user_id)
    there = await shelves(submission.app, audience=audience)
    entries = there.get(submission.typed[SlackField.CATEGORY], [])
    if not entries:
        return shown_dialog(Label.CATEGORY, [section(str(Label.NOTHING_ELSE))])
    return shelf_dialog(entries, about={})


async def _show(submission: Submission) -> Part:
    """Return the entry that was chosen in place of the search."""
    bot = submission.bot
    audience = await bot.places.audience_with(submission.user_id)
    reply = await submission.app.ask.choose(submission.typed[SlackField.ENTRY], audience=audience) or gone()
    return shown_dialog(Label.SEARCH, reply_parts(reply, domains=bot.options.domains))


async def _answer_message(interaction: Interaction) -> None:
    """Answer a message in its thread; an earlier answer, or one that must not be there, is sent in private."""
    bot, body = interaction.bot, interaction.body
    message = said(body["message"], body["channel"]["id"], me=bot.me, bots=bot.options.bots)
    if message is None or not words(message.text):
        await tell(bot, body, NO_WORDS)
        return
    if await is_left_alone(interaction.app, person(message.author_id), person(interaction.user_id)):
        await tell(bot, body, NOT_THAT)
        return
    settings = ChannelSettings(mode=Mode.MENTION)
    if not message.is_direct:
        settings = await interaction.app.channels.behaviour(bot.place(message.ref.channel_id))
    if settings.mode is Mode.OFF:
        await tell(bot, body, OFF)
        return
    audience = await bot.places.audience(message.ref.channel_id, marked=settings.audience)
    may_ask = await bot.people.may_ask(interaction.user_id, settings.asker_ids)
    question = replace(question_of(message, Surface.SHORTCUT, audience), may_ask=may_ask)
    known = await interaction.app.conversations.why(message.ref)
    if known is not None:
        await _tell_again(interaction, question)
        return
    if course(settings.mode, Surface.SHORTCUT) is Course.DRAFT:
        await tell(bot, body, HELD)
    public = None if settings.mode is Mode.SHADOW else bot.messenger
    responder = Responder(bot.apps, EphemeralMessenger(bot, body, first=public), bot.intake.spool)
    bot.intake.hold(question.ref.workspace_id, partial(responder.receive, question, settings), name="answer a message")


async def _tell_again(interaction: Interaction, question: Question) -> None:
    """Repeat in private the answer to a message that was answered before."""
    explained = await interaction.app.ask.explain(question.text, audience=question.audience, surface=question.surface)
    reply = explained.reply or gone()
    await tell(
        interaction.bot,
        interaction.body,
        reply_message(reply, question_id=None, domains=interaction.bot.options.domains),
    )


class EphemeralMessenger:
    """Reply to an action in private; `first` is tried before, and this is for where it cannot write."""

    platform = PLATFORM
    thread_names = None

    def __init__(self, bot: SlackBot, body: Mapping[str, Any], *, first: Messenger | None = None) -> None:
        self._bot = bot
        self._body = body
        self._first = first

    async def post(self, place: AskedPlace, reply: Reply, question_id: str | None) -> Sent | NotSent:
        """Answer where all see it if that is wanted and possible, else in private."""
        if self._first is not None:
            outcome = await self._first.post(place, reply, question_id)
            if isinstance(outcome, Sent) or outcome.fault is not Fault.GONE:
                return outcome
        domains, permalink = self._bot.options.domains, self._bot.messenger.permalink
        message = reply_message(reply, question_id=question_id, domains=domains, private=True, permalink=permalink)
        await tell(self._bot, self._body, message)
        return Sent(place.ref.message_id)

    async def find(self, place: MessageRef, question_id: str | None) -> Sent | NotSent | None:
        """Return None: ephemeral messages cannot be looked up."""
        return None if self._first is None else await self._first.find(place, question_id)

    def written_at(self, place: MessageRef) -> datetime | None:
        """Return when a message was written; None for a command, which has no time."""
        return None if self._first is None else self._first.written_at(place)

    async def locale_of(self, place: AskedPlace) -> str | None:
        """Return the locale of the person who acted."""
        del place
        return await self._bot.messenger.names.locale_of(user_of(self._body))

    async def is_helped(self, place: MessageRef) -> bool:
        """Return False: the person asked the bot directly, so no reply of others replaces the answer."""
        del place
        return False

    async def replace(self, place: AskedPlace, message_id: str, reply: Reply, question_id: str) -> Sent | NotSent:
        """Send the other reply as a further message."""
        del message_id
        return await self.post(place, reply, question_id)

    async def hint(self, question: Question, text: str, *, for_good: bool = False) -> None:
        """Send a text to the person who acted."""
        del question, for_good
        await tell(self._bot, self._body, text)

    async def delete(self, place: MessageRef, message_id: str) -> None:
        """Do nothing: ephemeral messages disappear by themselves."""

    async def think(self, place: MessageRef, *, thinking: bool) -> None:
        """Show nothing where there is no message of the bot yet."""
        if self._first is not None:
            await self._first.think(place, thinking=thinking)

    async def tidy(self, place: MessageRef) -> None:
        """Do nothing: no other process resumes an ephemeral reply."""

    async def deliver(self, outgoing: Outgoing) -> Sent | NotSent:
        """Refuse: a later answer cannot be sent as an ephemeral message."""
        del outgoing
        return NotSent(Fault.GONE)

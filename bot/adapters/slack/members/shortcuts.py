"""Answer somebody's message, and look entries up by typing."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack import submissions
from bot.adapters.slack.actions import Press, pressed, taken
from bot.adapters.slack.members.ephemeral import EphemeralMessenger
from bot.adapters.slack.members.incoming import question_of, said
from bot.adapters.slack.private import tell
from bot.adapters.slack.reading import words
from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.answers import reply_message, reply_parts
from bot.adapters.slack.showing.dialogs import search_dialog, shown_dialog
from bot.adapters.slack.showing.ids import Action, Dialog, Field
from bot.adapters.slack.showing.parts import Part, options
from bot.adapters.slack.slackbot import SlackBot, user_of
from bot.adapters.slack.submissions import Submission, submitted
from bot.chat.conversation import Conversation
from bot.chat.entry_search import found
from bot.core.models import Mode, Question, Surface
from bot.core.modes import ChannelSettings
from bot.core.wording.labels import Label
from bot.core.wording.replies import NO_WORDS, OFF, gone

ANSWER_MESSAGE = "faqbot_answer_message"
SEARCH = "faqbot_search"


def register(bot: SlackBot) -> None:
    """Listen to the shortcuts of everybody, and to the menus of entries."""

    async def typing(ack: AsyncAck, body: dict[str, Any]) -> None:
        offered: asyncio.Future[list[Part]] = asyncio.get_running_loop().create_future()
        bot.work.start(_offer(bot, body, offered), name="offer entries")
        done, _ = await asyncio.wait([offered], timeout=submissions.PATIENCE)
        await ack(options=offered.result() if done else [])

    answer_message = pressed(bot, _answer, by=taken, name="answer somebody's message")
    search = pressed(bot, _search, by=taken, name="open the search")
    bot.app.shortcut({"type": "message_action", "callback_id": ANSWER_MESSAGE})(answer_message)
    bot.app.shortcut({"type": "shortcut", "callback_id": SEARCH})(search)
    bot.app.options(Action.ENTRY)(typing)
    bot.app.options(Action.SEARCH)(typing)
    bot.app.view(Dialog.SEARCH)(submitted(bot, _show, anybody=True))


async def _offer(bot: SlackBot, body: Mapping[str, Any], offered: asyncio.Future[list[Part]]) -> None:
    """Find what fits what was typed, of what this person may read."""
    lines: list[Part] = []
    try:
        audience = await bot.places.audience_with(user_of(body))
        async with bot.apps.use(bot.me.workspace_id) as app:
            choices = await found(app, str(body.get("value", "")), audience=audience, limit=limits.OPTIONS)
        lines = options((choice.label, choice.entry_id) for choice in choices)
    finally:
        offered.set_result(lines)


async def _search(press: Press) -> None:
    await press.show(search_dialog(about={}))


async def _show(submission: Submission) -> Part:
    """Return the entry that was chosen in place of the search."""
    bot = submission.bot
    audience = await bot.places.audience_with(submission.user_id)
    reply = await submission.app.ask.choose(submission.typed[Field.ENTRY], audience=audience) or gone()
    return shown_dialog(Label.SEARCH, reply_parts(reply, domains=bot.options.domains))


async def _answer(press: Press) -> None:
    """Answer a message in its thread; an earlier answer, or one that must not be there, is sent in private."""
    bot, body = press.bot, press.body
    message = said(body["message"], body["channel"]["id"], me=bot.me, bots=bot.options.bots)
    if message is None or not words(message.text):
        await tell(bot, body, NO_WORDS)
        return
    settings = ChannelSettings(mode=Mode.MENTION)
    if not message.is_direct:
        settings = await press.app.channels.behaviour(bot.place(message.ref.channel_id))
    if settings.mode is Mode.OFF:
        await tell(bot, body, OFF)
        return
    audience = await bot.places.audience(message.ref.channel_id, marked=settings.audience)
    question = question_of(message, Surface.SHORTCUT, audience)
    known = await press.app.conversations.why(message.ref)
    if known is not None:
        await _tell_again(press, question)
        return
    public = None if settings.mode is Mode.SHADOW else bot.messenger
    conversation = Conversation(bot.apps, EphemeralMessenger(bot, body, first=public), bot.intake.spool)
    bot.intake.hold(
        question.ref.workspace_id, partial(conversation.receive, question, settings), name="answer a message"
    )


async def _tell_again(press: Press, question: Question) -> None:
    """Repeat in private the answer to a message that was answered before."""
    explained = await press.app.ask.explain(question.text, audience=question.audience, surface=question.surface)
    reply = explained.reply or gone()
    await tell(press.bot, press.body, reply_message(reply, question_id=None, domains=press.bot.options.domains))

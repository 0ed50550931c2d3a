"""Mark messages as solutions, by the menu or by a reaction."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.adapters.slack.bot import SlackBot, person, tell
from bot.adapters.slack.interactions import Interaction, pressed, taken
from bot.adapters.slack.members.consents import ask_author
from bot.adapters.slack.reading import part, reply_of, said, spot
from bot.adapters.slack.sending import FAULTS, error_code
from bot.chat.solving import mark, mark_answer, take_sign, told_of_mark
from bot.core.models import MessageRef, Mode, Surface
from bot.service.app import App
from bot.service.deliveries import NotSent
from bot.service.learning import MarkedSolution, Solved
from bot.service.privacy import Person

MARK_SOLUTION = "faqbot_mark_solution"
_SIGN = "white_check_mark"
# The reaction is there already, or is gone with its message.
_HARMLESS = frozenset({"already_reacted", "message_not_found", "no_reaction"})
_log = logging.getLogger(__name__)


def register(bot: SlackBot) -> None:
    """Listen to the shortcut and to reactions."""

    async def reacted(event: dict[str, Any]) -> None:
        where = _signed(bot, event)
        if where is not None:
            step = partial(_mark_by_sign, bot, where, person(event["user"]))
            bot.work.start(take_sign(step), name="take a reaction")

    async def took_back(event: dict[str, Any]) -> None:
        where = _signed(bot, event)
        if where is not None:
            step = partial(_unmark, bot, where, person(event["user"]))
            bot.work.start(take_sign(step), name="take a reaction back")

    used = pressed(bot, _mark, by=taken, name="mark a solution")
    bot.app.shortcut({"type": "message_action", "callback_id": MARK_SOLUTION})(used)
    bot.app.event("reaction_added")(reacted)
    bot.app.event("reaction_removed")(took_back)


async def _mark(interaction: Interaction) -> None:
    """Mark a message for who asked, and for moderators and helpers."""
    bot, user_id = interaction.bot, interaction.user_id
    moderator = await bot.people.is_moderator(user_id)
    helps = moderator or await bot.people.is_helper(user_id)
    message, channel_id = part(interaction.body, "message"), part(interaction.body, "channel").get("id")
    where = spot(channel_id, message.get("ts"), message, me=bot.me)
    marked = MarkedSolution(outcome=Solved.UNKNOWN)
    if where is not None:
        marked = await _marked(bot, interaction.app, message, where, person(user_id), moderator=moderator, helps=helps)
    await tell(bot, interaction.body, told_of_mark(marked))
    await show_solved(bot, interaction.app, marked.question_id)


def _signed(bot: SlackBot, event: Mapping[str, Any]) -> MessageRef | None:
    """Return the message of a channel that a reaction is the sign at, if a person set it."""
    item, user = part(event, "item"), event.get("user")
    where = spot(item.get("channel"), item.get("ts"), None, me=bot.me)
    is_sign = event.get("reaction") == _SIGN and isinstance(user, str) and user != bot.me.user_id
    return where if is_sign and where is not None and not where.channel_id.startswith("D") else None


async def _mark_by_sign(bot: SlackBot, where: MessageRef, who: Person) -> None:
    """Mark a message for who asked, and for moderators; of others' reactions nothing more is looked up."""
    async with bot.apps.use(where.workspace_id) as app:
        if (await app.channels.behaviour(where.channel)).mode is Mode.OFF:
            return
        moderator = await bot.people.is_moderator(who.user_id)
        if not (moderator or await app.learning.has_asked(who)):
            return
        # Slack tells a thread by any message in it, and with the message which thread that is.
        message = await bot.messenger.read(replace(where, thread_id=where.message_id))
        if isinstance(message, NotSent):
            return
        stands = spot(where.channel_id, where.message_id, message, me=bot.me) or where
        marked = await _marked(bot, app, message, stands, who, moderator=moderator, helps=moderator)
        await show_solved(bot, app, marked.question_id)


async def _unmark(bot: SlackBot, where: MessageRef, who: Person) -> None:
    async with bot.apps.use(where.workspace_id) as app:
        question_id = await app.learning.unmark(where, who)
        if question_id is not None and not await app.learning.is_solved(question_id):
            await show_solved(bot, app, question_id, solved=False)


async def show_solved(bot: SlackBot, app: App, question_id: str | None, *, solved: bool = True) -> None:
    """Set the reaction at a question that was solved, or take it back, where one is set for that."""
    name = bot.options.solved_reaction
    if name is None or question_id is None:
        return
    question = await app.conversations.question(question_id)
    if question.surface in {Surface.COMMAND, Surface.CONSOLE}:
        return
    react = bot.client.reactions_add if solved else bot.client.reactions_remove
    try:
        await react(channel=question.ref.channel_id, timestamp=question.ref.message_id, name=name)
    except FAULTS as error:
        if error_code(error) not in _HARMLESS:
            _log.info("slack.solved.failed", extra={"fault": error_code(error) or type(error).__name__})


async def _marked(  # noqa: PLR0913  # a message, who marks it, and what they may
    bot: SlackBot,
    app: App,
    message: Mapping[str, Any],
    where: MessageRef,
    who: Person,
    *,
    moderator: bool,
    helps: bool,
) -> MarkedSolution:
    if message.get("user") == bot.me.user_id:
        return await mark_answer(app, where, who, moderator=moderator)
    found = said(message, where.channel_id, me=bot.me, bots=frozenset())
    if found is None:
        return MarkedSolution(outcome=Solved.UNKNOWN)
    reply = replace(reply_of(found), trusted=await bot.people.is_trusted(found.author_id))
    marked = await mark(app, bot.responder, reply, who, helps=helps)
    ask_author(bot, marked.request, found.author_id)
    return marked

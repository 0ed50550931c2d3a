"""Handle the buttons under an answer, and share what was answered in private."""

import logging
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.bot import SlackBot, person, tell, words
from bot.adapters.slack.elements import older
from bot.adapters.slack.interactions import ADDRESS, Interaction, InteractionStep, Submission, pressed, submitted, taken
from bot.adapters.slack.members.solutions import show_solved
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.reading import part
from bot.adapters.slack.showing.answers import call_message, reply_message
from bot.adapters.slack.showing.dialogs import reason_dialog
from bot.adapters.slack.showing.ids import (
    CHOICES,
    RELATED,
    Dialog,
    SlackAction,
    SlackField,
    asked_question,
    shared_answer,
)
from bot.adapters.slack.showing.parts import SlackMessage
from bot.core.models import Audience, MessageRef, Question, Rating, Surface
from bot.core.wording.refusals import NOT_NOW
from bot.core.wording.replies import (
    CALL,
    NOT_YOURS,
    NOTED,
    SHARED,
    STAFF_ONLY,
    Reply,
    ReplyKind,
    gone,
    to_who_asks_for_a_human,
)
from bot.service.conversations import LoggedQuestion
from bot.service.deliveries import Fault, NotSent, Sent

_log = logging.getLogger(__name__)
_OK = 200
_CLAIM = "share"


def register(bot: SlackBot) -> None:
    """Listen to the buttons under answers and choices, and to the dialog for reasons."""
    for action, step in _STEPS.items():
        bot.app.action(action)(pressed(bot, step, by=taken, name="take a button"))
    bot.app.action(SlackAction.SHARE)(pressed(bot, _share, by=taken, name="take a button"))
    bot.responder.following.calls_by(partial(_call_beside, bot))
    bot.app.view(Dialog.REASON)(submitted(bot, _not_this, anybody=True))


def is_private(body: Mapping[str, Any]) -> bool:
    """Return whether something stands in a message that only one person sees."""
    return bool(part(body, "container").get("is_ephemeral")) or "message" not in body


async def may_read(bot: SlackBot, question: LoggedQuestion, body: Mapping[str, Any], user_id: str) -> bool:
    """Return whether somebody may still read, where they are, what a question was answered with."""
    if await bot.places.audience(question.ref.channel_id, marked=question.audience) is question.audience:
        return True
    return is_private(body) and await bot.places.audience_with(user_id) is Audience.INTERNAL


async def _helpful(interaction: Interaction) -> None:
    """Store that an answer helped; a press by its asker or a moderator marks the question as solved."""
    bot, app, question_id, who = interaction.bot, interaction.app, interaction.action["value"], interaction.user_id
    moderator = await bot.people.is_moderator(who)
    await app.feedback.rate(question_id, person(who), Rating.HELPFUL, moderator=moderator)
    may_close = await app.conversations.may_remove(question_id, person(who), moderator=moderator)
    await tell(bot, interaction.body, NOTED)
    await show_solved(bot, app, question_id if may_close else None)


async def _ask_why(interaction: Interaction) -> None:
    """Store that an answer was not what was asked, and ask for the reason, which is optional.

    With the reason comes back where to show what else it may be.
    """
    container = part(interaction.body, "container")
    about = {
        "question": interaction.action["value"],
        "private": "yes" if is_private(interaction.body) else "",
        "thread": container.get("thread_ts") or "",
        ADDRESS: interaction.body.get("response_url") or "",
    }
    await interaction.show(reason_dialog(about))
    moderator = await interaction.bot.people.is_moderator(interaction.user_id)
    await interaction.app.feedback.rate(
        interaction.action["value"], person(interaction.user_id), Rating.WRONG, moderator=moderator
    )


async def _not_this(submission: Submission) -> None:
    bot, about, question_id = submission.bot, submission.about, submission.about["question"]
    question = await submission.app.conversations.question(question_id)
    body: dict[str, Any] = {
        "user": submission.body["user"],
        "response_url": about[ADDRESS],
        "container": {"thread_ts": about["thread"], "is_ephemeral": bool(about["private"])},
    }
    reply = await submission.app.feedback.rate(
        question_id,
        person(submission.user_id),
        Rating.WRONG,
        reason=submission.typed.get(SlackField.REASON),
        moderator=submission.moderator,
    )
    if reply is None or not await may_read(bot, question, body, submission.user_id):
        await tell(bot, body, NOTED)
    else:
        await tell(bot, body, _private(bot, reply, question_id))


async def _choose(interaction: Interaction) -> None:
    bot, question_id = interaction.bot, asked_question(interaction.action["block_id"])
    if question_id is None:
        return
    question = await interaction.app.conversations.question(question_id)
    who = person(interaction.user_id)
    reply = gone()
    if await may_read(bot, question, interaction.body, interaction.user_id):
        reply = await interaction.app.feedback.choose(question_id, interaction.action["value"], who)
    moderator = await bot.people.is_moderator(interaction.user_id)
    mine = await interaction.app.conversations.may_remove(question_id, who, moderator=moderator)
    if is_private(interaction.body):
        await tell(bot, interaction.body, _private(bot, reply, question_id), replace=True)
    elif mine and reply.kind is ReplyKind.ANSWER:
        await bot.messenger.replace(question, interaction.body["message"]["ts"], reply, question_id)
    else:
        await tell(bot, interaction.body, _private(bot, reply, question_id))


async def _show_related(interaction: Interaction) -> None:
    """Show a related entry in private; the answer that it stands under stays, and nothing is said of that."""
    found = shared_answer(interaction.action["value"])
    if found is None:
        return
    bot, reply = interaction.bot, gone()
    question = await interaction.app.conversations.question(found[0])
    if await may_read(bot, question, interaction.body, interaction.user_id):
        reply = await interaction.app.related.show(*found, person(interaction.user_id))
    await tell(bot, interaction.body, reply_message(reply, question_id=None, domains=bot.options.domains))


async def _call(interaction: Interaction) -> None:
    """Open a review item for a question, and mention who is on call, in the thread if there is one."""
    call = await interaction.app.feedback.ask_human(interaction.action["value"], person(interaction.user_id))
    told = call.now and await _is_called(interaction.bot, call.whom, *_where_to_call(interaction))
    await tell(interaction.bot, interaction.body, to_who_asks_for_a_human(told=told, back_at=call.back_at))


async def _call_beside(bot: SlackBot, question: Question, question_id: str, whom: str | None) -> bool:
    """Mention who is on call in the thread of a message, or before the moderators where nobody else reads it."""
    del question_id
    private, place = question.surface is Surface.DIRECT, question.ref
    where = (bot.options.review_channel, None) if private else (place.channel_id, place.thread_id)
    return await _is_called(bot, whom, *where)


async def _is_called(bot: SlackBot, whom: str | None, channel: str | None, thread: str | None) -> bool:
    """Mention the user group that is on call: that of a channel, if it has one, or else that of the settings."""
    group = whom or bot.options.on_call
    if not (group and channel) or not await bot.people.are_there(group):
        return False
    outcome = await bot.messenger.say(channel, call_message(CALL, group=group), thread=thread)
    if isinstance(outcome, NotSent):
        _log.warning("slack.on_call.failed", extra={"fault": outcome.fault})
    return isinstance(outcome, Sent)


def _where_to_call(interaction: Interaction) -> tuple[str | None, str | None]:
    """Return the channel and the thread; from where nobody else reads along people are called to the review."""
    container = part(interaction.body, "container")
    channel = str(container.get("channel_id") or "")
    if is_private(interaction.body) or channel.startswith("D"):
        return interaction.bot.options.review_channel, None
    return channel, container.get("thread_ts") or container.get("message_ts")


async def _remove(interaction: Interaction) -> None:
    bot, question_id = interaction.bot, interaction.action["value"]
    moderator = await bot.people.is_moderator(interaction.user_id)
    if not await interaction.app.conversations.may_remove(
        question_id, person(interaction.user_id), moderator=moderator
    ):
        await tell(bot, interaction.body, NOT_YOURS)
        return
    where = MessageRef(
        platform=PLATFORM,
        workspace_id=bot.me.workspace_id,
        channel_id=interaction.body["channel"]["id"],
        message_id=interaction.body["message"]["ts"],
    )
    await bot.messenger.delete(where, where.message_id)
    await interaction.app.conversations.removed(question_id, actor=interaction.actor)


def _private(bot: SlackBot, reply: Reply, question_id: str) -> SlackMessage:
    return reply_message(reply, question_id=question_id, domains=bot.options.domains, private=True)


_STEPS: Mapping[SlackAction | re.Pattern[str], InteractionStep] = {
    SlackAction.HELPFUL: _helpful,
    SlackAction.NOT_THIS: _ask_why,
    SlackAction.HUMAN: _call,
    SlackAction.REMOVE: _remove,
    CHOICES: _choose,
    RELATED: _show_related,
}


async def _share(interaction: Interaction) -> None:
    """Share an answer once, however often and wherever the button is taken."""
    channel, value = str(interaction.body["channel"]["id"]), interaction.action["value"]
    found = shared_answer(value)
    if found is None:
        return
    claim = await interaction.app.claims.take(_CLAIM, interaction.bot.me.workspace_id, channel, value)
    if claim is None:
        return
    if await _is_posted(interaction, channel, *found):
        await interaction.app.claims.finish(claim)
        await tell(interaction.bot, interaction.body, words(SHARED), replace=True)
    else:
        await interaction.app.claims.give_back(claim)


async def _is_posted(interaction: Interaction, channel: str, question_id: str, entry_id: str) -> bool:
    """Post an answer as those may read it who read the channel, in the thread if it was given in one."""
    bot = interaction.bot
    settings = await interaction.app.channels.behaviour(bot.place(channel))
    audience = await bot.places.audience(channel, marked=settings.audience)
    reply = await interaction.app.ask.choose(
        entry_id, audience=audience, locale=settings.written, place=bot.place(channel)
    )
    if reply is None:
        await tell(bot, interaction.body, STAFF_ONLY)
        return False
    if await _post(interaction, channel, reply_message(reply, question_id=question_id, domains=bot.options.domains)):
        return True
    await tell(bot, interaction.body, NOT_NOW)
    return False


async def _post(interaction: Interaction, channel: str, message: SlackMessage) -> bool:
    """Post into a channel and return whether that worked; where the bot is no member, reply to the user's action."""
    thread = part(interaction.body, "container").get("thread_ts")
    outcome = await interaction.bot.messenger.say(channel, message, thread=thread)
    if isinstance(outcome, NotSent) and outcome.fault is Fault.GONE and "response_url" in interaction.body:
        answer = {"response_type": "in_channel", "replace_original": False, **older(message).sent}
        sent = await AsyncWebhookClient(
            interaction.body["response_url"], session=interaction.bot.client.session
        ).send_dict(answer)
        return sent.status_code == _OK
    return isinstance(outcome, Sent)

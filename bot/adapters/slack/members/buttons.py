"""Handle the buttons under an answer, and share what was answered in private."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.bot import SlackBot, person
from bot.adapters.slack.interactions import ADDRESS, Press, Step, Submission, pressed, submitted, taken
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.private import tell, words
from bot.adapters.slack.reading import part
from bot.adapters.slack.showing.answers import call_message, reply_message
from bot.adapters.slack.showing.dialogs import reason_dialog
from bot.adapters.slack.showing.ids import CHOICES, Action, Dialog, Field, asked_question, shared_answer
from bot.adapters.slack.showing.parts import Message
from bot.chat.refusals import NOT_NOW
from bot.core.models import Audience, MessageRef, Rating
from bot.core.wording.replies import CALL, CALLED, LISTED, NOT_YOURS, NOTED, SHARED, STAFF_ONLY, Reply, ReplyKind, gone
from bot.service.conversations import LoggedQuestion
from bot.service.deliveries import Fault, NotSent, Sent

_log = logging.getLogger(__name__)
_OK = 200
_CLAIM = "share"


def register(bot: SlackBot) -> None:
    """Listen to the buttons under answers and choices, and to the dialog for reasons."""
    for action, step in _STEPS.items():
        bot.app.action(action)(pressed(bot, step, by=taken, name="take a button"))
    bot.app.action(Action.SHARE)(pressed(bot, _share, by=taken, name="take a button"))
    bot.app.view(Dialog.REASON)(submitted(bot, _not_this, anybody=True))


def is_private(body: Mapping[str, Any]) -> bool:
    """Return whether something stands in a message that only one person sees."""
    return bool(part(body, "container").get("is_ephemeral")) or "message" not in body


async def may_read(bot: SlackBot, question: LoggedQuestion, body: Mapping[str, Any], user_id: str) -> bool:
    """Return whether somebody may still read, where they are, what a question was answered with."""
    if await bot.places.audience(question.ref.channel_id, marked=question.audience) is question.audience:
        return True
    return is_private(body) and await bot.places.audience_with(user_id) is Audience.INTERNAL


async def _helpful(press: Press) -> None:
    moderator = await press.bot.people.is_moderator(press.user_id)
    await press.app.feedback.rate(press.action["value"], person(press.user_id), Rating.HELPFUL, moderator=moderator)
    await tell(press.bot, press.body, NOTED)


async def _ask_why(press: Press) -> None:
    """Store that an answer was not what was asked, and ask for the reason, which is optional.

    With the reason comes back where to show what else it may be.
    """
    container = part(press.body, "container")
    about = {
        "question": press.action["value"],
        "private": "yes" if is_private(press.body) else "",
        "thread": container.get("thread_ts") or "",
        ADDRESS: press.body.get("response_url") or "",
    }
    await press.show(reason_dialog(about))
    moderator = await press.bot.people.is_moderator(press.user_id)
    await press.app.feedback.rate(press.action["value"], person(press.user_id), Rating.WRONG, moderator=moderator)


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
        reason=submission.typed.get(Field.REASON),
        moderator=submission.moderator,
    )
    if reply is None or not await may_read(bot, question, body, submission.user_id):
        await tell(bot, body, NOTED)
    else:
        await tell(bot, body, _private(bot, reply, question_id))


async def _choose(press: Press) -> None:
    bot, question_id = press.bot, asked_question(press.action["block_id"])
    if question_id is None:
        return
    question = await press.app.conversations.question(question_id)
    who = person(press.user_id)
    reply = gone()
    if await may_read(bot, question, press.body, press.user_id):
        reply = await press.app.feedback.choose(question_id, press.action["value"], who)
    moderator = await bot.people.is_moderator(press.user_id)
    mine = await press.app.conversations.may_remove(question_id, who, moderator=moderator)
    if is_private(press.body):
        await tell(bot, press.body, _private(bot, reply, question_id), replace=True)
    elif mine and reply.kind is ReplyKind.ANSWER:
        await bot.messenger.replace(question, press.body["message"]["ts"], reply, question_id)
    else:
        await tell(bot, press.body, _private(bot, reply, question_id))


async def _call(press: Press) -> None:
    """Open a review item for a question, and mention who is on call, in the thread if there is one."""
    called = await press.app.feedback.ask_human(press.action["value"], person(press.user_id))
    group, channel, thread = press.bot.options.on_call, *_where_to_call(press)
    if not (called and group and channel):
        await tell(press.bot, press.body, LISTED)
        return
    outcome = await press.bot.messenger.say(channel, call_message(CALL, group=group), thread=thread)
    if isinstance(outcome, NotSent):
        _log.warning("slack.on_call.failed", extra={"fault": outcome.fault})
    await tell(press.bot, press.body, CALLED if isinstance(outcome, Sent) else LISTED)


def _where_to_call(press: Press) -> tuple[str | None, str | None]:
    """Return the channel and the thread; from where nobody else reads along people are called to the review."""
    container = part(press.body, "container")
    channel = str(container.get("channel_id") or "")
    if is_private(press.body) or channel.startswith("D"):
        return press.bot.options.review_channel, None
    return channel, container.get("thread_ts") or container.get("message_ts")


async def _remove(press: Press) -> None:
    bot, question_id = press.bot, press.action["value"]
    moderator = await bot.people.is_moderator(press.user_id)
    if not await press.app.conversations.may_remove(question_id, person(press.user_id), moderator=moderator):
        await tell(bot, press.body, NOT_YOURS)
        return
    where = MessageRef(
        platform=PLATFORM,
        workspace_id=bot.me.workspace_id,
        channel_id=press.body["channel"]["id"],
        message_id=press.body["message"]["ts"],
    )
    await bot.messenger.delete(where, where.message_id)
    await press.app.conversations.removed(question_id, actor=press.actor)


def _private(bot: SlackBot, reply: Reply, question_id: str) -> Message:
    return reply_message(reply, question_id=question_id, domains=bot.options.domains, private=True)


_STEPS: Mapping[Action | re.Pattern[str], Step] = {
    Action.HELPFUL: _helpful,
    Action.NOT_THIS: _ask_why,
    Action.HUMAN: _call,
    Action.REMOVE: _remove,
    CHOICES: _choose,
}


async def _share(press: Press) -> None:
    """Share an answer once, however often and wherever the button is taken."""
    channel, value = str(press.body["channel"]["id"]), press.action["value"]
    found = shared_answer(value)
    if found is None:
        return
    claim = await press.app.claims.take(_CLAIM, press.bot.me.workspace_id, channel, value)
    if claim is None:
        return
    if await _is_posted(press, channel, *found):
        await press.app.claims.finish(claim)
        await tell(press.bot, press.body, words(SHARED), replace=True)
    else:
        await press.app.claims.give_back(claim)


async def _is_posted(press: Press, channel: str, question_id: str, entry_id: str) -> bool:
    """Post an answer as those may read it who read the channel, in the thread if it was given in one."""
    bot = press.bot
    settings = await press.app.channels.behaviour(bot.place(channel))
    audience = await bot.places.audience(channel, marked=settings.audience)
    reply = await press.app.ask.choose(entry_id, audience=audience)
    if reply is None:
        await tell(bot, press.body, STAFF_ONLY)
        return False
    if await _post(press, channel, reply_message(reply, question_id=question_id, domains=bot.options.domains)):
        return True
    await tell(bot, press.body, NOT_NOW)
    return False


async def _post(press: Press, channel: str, message: Message) -> bool:
    """Post into a channel and return whether that worked; where the bot is no member, reply to the user's action."""
    thread = part(press.body, "container").get("thread_ts")
    outcome = await press.bot.messenger.say(channel, message, thread=thread)
    if isinstance(outcome, NotSent) and outcome.fault is Fault.GONE and "response_url" in press.body:
        answer = {"response_type": "in_channel", "replace_original": False, **message.sent}
        sent = await AsyncWebhookClient(press.body["response_url"], session=press.bot.client.session).send_dict(answer)
        return sent.status_code == _OK
    return isinstance(outcome, Sent)

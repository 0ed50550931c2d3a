"""Answer `/faq` in private."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.adapters.slack.actions import Press, pressed, taken
from bot.adapters.slack.members.ephemeral import EphemeralMessenger
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.private import tell
from bot.adapters.slack.reading import words
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.conversation import Conversation
from bot.core.models import Audience, MessageRef, Mode, Question, Surface
from bot.core.modes import ChannelSettings
from bot.core.wording.replies import HINT, OFF

COMMAND = "/faq"
SETTINGS = "settings"
"""What has a listener of its own when it follows the command."""


def register(bot: SlackBot) -> None:
    """Listen to the command, unless `settings` follows."""

    async def is_question(body: dict[str, Any]) -> bool:
        return not wants_settings(body)

    asked = pressed(bot, _answer, by=taken, name="answer a command")
    bot.app.command(COMMAND, matchers=[is_question])(asked)


def wants_settings(body: Mapping[str, Any]) -> bool:
    """Return whether the command is followed by the word for settings, and by nothing else."""
    return str(body.get("text", "")).strip().lower() == SETTINGS


async def _answer(press: Press) -> None:
    bot, body = press.bot, press.body
    text, channel = words(str(body.get("text", ""))), str(body["channel_id"])
    settings = ChannelSettings(mode=Mode.MENTION)
    if not channel.startswith("D"):
        settings = await press.app.channels.behaviour(bot.place(channel))
    if not text or settings.mode is Mode.OFF:
        await tell(bot, body, OFF if text else HINT)
        return
    question = Question(
        text=text,
        ref=MessageRef(
            platform=PLATFORM,
            workspace_id=bot.me.workspace_id,
            channel_id=channel,
            message_id=f"command-{body['trigger_id']}",
        ),
        author_id=press.user_id,
        surface=Surface.COMMAND,
        audience=await _audience(press, channel, settings),
    )
    conversation = Conversation(bot.apps, EphemeralMessenger(bot, body), bot.intake.spool)
    bot.intake.hold(
        question.ref.workspace_id, partial(conversation.receive, question, settings), name="answer a command"
    )


async def _audience(press: Press, channel: str, settings: ChannelSettings) -> Audience:
    """Return who reads the answer: staff, if the user is staff or the place is for staff only; else the public."""
    places = press.bot.places
    if await places.audience_with(press.user_id) is Audience.INTERNAL:
        return Audience.INTERNAL
    return await places.audience(channel, marked=settings.audience)

"""Change how the bot behaves in a channel: `/faq settings`."""

from typing import Any

from bot.adapters.slack.actions import Press, moderated, pressed
from bot.adapters.slack.members.commands import COMMAND, wants_settings
from bot.adapters.slack.private import tell
from bot.adapters.slack.showing.dialogs import settings_dialog
from bot.adapters.slack.showing.ids import Dialog, Field
from bot.adapters.slack.slackbot import SlackBot
from bot.adapters.slack.submissions import ADDRESS, Submission, submitted, tell_sender
from bot.chat.outcomes import ELSEWHERE, set_to

_CHANNEL = "channel"
_FIELDS = (Field.MODE, Field.AUDIENCE, Field.NO_ANSWER, Field.WAIT)


def register(bot: SlackBot) -> None:
    """Listen to the command where `settings` follows, and to its dialog."""

    async def is_about_settings(body: dict[str, Any]) -> bool:
        return wants_settings(body)

    wanted = pressed(bot, _open, by=moderated, name="show the settings of a channel")
    bot.app.command(COMMAND, matchers=[is_about_settings])(wanted)
    bot.app.view(Dialog.SETTINGS.value)(submitted(bot, _save))


async def _open(press: Press) -> None:
    channel = press.body["channel_id"]
    if channel.startswith("D"):
        await tell(press.bot, press.body, ELSEWHERE)
        return
    settings = await press.app.channels.behaviour(press.bot.place(channel))
    about = {_CHANNEL: channel, ADDRESS: press.body.get("response_url") or ""}
    await press.show(settings_dialog(settings, about=about))


async def _save(sent: Submission) -> None:
    bot, channel = sent.bot, sent.about[_CHANNEL]
    changes = {field.value: sent.typed.get(field) for field in _FIELDS}
    settings = await sent.app.channels.set(bot.place(channel), changes, actor=sent.actor)
    audience = await bot.places.audience(channel, marked=settings.audience)
    await tell_sender(sent, set_to(settings, audience=audience))

"""Handle `/faq settings` and its dialog: how the bot behaves in a channel."""

from typing import Any

from bot.adapters.slack.bot import SlackBot, tell
from bot.adapters.slack.interactions import (
    ADDRESS,
    Interaction,
    Submission,
    moderated,
    pressed,
    submitted,
    tell_sender,
)
from bot.adapters.slack.members.commands import COMMAND, SETTINGS, wants
from bot.adapters.slack.showing.ids import Dialog
from bot.adapters.slack.showing.settings import settings_dialog, settings_in
from bot.chat.channel_settings import told
from bot.core.wording.outcomes import ELSEWHERE, LOST

_CHANNEL = "channel"


def register(bot: SlackBot) -> None:
    """Listen to the command where `settings` follows, and to its dialog."""

    async def is_about_settings(body: dict[str, Any]) -> bool:
        return wants(SETTINGS, body)

    wanted = pressed(bot, _open, by=moderated, name="show the settings of a channel")
    bot.app.command(COMMAND, matchers=[is_about_settings])(wanted)
    bot.app.view(Dialog.SETTINGS.value)(submitted(bot, _save))


async def _open(interaction: Interaction) -> None:
    channel = interaction.body["channel_id"]
    if channel.startswith("D"):
        await tell(interaction.bot, interaction.body, ELSEWHERE)
        return
    settings = await interaction.app.channels.behaviour(interaction.bot.place(channel))
    about = {_CHANNEL: channel, ADDRESS: interaction.body.get("response_url") or ""}
    await interaction.show(settings_dialog(settings, about=about))


async def _save(sent: Submission) -> None:
    """Set what was changed; what was left empty is the default."""
    bot, channel = sent.bot, sent.about[_CHANNEL]
    changes = settings_in(sent.typed, sent.about)
    if changes is None:
        await tell_sender(sent, LOST)
        return
    settings = await sent.app.channels.set(bot.place(channel), changes, actor=sent.actor)
    audience = await bot.places.audience(channel, marked=settings.audience)
    await tell_sender(sent, told(settings, audience=audience))

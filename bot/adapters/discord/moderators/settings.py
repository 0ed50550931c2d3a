"""Change how the bot behaves in a channel or a forum: /faq-settings."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.internal import audience_of
from bot.adapters.discord.moderators.commands import offer
from bot.adapters.discord.moderators.permission import is_refused
from bot.adapters.discord.people import actor
from bot.adapters.discord.places import channel_of, place_of
from bot.adapters.discord.private import ask, defer, whisper
from bot.adapters.discord.showing.dialogs import Field, Filled, Form, FormModal, settings_modal
from bot.chat.outcomes import ELSEWHERE, set_to

SETTINGS = "faq-settings"
_FIELDS = (Field.MODE, Field.AUDIENCE, Field.NO_ANSWER, Field.WAIT)


def register(bot: DiscordBot) -> None:
    """Offer the command, and listen to its dialog."""
    offer(bot, SETTINGS, "Set how the FAQ bot behaves in this channel", _open)
    bot.forms[Form.SETTINGS] = partial(_set, bot)


async def _open(bot: DiscordBot, interaction: Interaction) -> None:
    await ask(interaction, _form(bot, interaction))


async def _form(bot: DiscordBot, interaction: Interaction) -> FormModal | str:
    channel = channel_of(interaction)
    if channel is None:
        return ELSEWHERE
    place = place_of(channel)
    async with bot.services(interaction) as app:
        return settings_modal(place.channel_id, await app.channels.behaviour(place))


async def _set(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Set what was filled in, for the channel in which the dialog was opened; what was left empty is the default."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    channel = channel_of(interaction)
    if channel is None or place_of(channel).channel_id != form.subject:
        await whisper(interaction, ELSEWHERE)
        return
    changes = {field.value: form.values.get(field) for field in _FIELDS}
    async with bot.services(interaction) as app:
        settings = await app.channels.set(place_of(channel), changes, actor=actor(interaction.user))
    await whisper(interaction, set_to(settings, audience=audience_of(channel, marked=settings.audience)))

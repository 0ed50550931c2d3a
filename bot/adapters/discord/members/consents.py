"""Ask people whether their words may become public FAQ, and store what they answer."""

import logging
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.calls import FAULTS, trouble
from bot.adapters.discord.people import person, workspace_of
from bot.adapters.discord.sending import defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton, number_in
from bot.chat.solving import CONSENT_LABELS, take_consent
from bot.core.review import Consent
from bot.core.wording.outcomes import CONSENT_QUESTION
from bot.core.wording.refusals import NOT_SERVED
from bot.service.learning import ConsentRequest

_log = logging.getLogger(__name__)


def register(bot: DiscordBot) -> None:
    """Listen to the buttons."""
    bot.presses[DiscordAction.CONSENT] = partial(_take, bot)


def ask_author(bot: DiscordBot, request: ConsentRequest | None, author: discord.abc.User, guild_id: int | None) -> None:
    """Send somebody the question in a direct message, beside what is going on."""
    if request is not None and guild_id is not None:
        bot.work.start(_ask(bot, request, author.id, guild_id), name="ask for a consent")


async def _ask(bot: DiscordBot, request: ConsentRequest, user_id: int, guild_id: int) -> None:
    """Send it; who takes no direct messages from the server is not asked."""
    try:
        channel = await bot.create_dm(discord.Object(user_id))
        await channel.send(**_message(request, guild_id).sent)
    except FAULTS as error:
        _log.info("discord.consent.not_asked", extra={"fault": trouble(error).fault})


def _message(request: ConsentRequest, guild_id: int) -> DiscordMessage:
    """Return the question with its buttons, which tell the server: in a direct message nothing else does."""
    quote = named(line(request.text, parts.CONTENT // 2))
    buttons = tuple(
        PressButton(Press(DiscordAction.CONSENT, request.suggestion_id, f"{each}:{guild_id}"), text=label)
        for each, label in CONSENT_LABELS.items()
    )
    return DiscordMessage(content=f"{CONSENT_QUESTION}\n> {quote}", items=buttons)


async def _take(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    await defer(interaction)
    said, _, server = press.detail.partition(":")
    guild_id = number_in(server)
    is_served = guild_id is not None and bot.servers.serves(guild_id)
    if said not in set(Consent) or not is_served:
        await whisper(interaction, NOT_SERVED)
        return
    async with bot.apps.use(workspace_of(guild_id)) as app:
        told = await take_consent(app, press.subject, person(interaction.user), Consent(said))
    await whisper(interaction, told)

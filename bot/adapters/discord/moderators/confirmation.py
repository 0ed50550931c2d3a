"""Show moderators what a change would do, in private, and save it when they say so."""

from collections.abc import Sequence
from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import is_refused
from bot.adapters.discord.people import actor
from bot.adapters.discord.private import whisper
from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.cards import replay_message
from bot.adapters.discord.showing.dialogs import Filled
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press
from bot.chat.drafts import saved
from bot.core.wording.outcomes import LOST, NOTHING_DONE
from bot.core.wording.refusals import refusal
from bot.errors import FaqbotError
from bot.service.drafts import ModeratorDraft


async def propose(
    bot: DiscordBot, interaction: Interaction, form: Filled, *, lines: Sequence[str], draft: ModeratorDraft
) -> None:
    """Show what a change would do that somebody filled in, with buttons that save it or leave it."""
    confirm = Press(DiscordAction.CONFIRM, form.subject, form.detail)
    async with bot.services(interaction) as app:
        await app.drafts.keep(draft, actor=actor(interaction.user), about=_about(confirm))
    await whisper(interaction, replay_message(lines, confirm=confirm))


def register(bot: DiscordBot) -> None:
    """Listen to the buttons that save or leave."""
    bot.presses[DiscordAction.CONFIRM] = partial(_confirm, bot)
    bot.presses[DiscordAction.CANCEL] = partial(_cancel, bot)


async def _confirm(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    await _tell(interaction, await _outcome(bot, interaction, press))
    bot.rounds.ask()


async def _outcome(bot: DiscordBot, interaction: Interaction, press: Press) -> str:
    """Save the draft that a button is about, and return the outcome in words."""
    who = actor(interaction.user)
    try:
        async with bot.services(interaction) as app:
            draft = await app.drafts.take(actor=who, about=_about(press))
            return str(LOST) if draft is None else await saved(app, draft, actor=who)
    except FaqbotError as error:
        return refusal(error)


async def _cancel(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        await app.drafts.take(actor=actor(interaction.user), about=_about(press))
    await _tell(interaction, str(NOTHING_DONE))


async def _tell(interaction: Interaction, words: str) -> None:
    """Replace the buttons by a text."""
    await interaction.edit_original_response(**DiscordMessage(content=named(line(words, limits.CONTENT))).changed)


def _about(press: Press) -> tuple[str, ...]:
    return press.subject, press.detail

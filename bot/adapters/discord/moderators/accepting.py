"""Handle the button of the list of items that accepts several suggestions, and the menu to pick them."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused
from bot.adapters.discord.people import actor
from bot.adapters.discord.sending import defer, whisper
from bot.adapters.discord.showing.cards import accepted_message, picking_message, replay_message
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press
from bot.chat.accepting import accept_picks, line_of, look_at_picks
from bot.core.models import Audience
from bot.core.wording.accepting import NOTHING_TO_ACCEPT
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import LOST
from bot.core.wording.refusals import refusal
from bot.errors import FaqbotError
from bot.service.accepting import Pick
from bot.service.app import App
from bot.service.deliveries import key_of
from bot.service.drafts import DraftKind, ModeratorDraft


def register(bot: DiscordBot) -> None:
    """Listen to the button, the menu, and the button that confirms."""
    bot.presses[DiscordAction.SEVERAL] = partial(_open, bot)
    bot.presses[DiscordAction.PICK] = partial(_look, bot)
    bot.presses[DiscordAction.ACCEPT_PICKS] = partial(_accept, bot)


async def _open(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    del press
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        offered = await app.accepting.offered(audience=audience, actor=actor(interaction.user))
    lines = {one.id: line_of(one) for one in offered}
    await whisper(interaction, picking_message(lines) if lines else NOTHING_TO_ACCEPT)


async def _look(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show in place of the menu what would change with all that was picked."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        shown = await _looked_at(app, press, audience=audience, who=actor(interaction.user))
    await interaction.edit_original_response(**shown.changed)


async def _looked_at(app: App, press: Press, *, audience: Audience, who: str) -> DiscordMessage:
    found = await look_at_picks(app, press.values, audience=audience, actor=who, refusal=_worded)
    if not found.picks:
        return accepted_message(found.lines)
    confirm = Press(DiscordAction.ACCEPT_PICKS, press.subject, key_of("picks", *found.picks))
    draft = ModeratorDraft(kind=DraftKind.ACCEPT, values={each.id: str(each) for each in found.picks})
    await app.drafts.keep(draft, actor=who, about=(confirm.subject, confirm.detail))
    return replay_message(found.lines, confirm=confirm, label=Label.ACCEPT)


async def _accept(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Accept what the moderator saw, and show in its place what became of each."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    who = actor(interaction.user)
    async with bot.services(interaction) as app:
        draft = await app.drafts.take(actor=who, about=(press.subject, press.detail))
        if draft is None:  # beside what a first press shows, which is to stay
            await whisper(interaction, LOST)
            return
        picks = [Pick.parse(each) for each in draft.values.values()]
        audience = await audience_for(bot, app, interaction)
        lines = await accept_picks(app, picks, audience=audience, actor=who, refusal=_worded)
    await interaction.edit_original_response(**accepted_message(lines).changed)
    bot.rounds.ask()


async def _worded(error: FaqbotError) -> str:
    return refusal(error)

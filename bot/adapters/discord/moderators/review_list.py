"""List the review in private: /review."""

from dataclasses import replace
from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.commands import offer
from bot.adapters.discord.moderators.permission import audience_for, is_refused, review_of
from bot.adapters.discord.private import defer, whisper
from bot.adapters.discord.showing.cards import QUEUE_PAGE, card_message, queue_message
from bot.adapters.discord.showing.parts import Action, Message, Press, number_in
from bot.core.models import Audience
from bot.service.review import OPEN_ITEMS

REVIEW = "review"


def register(bot: DiscordBot) -> None:
    """Offer the command, and listen to its pages and its menu."""
    offer(bot, REVIEW, "List the questions that wait for an answer", _list)
    bot.presses[Action.QUEUE] = partial(_turn, bot)
    bot.presses[Action.SHOW] = partial(_show, bot)


async def _list(bot: DiscordBot, interaction: Interaction) -> None:
    await defer(interaction)
    await whisper(interaction, await _page(bot, interaction, 0))


async def _page(bot: DiscordBot, interaction: Interaction, page: int) -> Message:
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        only = None if audience is Audience.INTERNAL else audience
        wanted = replace(OPEN_ITEMS, audience=only, first=page * QUEUE_PAGE, limit=QUEUE_PAGE)
        found = await app.review.page(wanted)
        return queue_message(found.items, total=found.total, page=page)


async def _turn(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await interaction.response.defer()
        message = await _page(bot, interaction, number_in(press.detail) or 0)
        await interaction.edit_original_response(**message.changed)


async def _show(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show an item of the list with its buttons."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        found = await review_of(app, "".join(press.values[:1]), audience=audience)
    await whisper(interaction, card_message(found.item, permalink=bot.options.permalink))

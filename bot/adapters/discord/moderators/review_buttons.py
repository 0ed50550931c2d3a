"""Handle the buttons of review cards, except answering and linking."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused, open_review, review_of
from bot.adapters.discord.people import actor
from bot.adapters.discord.private import ask
from bot.adapters.discord.showing.cards import card_message
from bot.adapters.discord.showing.dialogs import (
    Field,
    Filled,
    Form,
    FormModal,
    dismiss_modal,
    merge_modal,
    snooze_modal,
)
from bot.adapters.discord.showing.parts import Action, Press, number_in
from bot.chat.outcomes import NO_OTHERS
from bot.core.models import DismissReason
from bot.core.wording.labels import SNOOZES
from bot.service.app import App
from bot.service.review import OPEN_ITEMS, Reviewed

Act = Callable[[App, str], Awaitable[Reviewed]]


def register(bot: DiscordBot) -> None:
    """Listen to the buttons and dialogs of review items."""
    bot.presses[Action.ASSIGN] = partial(_assign, bot)
    bot.presses[Action.REOPEN] = partial(_reopen, bot)
    bot.presses[Action.REVERT] = partial(_revert, bot)
    bot.presses[Action.DISMISS] = partial(_open, bot)
    bot.presses[Action.SNOOZE] = partial(_open, bot)
    bot.presses[Action.MERGE] = partial(_open, bot)
    bot.forms[Form.DISMISS] = partial(_dismiss, bot)
    bot.forms[Form.SNOOZE] = partial(_snooze, bot)
    bot.forms[Form.MERGE] = partial(_merge, bot)


async def _assign(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    async def act(app: App, who: str) -> Reviewed:
        return await app.review.assign(press.subject, who, actor=who, seen=number_in(press.detail))

    await _act(bot, interaction, press.subject, act)


async def _reopen(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    async def act(app: App, who: str) -> Reviewed:
        return await app.review.reopen(press.subject, actor=who, seen=number_in(press.detail))

    await _act(bot, interaction, press.subject, act)


async def _revert(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    async def act(app: App, who: str) -> Reviewed:
        return await app.review.revert(press.subject, actor=who, seen=number_in(press.detail))

    await _act(bot, interaction, press.subject, act)


async def _dismiss(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    reason, note = DismissReason(form.values[Field.REASON]), form.values.get(Field.NOTE)

    async def act(app: App, who: str) -> Reviewed:
        return await app.review.dismiss(form.subject, reason=reason, note=note, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _snooze(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    hours = int(form.values[Field.HOURS])
    until = datetime.now(UTC) + timedelta(hours=hours if hours in SNOOZES else min(SNOOZES))

    async def act(app: App, who: str) -> Reviewed:
        return await app.review.snooze(form.subject, until, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _merge(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    async def act(app: App, who: str) -> Reviewed:
        into = form.values[Field.ITEM]
        return await app.review.merge(form.subject, into, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _act(bot: DiscordBot, interaction: Interaction, item_id: str, act: Act) -> None:
    """Run an action on an item, and refresh the message of its button; refusals are sent in private."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        await review_of(app, item_id, audience=audience)
        await act(app, actor(interaction.user))
        item = (await review_of(app, item_id, audience=audience)).item
    await interaction.edit_original_response(**card_message(item, permalink=bot.options.permalink).changed)
    bot.rounds.ask()


async def _open(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show the dialog to dismiss, snooze or merge an item."""
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal | str:
    async with bot.services(interaction) as app:
        item, _ = await open_review(app, press, audience=await audience_for(bot, app, interaction))
        match press.action:
            case Action.DISMISS:
                return dismiss_modal(item)
            case Action.SNOOZE:
                return snooze_modal(item)
        alike = await app.review.list(replace(OPEN_ITEMS, audience=item.audience))
        return merge_modal(item, alike) or NO_OTHERS

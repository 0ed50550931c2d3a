"""Handle the buttons and the dialog of held replies."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused
from bot.adapters.discord.people import actor
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing.cards import held_message
from bot.adapters.discord.showing.dialogs import DiscordField, Filled, Form, FormModal, held_modal
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, number_in
from bot.chat.review import HeldPress, decide_held
from bot.core.models import Audience
from bot.core.review import HeldReply
from bot.core.wording.cards import held_until
from bot.errors import QuestionNotFoundError
from bot.service.app import App


def register(bot: DiscordBot) -> None:
    """Listen to the buttons and the dialog."""
    for press in HeldPress:
        bot.presses[DiscordAction(press)] = partial(_press, bot)
    bot.presses[DiscordAction.REWRITE] = partial(_open, bot)
    bot.presses[DiscordAction.SHOW_HELD] = partial(_show, bot)
    bot.forms[Form.HELD] = partial(_rewrite, bot)


async def _press(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Send or drop a reply, and show that where it was pressed; its card follows with the next round."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        await _refuse_unseen(app, press.subject, await audience_for(bot, app, interaction))
        pressed, seen = HeldPress(press.action), number_in(press.detail)
        held = await decide_held(app.held, pressed, press.subject, actor=actor(interaction.user), seen=seen)
    await interaction.edit_original_response(**_message(bot, held).changed)
    bot.rounds.ask()


async def _show(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show a draft of the list with its buttons."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    question_id = "".join(press.values[:1])
    async with bot.services(interaction) as app:
        await _refuse_unseen(app, question_id, await audience_for(bot, app, interaction))
        held = await app.held.show(question_id)
    await whisper(interaction, _message(bot, held))


def _message(bot: DiscordBot, held: HeldReply) -> DiscordMessage:
    return held_message(held, permalink=bot.options.permalink, domains=bot.options.domains)


async def _open(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal:
    async with bot.services(interaction) as app:
        await _refuse_unseen(app, press.subject, await audience_for(bot, app, interaction))
        return held_modal(await app.held.open(press.subject, seen=number_in(press.detail)))


async def _rewrite(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Send what was typed in place of a reply."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    words, seen = form.values.get(DiscordField.ANSWER, ""), number_in(form.detail)
    async with bot.services(interaction) as app:
        await _refuse_unseen(app, form.subject, await audience_for(bot, app, interaction))
        held = await app.held.rewrite(form.subject, words, actor=actor(interaction.user), seen=seen)
    await whisper(interaction, held_until(held))
    bot.rounds.ask()


async def _refuse_unseen(app: App, question_id: str, audience: Audience) -> None:
    """Raise an error where those who can read a place may not read the question."""
    held = await app.held.show(question_id)
    if not audience.sees(held.audience):
        raise QuestionNotFoundError(question_id)

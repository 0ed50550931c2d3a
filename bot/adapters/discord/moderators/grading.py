"""Handle the command and the buttons to grade past decisions, in private."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused, offer
from bot.adapters.discord.people import actor
from bot.adapters.discord.sending import defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.cards import grading_message
from bot.adapters.discord.showing.markup import line
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press
from bot.chat.grading import GradePress, Sitting, grade, next_to_grade, sitting_of
from bot.core.wording import labels
from bot.service.app import App

GRADE = "faq-grade"
_PRESSES = {
    DiscordAction.GRADE_RIGHT: GradePress.RIGHT,
    DiscordAction.GRADE_WRONG: GradePress.WRONG,
    DiscordAction.GRADE_SKIP: GradePress.SKIP,
}


def register(bot: DiscordBot) -> None:
    """Offer the command, and listen to the buttons."""
    offer(bot, GRADE, labels.GRADE, _open)
    for action in _PRESSES:
        bot.presses[action] = partial(_press, bot)


async def _open(bot: DiscordBot, interaction: Interaction) -> None:
    await defer(interaction)
    async with bot.services(interaction) as app:
        await whisper(interaction, await _shown(bot, app, interaction, Sitting()))


async def _press(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Store a grade, and show the next decision in its place."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        what, sitting = _PRESSES[press.action], sitting_of(press.detail)
        sitting = await grade(app, what, press.subject, sitting, actor=actor(interaction.user))
        message = await _shown(bot, app, interaction, sitting)
    await interaction.edit_original_response(**message.changed)


async def _shown(bot: DiscordBot, app: App, interaction: Interaction, sitting: Sitting) -> DiscordMessage:
    found = await next_to_grade(app, sitting, audience=await audience_for(bot, app, interaction))
    if isinstance(found, str):
        return DiscordMessage(content=line(found, parts.CONTENT))
    return grading_message(found, sitting)

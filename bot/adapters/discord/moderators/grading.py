"""Handle the command and the buttons to grade past decisions, in private."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused, offer
from bot.adapters.discord.moderators.review import chosen_entry
from bot.adapters.discord.people import actor
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.cards import grading_message
from bot.adapters.discord.showing.dialogs import Filled, Form, FormModal, naming_modal
from bot.adapters.discord.showing.markup import line
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press
from bot.chat.grading import GradePress, Sitting, grade, next_to_grade, sitting_of
from bot.core.deciding.ranking import rank
from bot.core.models import Audience
from bot.core.wording import labels
from bot.core.wording.outcomes import NOTHING_FOUND
from bot.errors import QuestionNotFoundError
from bot.service.app import App

GRADE = "faq-grade"
_NEAREST = 5
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
    bot.presses[DiscordAction.GRADE_OTHER] = partial(_ask, bot)
    bot.forms[Form.GRADE] = partial(_name, bot)


async def _open(bot: DiscordBot, interaction: Interaction) -> None:
    await defer(interaction)
    async with bot.services(interaction) as app:
        await whisper(interaction, await _shown(bot, app, interaction, Sitting()))


async def _press(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        message = await _graded(bot, app, interaction, _PRESSES[press.action], press)
    await interaction.edit_original_response(**message.changed)


async def _ask(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show the dialog to name the right entry."""
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal:
    async with bot.services(interaction) as app:
        audience, text = await _asked(bot, app, interaction, press.subject)
        known = (await app.knowledge.index(audience)).entries
        return naming_modal(press.subject, press.detail, rank(known, text, limit=_NEAREST).matches)


async def _name(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Grade by the entry that was chosen."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        audience, _ = await _asked(bot, app, interaction, form.subject)
        entry_id = await chosen_entry(app, form, audience)
        if entry_id is None:
            await whisper(interaction, NOTHING_FOUND)
            return
        message = await _graded(bot, app, interaction, entry_id, form)
    await interaction.edit_original_response(**message.changed)


async def _graded(
    bot: DiscordBot, app: App, interaction: Interaction, said: GradePress | str, of: Press | Filled
) -> DiscordMessage:
    """Store a grade, and return the next decision, to be shown in its place."""
    sitting = await grade(app, said, of.subject, sitting_of(of.detail), actor=actor(interaction.user))
    return await _shown(bot, app, interaction, sitting)


async def _asked(bot: DiscordBot, app: App, interaction: Interaction, question_id: str) -> tuple[Audience, str]:
    """Return for whom a question is and what it says, if those who can read the place may know of it."""
    found = await app.conversations.question(question_id)
    text = None if found.outcome is None else found.outcome.text
    if text is None or not (await audience_for(bot, app, interaction)).sees(found.audience):
        raise QuestionNotFoundError(question_id)
    return found.audience, text


async def _shown(bot: DiscordBot, app: App, interaction: Interaction, sitting: Sitting) -> DiscordMessage:
    found = await next_to_grade(app, sitting, audience=await audience_for(bot, app, interaction))
    if isinstance(found, str):
        return DiscordMessage(content=line(found, parts.CONTENT))
    return grading_message(found, sitting)

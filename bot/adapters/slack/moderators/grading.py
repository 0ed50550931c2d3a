"""Handle `/faq grade`, and the buttons of its dialog."""

from functools import partial
from typing import Any

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.interactions import Interaction, moderated, pressed
from bot.adapters.slack.members.commands import COMMAND, GRADE, wants
from bot.adapters.slack.showing.cards import grading_blocks
from bot.adapters.slack.showing.dialogs import shown_dialog
from bot.adapters.slack.showing.ids import SlackAction, named_question, sitting_in
from bot.adapters.slack.showing.parts import Part, plain_section
from bot.chat.grading import GradePress, Sitting, grade, next_to_grade, sitting_of
from bot.core.models import Audience
from bot.core.wording.labels import Label

_PRESSES = {
    SlackAction.GRADE_RIGHT: GradePress.RIGHT,
    SlackAction.GRADE_WRONG: GradePress.WRONG,
    SlackAction.GRADE_SKIP: GradePress.SKIP,
}


def register(bot: SlackBot) -> None:
    """Listen to the command where `grade` follows, and to the buttons."""

    async def is_about_grades(body: dict[str, Any]) -> bool:
        return wants(GRADE, body)

    bot.app.command(COMMAND, matchers=[is_about_grades])(pressed(bot, _open, by=moderated, name="grade decisions"))
    for action, press in _PRESSES.items():
        bot.app.action(action.value)(pressed(bot, partial(_press, press), by=moderated, name="grade a decision"))
    named = pressed(bot, _name, by=moderated, name="name the right entry")
    bot.app.action(SlackAction.GRADE_OTHER.value)(named)


async def _open(interaction: Interaction) -> None:
    await interaction.show(await _dialog(interaction, Sitting()))


async def _press(press: GradePress, interaction: Interaction) -> None:
    sitting = sitting_of(sitting_in(interaction.action.get("block_id", "")))
    await _grade(interaction, press, interaction.action["value"], sitting)


async def _name(interaction: Interaction) -> None:
    """Grade by the entry that was chosen."""
    question_id, sitting = named_question(interaction.action["block_id"])
    await _grade(interaction, interaction.action["selected_option"]["value"], question_id, sitting_of(sitting))


async def _grade(interaction: Interaction, said: GradePress | str, question_id: str, sitting: Sitting) -> None:
    """Store a grade, and show the next decision in its place."""
    sitting = await grade(interaction.app, said, question_id, sitting, actor=interaction.actor)
    view, shown = interaction.body["view"], await _dialog(interaction, sitting)
    await interaction.bot.client.views_update(view_id=view["id"], hash=view["hash"], view=shown)


async def _dialog(interaction: Interaction, sitting: Sitting) -> Part:
    """Return the next decision; a moderator alone sees it, who is staff and may know everything."""
    found = await next_to_grade(interaction.app, sitting, audience=Audience.INTERNAL)
    blocks = [plain_section(found)] if isinstance(found, str) else grading_blocks(found, sitting)
    return shown_dialog(Label.GRADE, blocks)

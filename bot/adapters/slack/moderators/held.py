"""Handle the buttons and the dialog of held replies."""

from functools import partial

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.interactions import Interaction, Submission, moderated, pressed, submitted
from bot.adapters.slack.showing.dialogs import held_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.chat.review import HeldPress, decide_held

_PRESSES = {SlackAction.SEND_HELD: HeldPress.SEND, SlackAction.DROP_HELD: HeldPress.DROP}


def register(bot: SlackBot) -> None:
    """Listen to the buttons and the dialog."""
    for action, press in _PRESSES.items():
        step = partial(_press, press)
        bot.app.action(action.value)(pressed(bot, step, by=moderated, name="decide about a draft"))
    bot.app.action(SlackAction.EDIT_HELD.value)(pressed(bot, _open, by=moderated, name="edit a draft"))
    bot.app.view(Dialog.HELD.value)(submitted(bot, _rewrite))


async def _press(press: HeldPress, interaction: Interaction) -> None:
    """Send or drop a reply; its card follows with the next round."""
    question_id, seen = interaction.item
    await decide_held(interaction.app.held, press, question_id, actor=interaction.actor, seen=seen)
    interaction.bot.rounds.ask()


async def _open(interaction: Interaction) -> None:
    question_id, seen = interaction.item
    await interaction.show(held_dialog(await interaction.app.held.open(question_id, seen=seen)))


async def _rewrite(sent: Submission) -> None:
    """Send what was typed in place of a reply."""
    words = sent.typed.get(SlackField.ANSWER, "")
    await sent.app.held.rewrite(sent.about["question"], words, actor=sent.actor, seen=sent.seen)
    sent.bot.rounds.ask()

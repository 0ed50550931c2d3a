"""Handle the buttons and the dialog of held replies."""

from dataclasses import replace
from functools import partial

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.interactions import Interaction, Submission, moderated, pressed, submitted
from bot.adapters.slack.members import homes
from bot.adapters.slack.moderators.review import HOME, home_of, refresh
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.cards import held_message
from bot.adapters.slack.showing.dialogs import held_dialog, shown_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.markdown import fallback
from bot.adapters.slack.showing.parts import Part, section
from bot.chat.review import HeldPress, decide_held
from bot.core.review import HeldReply

_PRESSES = {SlackAction.SEND_HELD: HeldPress.SEND, SlackAction.DROP_HELD: HeldPress.DROP}


def register(bot: SlackBot) -> None:
    """Listen to the buttons and the dialog."""
    for action, press in _PRESSES.items():
        step = partial(_press, press)
        bot.app.action(action.value)(pressed(bot, step, by=moderated, name="decide about a draft"))
    bot.app.action(SlackAction.EDIT_HELD.value)(pressed(bot, _open, by=moderated, name="edit a draft"))
    bot.app.action(SlackAction.SHOW_HELD.value)(pressed(bot, _show, by=moderated, name="show a draft"))
    bot.app.view(Dialog.HELD.value)(submitted(bot, _rewrite))


async def _press(press: HeldPress, interaction: Interaction) -> None:
    """Send or drop a reply; its card follows with the next round."""
    question_id, seen = interaction.item
    held = await decide_held(interaction.app.held, press, question_id, actor=interaction.actor, seen=seen)
    interaction.bot.rounds.ask()
    view = interaction.body.get("view")
    if view is not None:
        shown = await _dialog(interaction, held)
        await interaction.bot.client.views_update(view_id=view["id"], hash=view["hash"], view=shown)
        await homes.refresh(interaction.bot, interaction.app, interaction.user_id, home_of(interaction) or "")


async def _show(interaction: Interaction) -> None:
    """Show a reply that is held with what is asked and said, and with its buttons."""
    await interaction.show(await _dialog(interaction, await interaction.app.held.show(interaction.action["value"])))


async def _dialog(interaction: Interaction, held: HeldReply) -> Part:
    messenger = interaction.bot.messenger
    if held.actor is not None:
        held = replace(held, actor=await messenger.names.within(held.actor))
    message = held_message(held, permalink=messenger.permalink, domains=domains_with(interaction.bot.me))
    # Dialogs take no Markdown: there the answer is its words alone.
    words = section(fallback(held.answer, parts.SECTION))
    blocks = [words if block["type"] == "markdown" else block for block in message.blocks]
    return shown_dialog(held.question_id, blocks, about=_about(interaction))


async def _open(interaction: Interaction) -> None:
    question_id, seen = interaction.item
    held = await interaction.app.held.open(question_id, seen=seen)
    await interaction.show(held_dialog(held, about=_about(interaction)))


def _about(interaction: Interaction) -> dict[str, str]:
    """Return what a dialog is to know: the home from which it was opened."""
    home = home_of(interaction)
    return {HOME: home} if home else {}


async def _rewrite(sent: Submission) -> None:
    """Send what was typed in place of a reply."""
    words = sent.typed.get(SlackField.ANSWER, "")
    await sent.app.held.rewrite(sent.about["question"], words, actor=sent.actor, seen=sent.seen)
    await refresh(sent)

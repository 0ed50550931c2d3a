"""Show people what is kept of them, and let them have it removed: the buttons on a home."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict

from bot.adapters.slack.bot import SlackBot, person
from bot.adapters.slack.interactions import Interaction, InteractionStep, pressed, taken
from bot.adapters.slack.members.homes import publish
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.private import tell
from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.dialogs import shown_dialog
from bot.adapters.slack.showing.ids import SlackAction
from bot.adapters.slack.showing.markup import mrkdwn
from bot.adapters.slack.showing.parts import Part, context, section
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import FORGOTTEN, MORE_IS_KEPT

# Nobody is named in the audit log for what they want of their own data.
_THEMSELVES = PLATFORM
# Nobody can copy more than so much out of a dialog.
_MOST = 60
# Leaves room for characters that take two units, and for what keeps names from pinging.
_CHUNK = 1_300
# Slack writes these in four or five characters, and a backtick would end the block.
_MARKUP = frozenset("&<>`")
# Control, format, unassigned and private characters, and separators of lines and paragraphs.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def register(bot: SlackBot) -> None:
    """Listen to the buttons for one's own data."""
    for action, step in _STEPS.items():
        bot.app.action(action)(pressed(bot, step, by=taken, name="do what was pressed about own data"))


async def _export(interaction: Interaction) -> None:
    kept = await interaction.app.privacy.export(person(interaction.user_id), actor=_THEMSELVES)
    await interaction.show(kept_dialog(asdict(kept)))


async def _forget(interaction: Interaction) -> None:
    await interaction.app.privacy.forget(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")
    await tell(interaction.bot, interaction.body, FORGOTTEN)


async def _opt_out(interaction: Interaction) -> None:
    await interaction.app.privacy.opt_out(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")


async def _opt_in(interaction: Interaction) -> None:
    await interaction.app.privacy.opt_in(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")


def kept_dialog(kept: Mapping[str, object]) -> Part:
    """Show everything that is kept of a person, as JSON."""
    text = "".join(map(_written, json.dumps(kept, ensure_ascii=False, indent=1)))
    chunks = [text[begin : begin + _CHUNK] for begin in range(0, len(text), _CHUNK)]
    shown = [section(f"```{mrkdwn(chunk, limits.SECTION - 6)}```") for chunk in chunks[:_MOST]]
    return shown_dialog(Label.MY_DATA, [*shown, *([context(str(MORE_IS_KEPT))] if chunks[_MOST:] else [])])


def _written(character: str) -> str:
    """Return a character as it is, or in the other way that JSON has, where Slack would not show it as it is."""
    if character in _MARKUP:
        return f"\\u{ord(character):04x}"
    is_hidden = unicodedata.category(character) in _HIDDEN and character != "\n"
    return json.dumps(character)[1:-1] if is_hidden else character


_STEPS: Mapping[SlackAction, InteractionStep] = {
    SlackAction.EXPORT: _export,
    SlackAction.FORGET: _forget,
    SlackAction.OPT_OUT: _opt_out,
    SlackAction.OPT_IN: _opt_in,
}

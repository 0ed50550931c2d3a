"""Handle the button of a home that accepts several suggestions, and its dialog."""

from functools import partial

from bot.adapters.slack.bot import SlackBot, worded
from bot.adapters.slack.interactions import Interaction, Submission, moderated, pressed, submitted
from bot.adapters.slack.moderators.review import HOME, home_of, refresh
from bot.adapters.slack.showing.dialogs import accept_dialog, shown_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import Part, plain_section
from bot.chat.accepting import accept_picks, line_of, look_at_picks
from bot.core.models import Audience
from bot.core.wording.accepting import NOTHING_TO_ACCEPT
from bot.core.wording.labels import Label
from bot.service.accepting import Pick
from bot.service.app import App

_SEEN, _PICKS = "seen", "picks"


def register(bot: SlackBot) -> None:
    """Listen to the button and the dialog."""
    opened = pressed(bot, _open, by=moderated, name="offer suggestions")
    bot.app.action(SlackAction.ACCEPT_SEVERAL.value)(opened)
    bot.app.view(Dialog.ACCEPT.value)(submitted(bot, _submit))


async def _open(interaction: Interaction) -> None:
    offered = await _offered(interaction.app, interaction.actor)
    if not offered:
        await interaction.show(shown_dialog(Label.ACCEPT_SEVERAL, [plain_section(str(NOTHING_TO_ACCEPT))]))
        return
    await interaction.show(accept_dialog(offered, about={HOME: home_of(interaction) or ""}))


async def _submit(sent: Submission) -> Part:
    """Show what would change with all that is picked, and accept it when that was seen."""
    bot, app, who, staff = sent.bot, sent.app, sent.actor, Audience.INTERNAL
    picked, refusal = sent.typed.get(SlackField.PICKED, ""), partial(worded, bot)
    seen = [Pick.parse(each) for each in sent.about.get(_PICKS, "").split()]
    # Slack sends the menu as it was filled in, or as it is shown since: without what was left out.
    if seen and set(picked.split()) in (set(sent.about[_SEEN].split()), {each.id for each in seen}):
        lines = await accept_picks(app, seen, audience=staff, actor=who, refusal=refusal)
        await refresh(sent)
        return shown_dialog(Label.ACCEPT_SEVERAL, [plain_section(each) for each in lines])
    found = await look_at_picks(app, picked.split(), audience=staff, actor=who, refusal=refusal)
    about = {HOME: sent.about[HOME], _SEEN: picked, _PICKS: " ".join(map(str, found.picks))}
    chosen = [each.id for each in found.picks]
    return accept_dialog(await _offered(app, who), about=about, chosen=chosen, replay="\n".join(found.lines))


async def _offered(app: App, actor: str) -> dict[str, str]:
    """Return what may be accepted; only staff open the dialog."""
    found = await app.accepting.offered(audience=Audience.INTERNAL, actor=actor)
    return {one.id: line_of(one) for one in found}

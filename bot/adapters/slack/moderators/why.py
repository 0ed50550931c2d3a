"""Show moderators why the bot decided as it did: a shortcut in the menu of messages."""

from bot.adapters.slack.actions import Press, moderated, pressed
from bot.adapters.slack.private import tell
from bot.adapters.slack.showing.dialogs import shown_dialog
from bot.adapters.slack.showing.parts import plain_section
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.outcomes import UNKNOWN_MESSAGE
from bot.chat.reasons import reasons
from bot.core.models import Audience
from bot.core.wording.labels import Label

WHY = "faqbot_why"


def register(bot: SlackBot) -> None:
    """Listen to the shortcut."""
    asked = pressed(bot, _why, by=moderated, name="tell why")
    bot.app.shortcut({"type": "message_action", "callback_id": WHY})(asked)


async def _why(press: Press) -> None:
    """Show it to the moderator alone, who is staff and may know everything."""
    place = press.bot.place(press.body["channel"]["id"])
    where = {"platform": place.platform, "workspace_id": place.workspace_id}
    message_id = press.body["message"]["ts"]
    lines = await reasons(press.app, **where, message_id=message_id, audience=Audience.INTERNAL)
    if lines is None:
        await tell(press.bot, press.body, UNKNOWN_MESSAGE)
    else:
        await press.show(shown_dialog(Label.WHY, [plain_section(line) for line in lines]))

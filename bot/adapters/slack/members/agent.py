"""Propose questions in the agent view of Slack."""

import logging
from typing import Any

from bot.adapters.slack.calls import FAULTS, error_code
from bot.adapters.slack.members.prompts import MOST_PROMPTS, prompts
from bot.adapters.slack.slackbot import SlackBot
from bot.core.wording.labels import Label

_log = logging.getLogger(__name__)


def register(bot: SlackBot) -> None:
    """Listen to the opening of the app's messages (`app_home_opened` with the tab `messages`)."""

    async def on_messages(event: dict[str, Any]) -> bool:
        return event.get("tab") == "messages"

    async def opened(event: dict[str, Any]) -> None:
        if bot.options.agent:
            bot.work.start(_propose(bot, str(event.get("channel")), str(event.get("user"))), name="propose questions")

    async def moved(event: dict[str, Any]) -> None:
        """Acknowledge that somebody looks at something else."""
        del event

    bot.app.event("app_home_opened", matchers=[on_messages])(opened)
    bot.app.event("app_context_changed")(moved)


async def _propose(bot: SlackBot, channel_id: str, user_id: str) -> None:
    """Show the questions that are asked most, as far as this person may read their answers."""
    audience = await bot.places.audience_with(user_id)
    async with bot.apps.use(bot.me.workspace_id) as app:
        used = await app.stats.most_asked(audience=audience, limit=MOST_PROMPTS)
    if not used:
        return
    try:
        await bot.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel_id, title=Label.PROMPTS, prompts=prompts(used)
        )
    except FAULTS as error:
        _log.info("slack.suggested_prompts.failed", extra={"fault": error_code(error)})

"""Notice that the app was removed from its workspace, or its token revoked."""

from typing import Any

from bot.adapters.slack.bot import SlackBot


def register(bot: SlackBot) -> None:
    """Register the events; whether the token still serves is asked of Slack, which may send an old event again."""

    async def uninstalled() -> None:
        bot.token_doubted.set()

    async def revoked(event: dict[str, Any]) -> None:
        # Members may revoke tokens of their own, of which the bot has none.
        if bot.me.user_id in (event.get("tokens") or {}).get("bot", ()):
            bot.token_doubted.set()

    bot.app.event("app_uninstalled")(uninstalled)
    bot.app.event("tokens_revoked")(revoked)

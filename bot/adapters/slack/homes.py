"""Show the home of the app."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to whoever opens the home (`app_home_opened` with the tab `home`: by a matcher), and to its buttons."""
    del bot

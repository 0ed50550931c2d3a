"""Propose questions in the agent view of Slack."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to whoever opens the messages of the app (`app_home_opened` with the tab `messages`)."""
    del bot

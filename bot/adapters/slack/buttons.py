"""Take what people say of an answer by its buttons."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the buttons under answers and choices, and to the dialog for reasons."""
    del bot

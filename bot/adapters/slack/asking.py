"""Take the messages that people write, edit and delete."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to messages and mentions."""
    del bot

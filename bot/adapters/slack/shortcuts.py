"""Answer somebody's message, and look entries up by typing."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the shortcuts of everybody, and to the menus of entries."""
    del bot

"""Let moderators do their work on the cards of the review."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the buttons and dialogs of review items."""
    del bot

"""Let moderators set how the bot behaves in a channel: `/faq settings`."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the command where `settings` follows, by a matcher, and to its dialog."""
    del bot

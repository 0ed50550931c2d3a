"""Answer `/faq` in private."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the command, but for what it is followed by in `SUBCOMMANDS`."""
    del bot

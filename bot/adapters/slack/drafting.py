"""Offer message shortcuts for moderators: add to the FAQ, and why the bot decided as it did."""

from bot.adapters.slack.slackbot import SlackBot


def register(bot: SlackBot) -> None:
    """Listen to the message shortcuts of moderators."""
    del bot

"""Show moderators why the bot decided as it did."""

from bot.adapters.discord.bot import DiscordBot


def register(bot: DiscordBot) -> None:
    """Take part in what the bot does."""
    del bot

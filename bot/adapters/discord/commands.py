"""Answer /ask in private, and somebody's message from its menu."""

from bot.adapters.discord.bot import DiscordBot


def register(bot: DiscordBot) -> None:
    """Take part in what the bot does."""
    del bot

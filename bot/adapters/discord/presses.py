"""Take what people say of an answer by its buttons."""

from bot.adapters.discord.bot import DiscordBot


def register(bot: DiscordBot) -> None:
    """Take part in what the bot does."""
    del bot

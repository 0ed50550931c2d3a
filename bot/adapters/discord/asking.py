"""Take the messages that people write, edit and delete."""

from bot.adapters.discord.bot import DiscordBot


def register(bot: DiscordBot) -> None:
    """Take part in what the bot does."""
    del bot

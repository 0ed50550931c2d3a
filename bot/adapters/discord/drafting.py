"""Make an entry of what somebody replied."""

from bot.adapters.discord.bot import DiscordBot


def register(bot: DiscordBot) -> None:
    """Take part in what the bot does."""
    del bot

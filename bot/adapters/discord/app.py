"""Put the bot for Discord together: the client, and every listener."""

from bot.adapters.discord import catching_up
from bot.adapters.discord.bot import READY_TIMEOUT, DiscordBot
from bot.adapters.discord.members import asking, commands, faq, own_data, presses, suggesting
from bot.adapters.discord.moderators import confirming, drafting, listing, resolving, reviewing, settings, why
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.servers import Servers
from bot.chat.apps import Apps
from bot.service.spool import Spool

_AREAS = (
    *(asking, catching_up, commands, presses, faq, own_data),
    *(settings, reviewing, resolving, confirming, listing, drafting, suggesting, why),
)


def assemble(
    options: DiscordOptions,
    apps: Apps,
    spool: Spool,
    *,
    ready_timeout: float = READY_TIMEOUT,
    servers: Servers | None = None,
) -> DiscordBot:
    """Return a bot that has all its listeners and is not connected yet."""
    bot = DiscordBot(options, apps, spool, ready_timeout=ready_timeout, servers=servers)
    for area in _AREAS:
        area.register(bot)
    return bot

"""Assemble the bot for Discord: the client and every listener."""

from bot.adapters.discord import catch_up
from bot.adapters.discord.bot import READY_TIMEOUT, DiscordBot
from bot.adapters.discord.members import commands, faq, messages, own_data, presses, suggestions
from bot.adapters.discord.moderators import (
    confirmation,
    new_entry,
    resolutions,
    review_buttons,
    review_list,
    settings,
    why,
)
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.servers import Servers
from bot.chat.apps import Apps
from bot.service.claims import Spool

_AREAS = (
    *(messages, catch_up, commands, presses, faq, own_data),
    *(settings, review_buttons, resolutions, confirmation, review_list, new_entry, suggestions, why),
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

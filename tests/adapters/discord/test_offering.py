"""Show that people can do on Discord whatever they can do with the bot, and that something listens when they do it."""

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.adapters.discord.app import assemble
from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.offering import OFFERS
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.showing.buttons import Action
from bot.adapters.discord.showing.forms import Form
from bot.chat.apps import OneApp
from bot.service.app import App
from bot.service.spool import Spool


@pytest.fixture
async def idle(app: App, tmp_path: Path) -> AsyncIterator[DiscordBot]:
    """Yield the bot with all its listeners, connected to nothing."""
    options = DiscordOptions(token="none", spool=tmp_path)  # noqa: S106  # opens nothing
    with closing(Spool(tmp_path, "discord")) as spool:
        yield assemble(options, OneApp(app), spool)


def listens(bot: DiscordBot, offer: str) -> bool:
    """Tell whether the bot has what an offer names."""
    kind, name = offer.split(" ", 1)
    match kind:
        case "event":
            return hasattr(bot, name)
        case "command":
            return bot.tree.get_command(name) is not None
        case "completion":
            command = bot.tree.get_command(name)
            return isinstance(command, app_commands.Command) and any(one.autocomplete for one in command.parameters)
        case "menu":
            return bot.tree.get_command(name, type=discord.AppCommandType.message) is not None
        case _:
            return kind == "press" and name in bot.presses


async def test_the_bot_has_all_that_it_offers(idle: DiscordBot) -> None:
    assert [offer for offer in OFFERS.values() if not listens(idle, offer)] == []


@pytest.mark.parametrize("offer", ["event on_typing", "command no", "completion review", "menu ask", "press no", "x y"])
async def test_it_has_nothing_else(idle: DiscordBot, offer: str) -> None:
    assert not listens(idle, offer)


async def test_each_button_and_each_dialog_is_listened_to(idle: DiscordBot) -> None:
    assert (set(idle.presses), set(idle.forms)) == (set(Action), set(Form))

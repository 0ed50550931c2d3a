"""Each button and each dialog on Discord has a listener."""

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.serving import assemble
from bot.adapters.discord.showing.dialogs import Form
from bot.adapters.discord.showing.parts import DiscordAction
from bot.chat.apps import OneApp
from bot.service.app import App
from bot.service.claims import Spool


@pytest.fixture
async def idle(app: App, tmp_path: Path) -> AsyncIterator[DiscordBot]:
    """Yield the bot with all its listeners, connected to nothing."""
    options = DiscordOptions(token="none", spool=tmp_path)  # noqa: S106  # opens nothing
    with closing(Spool(tmp_path, "discord")) as spool:
        yield assemble(options, OneApp(app), spool)


async def test_each_button_and_each_dialog_is_listened_to(idle: DiscordBot) -> None:
    assert (set(idle.presses), set(idle.forms)) == (set(DiscordAction), set(Form))

"""Show that where each server has a store of its own, direct messages have none, and nobody is left without a word."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from tests.adapters.discord.bots import replies, words
from tests.loopback.discord.invoking import complete, shown, slash
from tests.loopback.discord.people import Who, mention, remove, write_directly
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"


@dataclass(frozen=True)
class Separate:
    """A stand-in for stores of which one is for the server of the test, and none for direct messages."""

    app: App
    workspace_id: str

    @asynccontextmanager
    async def use(self, workspace_id: str) -> AsyncIterator[App]:
        """Yield the services of the server; there are no others."""
        assert workspace_id == self.workspace_id
        yield self.app

    def stores(self) -> tuple[str, ...]:
        """Return the server."""
        return (self.workspace_id,)


@pytest.fixture
def direct(loopback: Loopback, app: App, bot: DiscordBot, asker: Who, guild: int) -> Who:
    """Return somebody who is alone with the bot."""
    bot.apps = Separate(app, str(guild))
    return Who(int(loopback.world.direct_channel(asker.user_id)["id"]), asker.user_id)


async def test_in_the_server_all_is_as_ever(loopback: Loopback, direct: Who, asker: Who) -> None:
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    assert await complete(loopback, asker, "ask", focused="question", question="withdraw") != []


@pytest.mark.parametrize("command", ["faq browse", "my-data show", "my-data export", "my-data forget"])
async def test_a_direct_command_says_that_it_cannot_be(loopback: Loopback, direct: Who, command: str) -> None:
    assert "Please use that in a server" in words(await shown(loopback, await slash(loopback, direct, command)))


async def test_a_direct_question_by_command_does_too(loopback: Loopback, direct: Who) -> None:
    assert "Please use that in a server" in words(
        await shown(loopback, await slash(loopback, direct, "ask", question=FEES))
    )


async def test_nothing_is_found_while_typing(loopback: Loopback, direct: Who) -> None:
    assert await complete(loopback, direct, "ask", focused="question", question="withdraw") == []


async def test_a_direct_message_is_left_alone(
    loopback: Loopback, bot: DiscordBot, direct: Who, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    said = await write_directly(loopback, asker.user_id, FEES)
    await remove(loopback, said)
    await replies(loopback, await mention(loopback, asker, FEES))  # events come in order
    await bot.work.settled()

    assert loopback.world.by_bot(direct.channel_id) == []
    assert [one.getMessage() for one in caplog.records if one.levelno > logging.INFO] == []

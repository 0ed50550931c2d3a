"""The database is locked while people ask on Discord: nothing is lost, and nothing is answered twice."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import timedelta
from typing import TypeAlias

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.chat import intake
from bot.core.models import MessageRef
from bot.service.app import App
from bot.store import Database
from tests.adapters.discord.bots import behave, enough, quiet, replies, running_bot, services, words
from tests.adapters.spools import new_folder
from tests.loopback.discord.invoking import shown, slash
from tests.loopback.discord.people import Who, edit, mention, remove
from tests.loopback.discord.server import Loopback
from tests.service.deliveries import Watch

Locked: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]
IsLogged: TypeAlias = Callable[[int], Awaitable[bool]]
SHORT = timedelta(milliseconds=50)
FEES, PARROT = "how much does a withdrawal cost?", "where is the parrot"


@pytest.fixture
async def app(sqlite_url: str, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """Return the services over a file for whose lock nobody waits long."""
    monkeypatch.setattr(intake, "PAUSE", SHORT.total_seconds())
    database = Database(sqlite_url, busy_timeout=SHORT, pause=SHORT.total_seconds())
    yield services(database, clock=watch)
    await database.aclose()


@pytest.fixture
async def bot(loopback: Loopback, app: App, asker: Who) -> AsyncIterator[DiscordBot]:
    """Return the bot, ready, which has answered once and so knows the entries and how the channel is set."""
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as bot:
        await replies(loopback, await mention(loopback, asker, FEES))
        yield bot


@pytest.fixture
def locked(sqlite_url: str) -> Locked:
    """Return what keeps everybody else from writing for a block, as soon as those who write are done."""

    @asynccontextmanager
    async def lock() -> AsyncIterator[None]:
        path = sqlite_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    return lock


@pytest.fixture
def is_logged(app: App, guild: int) -> IsLogged:
    """Return what tells whether a message is on the log."""

    async def is_known(message_id: int) -> bool:
        ref = MessageRef(platform="discord", workspace_id=str(guild), message_id=str(message_id))
        return await app.conversations.is_known(ref)

    return is_known


async def spooled(bot: DiscordBot, count: int) -> None:
    """Wait until so many messages are kept on disk."""
    async with asyncio.timeout(30):
        while len(bot.intake.spool.waiting()) < count:  # noqa: ASYNC110  # there is no event for that outside of a test
            await asyncio.sleep(0)


async def test_an_answer_that_needs_no_log_is_given_at_once_and_gets_its_buttons_later(
    loopback: Loopback, bot: DiscordBot, asker: Who, locked: Locked, is_logged: IsLogged
) -> None:
    async with locked():
        asked = await mention(loopback, asker, FEES)
        (answer,) = await replies(loopback, asked)
        assert "One coin." in words(answer)
        assert not answer["components"]
        assert not await is_logged(asked)
    await loopback.log.until(lambda: loopback.world.by_bot(asked)[0]["components"])
    await quiet(loopback, bot)

    assert len(loopback.world.by_bot(asked)) == 1
    assert await is_logged(asked)
    assert bot.intake.spool.waiting() == ()


async def test_a_question_that_needs_the_log_waits_for_it(
    loopback: Loopback, bot: DiscordBot, asker: Who, locked: Locked, is_logged: IsLogged
) -> None:
    async with locked():
        asked = await mention(loopback, asker, PARROT)
        await spooled(bot, 1)
        assert not enough(loopback, asked, 1)
    await replies(loopback, asked)
    await quiet(loopback, bot)

    assert len(loopback.world.by_bot(asked)) == 1
    assert await is_logged(asked)


async def test_what_is_changed_and_taken_back_meanwhile_is_seen_to_when_it_is_over(
    loopback: Loopback, bot: DiscordBot, asker: Who, locked: Locked
) -> None:
    changed, gone = await mention(loopback, asker, PARROT), await mention(loopback, asker, FEES)
    await replies(loopback, changed)
    await replies(loopback, gone)
    async with locked():
        await edit(loopback, changed, f"<@{loopback.world.application_id}> {FEES}")
        await remove(loopback, gone)
        await spooled(bot, 2)
    await loopback.log.until(lambda: "One coin." in words(loopback.world.by_bot(changed)[0]))
    await quiet(loopback, bot)

    assert loopback.world.by_bot(gone) == []
    assert bot.intake.spool.waiting() == ()


async def test_a_command_is_answered_and_logged_when_the_database_is_back(
    loopback: Loopback, bot: DiscordBot, asker: Who, locked: Locked, is_logged: IsLogged
) -> None:
    async with locked():
        used = await slash(loopback, asker, "ask", question=FEES)
        assert "One coin." in words(await shown(loopback, used))
    await quiet(loopback, bot)

    assert await is_logged(used.id)


async def test_a_process_that_dies_meanwhile_is_followed_by_one_that_answers_once(
    loopback: Loopback, app: App, asker: Who, locked: Locked, is_logged: IsLogged
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    folder = new_folder()
    async with running_bot(loopback, app, spool=folder) as one:
        await replies(loopback, await mention(loopback, asker, FEES))
        async with locked():
            known, unknown = await mention(loopback, asker, FEES), await mention(loopback, asker, PARROT)
            await replies(loopback, known)
            await one.work.finish(within=timedelta())
    async with running_bot(loopback, app, spool=folder) as other:
        await replies(loopback, unknown)
        await loopback.log.until(lambda: loopback.world.by_bot(known)[0]["components"])
        await quiet(loopback, other)

    for asked in (known, unknown):
        assert len(loopback.world.by_bot(asked)) == 1
        assert await is_logged(asked)


async def test_a_command_that_needs_the_log_is_told_to_come_again(
    loopback: Loopback, bot: DiscordBot, asker: Who, locked: Locked
) -> None:
    async with locked():
        used = await slash(loopback, asker, "ask", question=PARROT)
        assert "did not work" in words(await shown(loopback, used))

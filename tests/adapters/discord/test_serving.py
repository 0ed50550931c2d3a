"""Show that the bot is kept on Discord until it is told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import discord
import pytest
from discord.shard import Shard

from bot.adapters.discord import serving
from bot.adapters.discord.calls import shorten_tracebacks
from bot.chat.apps import OneApp
from bot.service.app import App
from tests.adapters.discord.bots import behave, options, replies, words
from tests.loopback.discord import gateway
from tests.loopback.discord.clients import PATIENCE
from tests.loopback.discord.constants import Op
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import ServerError, TooMany
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"
TOLD = "GET /applications/{application_id}/commands"
SERVING = "bot.adapters.discord.serving"


@asynccontextmanager
async def served(loopback: Loopback, app: App) -> AsyncIterator[None]:
    """Run the bot on Discord as long as the block lasts."""
    stop = asyncio.Event()
    task = asyncio.create_task(serving.serve(options(loopback), OneApp(app), stop=stop, ready_timeout=PATIENCE))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 30)


async def test_a_client_that_ends_is_begun_again(
    loopback: Loopback, app: App, asker: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    await behave(app, loopback, asker.channel_id, mode="mention")
    stop = asyncio.Event()
    task = asyncio.create_task(serving.serve(options(loopback), OneApp(app), stop=stop, ready_timeout=PATIENCE))
    await loopback.log.until(lambda: loopback.gateway.sessions or None)
    for session in loopback.gateway.sessions.values():
        assert session.socket is not None
        await session.socket.send({"op": int(Op.HELLO), "d": None, "s": None, "t": None}, checked=False)
    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    stop.set()
    await asyncio.wait_for(task, 30)


async def test_while_discord_is_out_of_order_it_is_tried_again(
    loopback: Loopback, app: App, guild: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    loopback.faults.plan("GET /users/@me", ServerError())
    stop = asyncio.Event()
    task = asyncio.create_task(serving.serve(options(loopback), OneApp(app), stop=stop, ready_timeout=PATIENCE))
    await loopback.log.until(lambda: loopback.gateway.sessions or None)
    stop.set()

    await asyncio.wait_for(task, 30)


async def test_told_to_stop_before_it_is_ready(loopback: Loopback, app: App, guild: int) -> None:
    stop = asyncio.Event()
    stop.set()

    await asyncio.wait_for(serving.serve(options(loopback), OneApp(app), stop=stop), 30)
    assert loopback.log.requests == []


@pytest.mark.parametrize("fault", [TooMany(retry_after=3600.0), Refusal.INVALID_FORM, ServerError()])
async def test_commands_that_discord_does_not_take_keep_nobody_from_an_answer(
    loopback: Loopback, app: App, asker: Who, caplog: pytest.LogCaptureFixture, fault: TooMany | Refusal | ServerError
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    loopback.faults.plan(TOLD, fault)
    async with served(loopback, app):
        await loopback.log.until(lambda: loopback.gateway.sessions or None)
        asked = await mention(loopback, asker, FEES)
        await replies(loopback, asked)
        await loopback.log.requested(TOLD)

    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1
    assert len(loopback.log.named(TOLD)) == 1
    (record,) = [one for one in caplog.records if one.name == "bot.adapters.discord.command_sync"]
    assert record.levelno == (logging.ERROR if fault is Refusal.INVALID_FORM else logging.WARNING)
    assert isinstance(fault, Refusal | ServerError) or record.__dict__["wait"] == timedelta(hours=1)


async def test_a_ready_that_cannot_be_read_leaves_no_half_bot(
    loopback: Loopback, app: App, asker: Who, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    await behave(app, loopback, asker.channel_id, mode="mention")
    told = gateway._shard  # noqa: SLF001  # what Discord itself would not leave out

    def first_without_shard(asked: Json) -> Json:
        monkeypatch.setattr(gateway, "_shard", told)
        del asked
        return {}

    monkeypatch.setattr(gateway, "_shard", first_without_shard)
    async with served(loopback, app):
        await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)
        await replies(loopback, await mention(loopback, asker, FEES))

    (record,) = [one for one in caplog.records if one.name == SERVING and one.levelno == logging.ERROR]
    assert record.exc_info is not None


async def test_an_outage_is_one_line_with_its_reason(
    loopback: Loopback, app: App, guild: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    loopback.faults.plan("GET /users/@me", ServerError())
    async with served(loopback, app):
        await loopback.log.until(lambda: loopback.gateway.sessions or None)

    (record,) = [one for one in caplog.records if one.name == SERVING]
    assert record.exc_info is None
    assert record.__dict__["reason"].startswith("DiscordServerError: 503")


@pytest.mark.parametrize(("fault", "shown"), [(OSError("no route"), False), (LookupError("new"), True)])
def test_the_library_shows_the_traceback_of_what_is_new(
    caplog: pytest.LogCaptureFixture, fault: Exception, *, shown: bool
) -> None:
    shorten_tracebacks()
    logging.getLogger("discord.shard").error("Attempting a reconnect", exc_info=fault)

    (record,) = caplog.records
    assert bool(record.exc_info) is shown
    assert record.__dict__.get("reason") == (None if shown else "OSError: no route")


async def test_a_connection_that_does_not_answer_at_the_end_is_cut(
    loopback: Loopback, app: App, guild: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_shard: Shard) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(serving, "_GOODBYE", timedelta(milliseconds=10))
    async with served(loopback, app):
        await loopback.log.until(lambda: loopback.gateway.sessions or None)
        monkeypatch.setattr(Shard, "close", hang)


async def test_a_shard_comes_back_soon(bot: discord.AutoShardedClient) -> None:
    shard = bot.get_shard(0)
    assert shard is not None
    pauses = [shard._parent._backoff.delay() for _ in range(100)]  # noqa: SLF001  # there is no other way to see it

    assert max(pauses) <= 32

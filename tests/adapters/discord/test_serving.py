"""Show that the bot is kept on Discord until it is told to stop."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.apps import OneApp
from bot.adapters.discord import serving
from bot.service.app import App
from tests.adapters.discord.bots import behave, options, replies, words
from tests.adapters.discord.loopback.clients import PATIENCE
from tests.adapters.discord.loopback.constants import Op
from tests.adapters.discord.loopback.faults import ServerError
from tests.adapters.discord.loopback.server import Loopback
from tests.adapters.discord.people import Who, mention

FEES = "how much does a withdrawal cost?"


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
    await asyncio.wait_for(task, 10)


async def test_while_discord_is_out_of_order_it_is_tried_again(
    loopback: Loopback, app: App, guild: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    loopback.faults.plan("GET /users/@me", ServerError())
    stop = asyncio.Event()
    task = asyncio.create_task(serving.serve(options(loopback), OneApp(app), stop=stop, ready_timeout=PATIENCE))
    await loopback.log.until(lambda: loopback.gateway.sessions or None)
    stop.set()

    await asyncio.wait_for(task, 10)


async def test_told_to_stop_before_it_is_ready(loopback: Loopback, app: App, guild: int) -> None:
    stop = asyncio.Event()
    stop.set()

    await asyncio.wait_for(serving.serve(options(loopback), OneApp(app), stop=stop), 10)
    assert loopback.log.requests == []

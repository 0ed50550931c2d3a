"""Show that the bot is typing while somebody waits for an answer, and no longer than that."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.sending import DiscordThinking
from tests.adapters.discord.bots import quiet, replies
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback

TYPING = "POST /channels/{channel_id}/typing"


async def test_who_waits_sees_it(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    thinking = DiscordThinking(bot, patience=timedelta(0))
    thinking.begin("1", asker.channel_id)
    (request,) = await loopback.log.requested(TYPING)
    thinking.end("1")

    assert request.path == f"/channels/{asker.channel_id}/typing"


async def test_what_is_answered_at_once_needs_no_sign(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await replies(loopback, await mention(loopback, asker, "how much does a withdrawal cost?"))
    await quiet(loopback, bot)

    assert loopback.log.named(TYPING) == []


async def test_it_ends_with_the_answer(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    thinking = DiscordThinking(bot, patience=timedelta(0))
    before = asyncio.all_tasks()
    thinking.begin("1", asker.channel_id)
    (task,) = asyncio.all_tasks() - before
    thinking.end("1")
    await asyncio.wait({task})

    assert task.cancelled()
    thinking.end("1")  # of what has ended nothing is left to end


async def test_where_the_bot_may_not_show_it_nothing_else_comes_of_that(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.adapters.discord.sending")
    loopback.faults.plan(TYPING, Refusal.MISSING_ACCESS)
    thinking = DiscordThinking(bot, patience=timedelta(0))
    before = asyncio.all_tasks()
    thinking.begin("1", asker.channel_id)
    (task,) = asyncio.all_tasks() - before
    await task

    assert [vars(one)["code"] for one in caplog.records if one.name == "bot.adapters.discord.sending"] == [50001]

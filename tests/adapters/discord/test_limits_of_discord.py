"""Discord forgets, puts away, refuses and goes down: questions are answered once all the same."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.sending import DiscordThinking
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.adapters.discord.bots import POSTED, behave, quiet, replies, running_bot, words
from tests.adapters.discord.moderators.staff import Review
from tests.adapters.discord.test_slow_store import held
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.faults import Broken
from tests.loopback.discord.interaction_routes import SECONDS
from tests.loopback.discord.invoking import answered, slash
from tests.loopback.discord.message_routes import NONCE_SECONDS
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback
from tests.service.deliveries import Watch

FEES = "how much does a withdrawal cost?"
TYPED = "POST /channels/{channel_id}/typing"
A_DAY = 24 * 60 * 60


async def test_a_reply_is_found_when_its_mark_is_forgotten(
    loopback: Loopback, watch: Watch, bot: DiscordBot, asker: Who
) -> None:
    loopback.faults.plan(POSTED, Broken.AFTER)
    asked = await mention(loopback, asker, FEES)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    await loopback.later(NONCE_SECONDS)

    watch.forward(timedelta(seconds=61))
    await bot.responder.recover()

    assert len(loopback.world.by_bot(asked)) == 1


async def test_an_answer_that_took_a_quarter_of_an_hour_is_left(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    with held(bot, app):
        used = await slash(loopback, asker, "ask", question=FEES)
        await answered(loopback, used)
        await loopback.later(SECONDS)
    await quiet(loopback, bot)

    assert [vars(one)["code"] for one in caplog.records if hasattr(one, "code")] == [50027]
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_what_comes_a_day_later_opens_the_thread_again(review: Review) -> None:
    loopback = review.loopback
    thread = await review.unanswered()
    await quiet(loopback, review.bot)
    await review.app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    await loopback.later(A_DAY)
    state = loopback.world.channels[thread]["thread_metadata"]
    assert state["archived"]

    await review.bot.responder.deliver()
    _, later = await replies(loopback, thread, times=2)

    assert "In its cage." in words(later)
    assert not state["archived"]


async def test_a_server_that_is_down_at_the_start_is_served_once_it_is_back(
    loopback: Loopback, app: App, guild: int, asker: Who
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    loopback.world.unavailable.add(guild)
    async with running_bot(loopback, app):
        await loopback.gateway.restore_guild(guild)
        asked = await mention(loopback, asker, FEES)

        assert "One coin." in words((await replies(loopback, asked))[0])


async def test_where_the_bot_may_not_write_it_does_not_type_and_nothing_fails(
    loopback: Loopback, bot: DiscordBot, asker: Who, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _deny(loopback, asker, guild, Permission.SEND_MESSAGES)
    thinking = DiscordThinking(bot, patience=timedelta())
    thinking.begin("1", asker.channel_id)
    (refused,) = await loopback.log.requested(TYPED)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    assert (refused.status, loopback.world.typing) == (403, [])
    await asyncio.wait_for(_told(caplog, "discord.typing.failed"), 30)
    thinking.end("1")


async def test_a_mention_is_answered_where_the_bot_may_not_read_what_was_written(
    loopback: Loopback, bot: DiscordBot, asker: Who, guild: int
) -> None:
    _deny(loopback, asker, guild, Permission.READ_MESSAGE_HISTORY)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])


def _deny(loopback: Loopback, asker: Who, guild: int, denied: Permission) -> None:
    loopback.world.channels[asker.channel_id]["permission_overwrites"] = [overwrite(guild, deny=denied)]


async def _told(caplog: pytest.LogCaptureFixture, words: str) -> None:
    while words not in caplog.messages:  # noqa: ASYNC110  # a log has no event
        await asyncio.sleep(0)

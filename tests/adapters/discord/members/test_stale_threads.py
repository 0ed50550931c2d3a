"""Show how posts of a forum are asked about and archived, and what is in the way of that."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.wording.stale_threads import IS_CLOSED, IS_SOLVED, STILL_OPEN
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, behave, button, posts, quiet, running_bot, words
from tests.loopback.discord.constants import ChannelType, Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Broken, ServerError
from tests.loopback.discord.invoking import click
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.people import Who, post, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel
from tests.service.deliveries import Watch

DAYS = timedelta(days=7, minutes=5)
FETCHED = "GET /channels/{channel_id}"
CHANGED = "PATCH /channels/{channel_id}"
HISTORY = "GET /channels/{channel_id}/messages"
EDITED = "PATCH /channels/{channel_id}/messages/{message_id}"


@pytest.fixture
async def forum(loopback: Loopback, app: App, guild: int, asker: Who) -> Who:
    """Return the asker in a forum whose posts are closed when they are quiet."""
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await behave(app, loopback, forum, mode="ambient", stale_days="7")
    allowed = overwrite(guild, allow=Permission.MANAGE_THREADS)
    loopback.world.channels[forum]["permission_overwrites"] = [allowed]
    return Who(forum, asker.user_id)


async def asked(loopback: Loopback, forum: Who, bot: DiscordBot) -> int:
    """Have somebody open a post that nothing fits."""
    opened = await post(loopback, forum, "Parrot", "where is the parrot?")
    await quiet(loopback, bot)
    return opened


async def after(bot: DiscordBot, watch: Watch, time: timedelta = DAYS) -> None:
    """Have the bot look at threads after a time."""
    watch.forward(time)
    await bot.stale_threads.look()


def said(loopback: Loopback, opened: int) -> list[str]:
    """Return what the bot said in a post."""
    return [words(one) for one in loopback.world.by_bot(opened)]


def state(loopback: Loopback, opened: int) -> Json:
    """Return whether a post is archived, and locked."""
    found: Json = loopback.world.channels[opened]["thread_metadata"]
    return found


async def test_a_post_is_archived_and_not_locked(loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch) -> None:
    opened = await asked(loopback, forum, bot)
    assert said(loopback, opened) == []
    await after(bot, watch)
    assert str(STILL_OPEN) in said(loopback, opened)[0]

    await after(bot, watch)
    assert [str(IS_CLOSED) in one for one in said(loopback, opened)] == [True]
    assert (state(loopback, opened)["archived"], state(loopback, opened)["locked"]) == (True, False)

    state(loopback, opened)["archived"] = False  # as Discord does when somebody writes
    await say(loopback, Who(opened, forum.user_id), "I still do not know")
    await after(bot, watch)
    assert not state(loopback, opened)["archived"]


async def test_a_post_that_was_archived_by_discord_itself_is_asked_about(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch
) -> None:
    opened = await asked(loopback, forum, bot)
    for _ in range(2):
        later = datetime.now(UTC) + timedelta(days=3)
        state(loopback, opened).update(archived=True, archive_timestamp=later.isoformat())
        await after(bot, watch)

    assert str(IS_CLOSED) in said(loopback, opened)[0]
    assert state(loopback, opened)["archived"]


@pytest.mark.parametrize("closed", [{"archived": True}, {"archived": True, "locked": True}, {"locked": True}])
async def test_a_post_that_people_closed_is_left_alone(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch, closed: Json
) -> None:
    opened = await asked(loopback, forum, bot)
    state(loopback, opened).update(closed, archive_timestamp=datetime.now(UTC).isoformat())
    for _ in range(2):
        await after(bot, watch)

    assert posts(loopback, opened) == []
    assert len(loopback.log.named(FETCHED)) == 1


async def test_a_post_that_people_closed_when_it_was_asked_about_stays_so(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch
) -> None:
    opened = await asked(loopback, forum, bot)
    await after(bot, watch)
    state(loopback, opened).update(archived=True, archive_timestamp=datetime.now(UTC).isoformat())
    await after(bot, watch)

    assert str(STILL_OPEN) in said(loopback, opened)[0]


async def test_without_the_permission_it_is_named_and_nothing_is_closed(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    channel = loopback.world.channels[forum.channel_id]
    channel["permission_overwrites"] = []
    await tell_channel(loopback.gateway, "CHANNEL_UPDATE", channel)
    opened = await asked(loopback, forum, bot)
    for _ in range(3):
        await after(bot, watch)

    assert [vars(one)["lacks"] for one in caplog.records if hasattr(one, "lacks")] == [("Manage Threads",)]
    assert str(STILL_OPEN) in said(loopback, opened)[0]
    assert not state(loopback, opened)["archived"]


async def test_a_post_that_is_gone_is_given_up(loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch) -> None:
    opened = await asked(loopback, forum, bot)
    loopback.faults.plan(FETCHED, Refusal.UNKNOWN_CHANNEL)
    for _ in range(2):
        await after(bot, watch)

    assert len(loopback.log.named(FETCHED)) == 1
    assert posts(loopback, opened) == []


async def test_what_discord_does_not_do_now_is_done_later(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch
) -> None:
    opened = await asked(loopback, forum, bot)
    watch.forward(DAYS)
    for route in (FETCHED, POSTED):
        loopback.faults.plan(route, ServerError())
        await bot.stale_threads.look()
    assert said(loopback, opened) == []
    await bot.stale_threads.look()
    assert str(STILL_OPEN) in said(loopback, opened)[0]

    watch.forward(DAYS)
    loopback.faults.plan(FETCHED, ServerError())
    await bot.stale_threads.look()
    for route in (EDITED, CHANGED):
        loopback.faults.plan(route, ServerError())
        await bot.stale_threads.look()
        assert not state(loopback, opened)["archived"]
    await bot.stale_threads.look()
    assert state(loopback, opened)["archived"]


async def test_a_question_that_was_taken_although_the_wire_broke_is_found(
    loopback: Loopback, forum: Who, bot: DiscordBot, watch: Watch
) -> None:
    opened = await asked(loopback, forum, bot)
    loopback.faults.plan(POSTED, Broken.AFTER)
    await after(bot, watch)
    loopback.faults.plan(HISTORY, ServerError())
    for _ in range(2):
        await bot.stale_threads.look()
    assert len(said(loopback, opened)) == 1

    await after(bot, watch)
    assert str(IS_CLOSED) in said(loopback, opened)[0]


async def test_who_says_that_it_is_solved_has_the_post_tagged(
    loopback: Loopback, app: App, forum: Who, watch: Watch
) -> None:
    tag = loopback.world.add_tag(forum.channel_id, "Solved")
    async with running_bot(loopback, app, solved_tag="solved") as bot:
        opened = await asked(loopback, forum, bot)
        await after(bot, watch)
        (about,) = loopback.world.by_bot(opened)
        await click(loopback, Who(opened, forum.user_id), int(about["id"]), button(about, "solved"))
        await quiet(loopback, bot)
        await after(bot, watch)

    assert loopback.world.channels[opened]["applied_tags"] == [str(tag)]
    assert str(IS_SOLVED) in said(loopback, opened)[0]

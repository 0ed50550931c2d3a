"""Show that posts of a forum are answered on what they begin with, and closed when that helped."""

from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.sending import Sender
from bot.chat.solving import SIGN
from bot.core.wording.replies import SOLVED_BEFORE
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, THREADED, behave, button, posts, quiet, replies, running_bot, words
from tests.loopback.discord.constants import ChannelType, Permission
from tests.loopback.discord.faults import ServerError
from tests.loopback.discord.invoking import click
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, post, react, say
from tests.loopback.discord.server import Loopback
from tests.service.leases import elapse


@pytest.fixture
async def forum(loopback: Loopback, app: App, guild: int, asker: Who) -> Who:
    """Return the asker in a forum where all posts are answered."""
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await behave(app, loopback, forum, mode="ambient")
    return Who(forum, asker.user_id)


async def test_title_and_body_are_the_question(loopback: Loopback, forum: Who, bot: DiscordBot) -> None:
    asked = await post(loopback, forum, "Cost of a withdrawal", "how much does a withdrawal cost?")
    (reply,) = await replies(loopback, asked)

    assert "One coin." in words(reply)
    assert loopback.log.named(THREADED) == []


async def test_a_title_alone_can_be_the_question(loopback: Loopback, forum: Who, bot: DiscordBot) -> None:
    asked = await post(loopback, forum, "How much does a withdrawal cost?", "see above")

    assert "One coin." in words((await replies(loopback, asked))[0])


async def test_a_post_that_takes_no_messages_yet_is_tried_again(
    loopback: Loopback, forum: Who, bot: DiscordBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(bot.messenger, "_sender", Sender(bot, pause=pause))
    loopback.world.early_refusals = 3
    asked = await post(loopback, forum, "Fees", "how much does a withdrawal cost?")
    (reply,) = await replies(loopback, asked)

    assert "One coin." in words(reply)
    assert pauses == [0.25, 0.5, 1.0]
    assert len(posts(loopback, asked)) == 4


BIKE, ANOTHER = ("Where is the red bicycle?", "It was here."), ("Where is that red bicycle now", "I need it.")


async def solved_post(loopback: Loopback, forum: Who, bot: DiscordBot, guild: int) -> int:
    """Return a post that somebody answered, as who asked has marked."""
    before = await post(loopback, forum, *BIKE)
    await quiet(loopback, bot)
    said = await say(loopback, Who(before, loopback.world.add_member(guild, "ben")), "Behind the kitchen door.")
    await react(loopback, Who(before, forum.user_id), said, SIGN)
    await quiet(loopback, bot)
    return before


async def test_a_post_without_an_answer_is_led_to_one_that_was_solved(
    loopback: Loopback, app: App, forum: Who, bot: DiscordBot, guild: int
) -> None:
    before = await solved_post(loopback, forum, bot, guild)
    asked = await post(loopback, Who(forum.channel_id, loopback.world.add_member(guild, "cho")), *ANOTHER)
    (reply,) = await replies(loopback, asked)

    assert posts(loopback, before) == []
    assert str(SOLVED_BEFORE) in words(reply)
    assert f"<https://discord.com/channels/{guild}/{before}/{before}>" in words(reply)
    (item,) = await app.review.list()
    assert item.count == 2


async def test_what_a_process_left_that_died_is_said_by_the_next(
    loopback: Loopback, app: App, forum: Who, bot: DiscordBot, guild: int
) -> None:
    await solved_post(loopback, forum, bot, guild)
    loopback.faults.plan(POSTED, ServerError(), times=2)
    asked = await post(loopback, forum, *ANOTHER)
    await quiet(loopback, bot)
    assert loopback.world.by_bot(asked) == []
    await elapse(app.database, timedelta(minutes=5))
    await bot.responder.recover()
    (reply,) = await replies(loopback, asked)

    assert str(SOLVED_BEFORE) in words(reply)


async def test_a_post_without_an_answer_and_without_one_like_it_gets_nothing(
    loopback: Loopback, forum: Who, bot: DiscordBot
) -> None:
    for _ in range(2):
        asked = await post(loopback, forum, *BIKE)
        await quiet(loopback, bot)

        assert posts(loopback, asked) == []


async def test_an_answer_that_helped_solves_the_post(loopback: Loopback, app: App, forum: Who, guild: int) -> None:
    _may_close(loopback, forum, guild)
    tag = loopback.world.add_tag(forum.channel_id, "Solved")
    async with running_bot(loopback, app, solved_tag="solved", close_solved=True) as bot:
        asked = await post(loopback, forum, "Fees", "how much does a withdrawal cost?")
        (reply,) = await replies(loopback, asked)
        await click(loopback, Who(asked, forum.user_id), int(reply["id"]), button(reply, "helpful"))
        thread = loopback.world.channels[asked]
        await loopback.log.until(lambda: thread["thread_metadata"]["archived"] or None)
        await quiet(loopback, bot)

    assert thread["applied_tags"] == [str(tag)]


async def test_a_message_that_solved_it_solves_the_post(loopback: Loopback, app: App, forum: Who, guild: int) -> None:
    _may_close(loopback, forum, guild)
    tag = loopback.world.add_tag(forum.channel_id, "Solved")
    ben = loopback.world.add_member(guild, "ben")
    async with running_bot(loopback, app, solved_tag="solved") as bot:
        asked = await post(loopback, forum, "Parrot", "where is the parrot?")
        await quiet(loopback, bot)
        said = await say(loopback, Who(asked, ben), "It sits behind the kitchen door.")
        await react(loopback, Who(asked, forum.user_id), said, SIGN)
        await quiet(loopback, bot)

    assert loopback.world.channels[asked]["applied_tags"] == [str(tag)]


async def test_a_permission_that_is_missing_for_it_is_named(
    loopback: Loopback, app: App, forum: Who, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_bot(loopback, app, close_solved=True) as bot:
        asked = await post(loopback, forum, "Fees", "how much does a withdrawal cost?")
        (reply,) = await replies(loopback, asked)
        await click(loopback, Who(asked, forum.user_id), int(reply["id"]), button(reply, "helpful"))
        await quiet(loopback, bot)

    assert [vars(one)["lacks"] for one in caplog.records if hasattr(one, "lacks")] == [("Manage Threads",)]


async def test_somebody_else_does_not_solve_it(loopback: Loopback, app: App, forum: Who, guild: int) -> None:
    _may_close(loopback, forum, guild)
    loopback.world.add_tag(forum.channel_id, "Solved")
    ben = loopback.world.add_member(guild, "ben")
    async with running_bot(loopback, app, solved_tag="solved", close_solved=True) as bot:
        asked = await post(loopback, forum, "Fees", "how much does a withdrawal cost?")
        (reply,) = await replies(loopback, asked)
        await click(loopback, Who(asked, ben), int(reply["id"]), button(reply, "helpful"))
        await quiet(loopback, bot)

    thread = loopback.world.channels[asked]
    assert (thread["applied_tags"], thread["thread_metadata"]["archived"]) == ([], False)


async def test_who_asked_goes_on_in_the_post_without_a_mention(
    loopback: Loopback, app: App, forum: Who, bot: DiscordBot
) -> None:
    await behave(app, loopback, forum.channel_id, mode="mention")
    name = f"<@{loopback.world.application_id}>"
    asked = await post(loopback, forum, "Fees", f"{name} how much does a withdrawal cost?")
    await replies(loopback, asked)
    await quiet(loopback, bot)
    await say(loopback, Who(asked, forum.user_id), "where is the parrot")
    second = (await replies(loopback, asked, times=2))[1]

    assert "no answer to that yet" in words(second)


def _may_close(loopback: Loopback, forum: Who, guild: int) -> None:
    """Permit the bot to close posts."""
    allowed = overwrite(guild, allow=Permission.MANAGE_THREADS)
    loopback.world.channels[forum.channel_id]["permission_overwrites"] = [allowed]

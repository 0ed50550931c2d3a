"""Show that nothing is lost or said twice when the connection goes and comes, and that nothing malformed ends it."""

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import discord
import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.members import messages
from bot.adapters.discord.members.messages import take
from bot.core.models import MessageRef
from bot.service.app import App
from tests.adapters.discord.bots import THREADED, behave, posts, quiet, replies, running_bot, words
from tests.loopback.discord.constants import ChannelType, Op
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Fault, ServerError, TooMany
from tests.loopback.discord.payloads import message
from tests.loopback.discord.people import Who, mention, open_thread, post, say, say_garbled
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.writing import with_mentions

FEES = "how much does a withdrawal cost?"
HISTORY = "GET /channels/{channel_id}/messages"
Later: TypeAlias = list[tuple[messages.ReadStep, timedelta]]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Return what is to be read again, and after what time; it is not begun by itself."""
    waiting: Later = []

    def note(_bot: DiscordBot, begin: messages.ReadStep, *, after: timedelta, name: str) -> None:
        if name == messages.NAME:
            waiting.append((begin, after))

    monkeypatch.setattr(DiscordBot, "later", note)
    return waiting


async def test_what_was_missed_is_answered_after_resuming(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    loopback.gateway.break_off()
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1


async def test_a_bot_that_is_told_to_reconnect_answers_on(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await loopback.gateway.ask_to_reconnect()
    await loopback.log.until(lambda: Op.RESUME in loopback.log.received_ops())
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])


async def test_what_was_missed_is_read_when_a_session_is_lost(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    before = await mention(loopback, asker, FEES)
    await replies(loopback, before)
    await quiet(loopback, bot)
    loopback.gateway.forget()
    asked = await mention(loopback, asker, FEES)  # no session hears of it
    loopback.gateway.break_off()

    assert "One coin." in words((await replies(loopback, asked))[0])
    await quiet(loopback, bot)
    assert len(posts(loopback, before)) == 1


async def test_an_invalid_session_is_begun_anew(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await loopback.gateway.invalidate()
    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])


async def test_what_was_asked_shortly_before_the_start_is_answered(
    loopback: Loopback, app: App, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    asked = await mention(loopback, asker, FEES)
    async with running_bot(loopback, app):
        await replies(loopback, asked)


async def test_what_somebody_has_answered_since_is_not(loopback: Loopback, app: App, asker: Who, guild: int) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    asked = await mention(loopback, asker, FEES)
    ben = Who(asker.channel_id, loopback.world.add_member(guild, "ben"))
    await say(loopback, ben, "one coin", reply_to=asked)
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []
    known = await app.conversations.why(MessageRef(platform="discord", workspace_id=str(guild), message_id=str(asked)))
    assert known is not None


async def test_only_so_many_messages_are_read(
    loopback: Loopback, app: App, asker: Who, guild: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_MESSAGES", 3)
    await behave(app, loopback, asker.channel_id, mode="mention")
    asked = await mention(loopback, asker, FEES)
    for _ in range(3):
        await say(loopback, asker, "hello")
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)

    assert (
        await app.conversations.why(MessageRef(platform="discord", workspace_id=str(guild), message_id=str(asked)))
        is None
    )


async def test_what_was_missed_in_a_busy_channel_is_answered(
    loopback: Loopback, app: App, asker: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    async def noted(bot: DiscordBot, written: discord.Message, *, late: bool = False) -> None:
        begun.append(written.id)
        await take(bot, written, late=late)

    monkeypatch.setattr(messages, "take", noted)
    await behave(app, loopback, asker.channel_id, mode="mention")
    for _ in range(150):
        await say(loopback, asker, "hello")
    missed = [await mention(loopback, asker, FEES) for _ in range(3)]
    async with running_bot(loopback, app):
        for asked in missed:
            await replies(loopback, asked)

    assert begun[-3:] == missed
    assert begun == sorted(begun)  # the oldest first


async def test_what_came_since_does_not_hide_what_was_missed(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    missed = _message_at(loopback, asker, datetime.now(UTC) - timedelta(minutes=1))
    since = await mention(loopback, asker, FEES)
    await replies(loopback, since)
    await quiet(loopback, bot)
    await messages.catch_up(bot, 0)

    await replies(loopback, missed)


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (ServerError(), timedelta(seconds=5)),
        (TooMany(retry_after=3600.0), timedelta(hours=1)),
    ],
)
async def test_a_channel_that_cannot_be_read_keeps_no_other_from_it_and_is_read_again(  # noqa: PLR0913, PLR0917  # fixtures
    later: Later, loopback: Loopback, app: App, asker: Who, fault: Fault, after: timedelta
) -> None:
    other = Who(loopback.world.add_channel(loopback.world.guild_of(asker.channel_id) or 0, "other"), asker.user_id)
    for who in (asker, other):
        await behave(app, loopback, who.channel_id, mode="mention")
    loopback.faults.plan(HISTORY, fault)
    asked = [await mention(loopback, who, FEES) for who in (asker, other)]
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)
        answered = [bool(loopback.world.by_bot(one)) for one in asked]
        ((begin, wait),) = later
        assert (sorted(answered), wait) == ([False, True], after)
        if not isinstance(fault, TooMany):
            await begin()
            for one in asked:
                await replies(loopback, one)


@pytest.mark.parametrize(("fault", "tries"), [(ServerError(), 6), (Refusal.MISSING_ACCESS, 1)])
async def test_reading_is_given_up_in_the_end(
    later: Later, loopback: Loopback, bot: DiscordBot, fault: Fault, tries: int
) -> None:
    await quiet(loopback, bot)
    later.clear()
    loopback.log.requests.clear()
    loopback.faults.plan(HISTORY, fault, times=10)
    await messages.catch_up(bot, 0)
    while later:
        await later.pop()[0]()

    assert len(loopback.log.named(HISTORY)) == tries


async def test_posts_are_caught_up_with_too(loopback: Loopback, app: App, guild: int, asker: Who) -> None:
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await behave(app, loopback, forum, mode="ambient")
    asked = await post(loopback, Who(forum, asker.user_id), "Fees", FEES)
    async with running_bot(loopback, app):
        await replies(loopback, asked)


@pytest.mark.parametrize("archived", [False, True])
async def test_what_was_asked_in_a_thread_that_began_long_before_is_answered(
    loopback: Loopback, app: App, asker: Who, *, archived: bool
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    before = _message_at(loopback, asker, datetime.now(UTC) - timedelta(hours=3))
    thread = await open_thread(loopback, before, asker.user_id, "fees")
    asked = _message_at(loopback, Who(thread, asker.user_id), datetime.now(UTC))
    state = loopback.world.channels[thread]
    state["last_message_id"] = str(asked)
    state["thread_metadata"]["archived"] = archived
    async with running_bot(loopback, app):
        (answer,) = await replies(loopback, thread)

    assert "One coin." in words(answer)


async def test_threads_in_which_the_bot_had_the_last_word_are_not_read(
    loopback: Loopback, app: App, asker: Who
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as bot:
        over, goes_on = [await mention(loopback, asker, FEES) for _ in range(2)]
        for thread in (over, goes_on):
            await replies(loopback, thread)
        await bot.work.settled()
    await say(loopback, Who(goes_on, asker.user_id), "and then?")
    before = len(loopback.log.named(HISTORY))
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)

    read = {request.path.split("/")[-2] for request in loopback.log.named(HISTORY)[before:]}
    assert str(goes_on) in read
    assert str(over) not in read


async def test_what_is_too_old_is_logged_and_not_answered(loopback: Loopback, app: App, asker: Who, guild: int) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    at = datetime.now(UTC) - timedelta(minutes=16)
    asked = _message_at(loopback, asker, at)
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []
    known = await app.conversations.why(MessageRef(platform="discord", workspace_id=str(guild), message_id=str(asked)))
    assert known is not None
    assert known.shadow


async def test_what_is_much_older_is_not_read(loopback: Loopback, app: App, asker: Who, guild: int) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    asked = _message_at(loopback, asker, datetime.now(UTC) - timedelta(hours=2))
    async with running_bot(loopback, app) as bot:
        await quiet(loopback, bot)

    assert (
        await app.conversations.why(MessageRef(platform="discord", workspace_id=str(guild), message_id=str(asked)))
        is None
    )


@pytest.mark.parametrize("missing", ["id", "author", "channel_id", "content", "mentions", "type"])
async def test_an_event_that_lacks_something_ends_nothing(
    loopback: Loopback, bot: DiscordBot, asker: Who, missing: str
) -> None:
    await say_garbled(loopback, asker, missing)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1


@pytest.mark.parametrize("told", [None, [], "words", {}, {"id": None}, {"id": "1", "type": 3, "data": None}])
async def test_an_interaction_that_is_none_ends_nothing(
    loopback: Loopback, bot: DiscordBot, asker: Who, told: object
) -> None:
    await loopback.gateway.dispatch("INTERACTION_CREATE", told, guild_id=None, checked=False)  # type: ignore[arg-type]  # malformed
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1


def _message_at(loopback: Loopback, asker: Who, at: datetime) -> int:
    """Put a question that mentions the bot into a channel, as of a time, and return its id."""
    world = loopback.world
    number = world.snowflakes.next(at=at)
    text = f"<@{world.application_id}> {FEES}"
    written = message(number, asker.channel_id, world.person(asker.user_id), text)
    world.add_message(with_mentions(world, written))
    return number

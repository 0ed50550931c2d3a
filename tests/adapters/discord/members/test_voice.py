"""Show how the bot replies in the text chats of voice and stage channels, where no thread can be made."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.parts import DiscordAction
from bot.core.models import MessageRef, Rating
from bot.core.wording.replies import WELCOME
from bot.service.app import App
from bot.service.deliveries import Sent
from bot.service.resolutions import NewAnswer
from bot.store.tables import FeedbackRow
from tests.adapters.discord.bots import THREADED, behave, button, quiet, replies, running_bot, words
from tests.loopback.discord.constants import MEMBER, ChannelType, Permission
from tests.loopback.discord.invoking import click, shown, slash
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, edit, mention, remove, say
from tests.loopback.discord.server import Loopback
from tests.service.leases import elapse

ABOUT, FEES, FREEZE = "about a withdrawal", "how much does a withdrawal cost?", "how do I freeze my account"
PARROT = "where is the parrot"


@pytest.fixture(params=[ChannelType.VOICE, ChannelType.STAGE])
def asker(loopback: Loopback, guild: int, request: pytest.FixtureRequest) -> Who:
    """Return somebody in the text chat of a voice or stage channel."""
    channel = loopback.world.add_channel(guild, "lounge", kind=request.param)
    return Who(channel, loopback.world.add_member(guild, "ana"))


@pytest.fixture(autouse=True)
def _no_threads(loopback: Loopback) -> object:
    """Check that no thread was tried to be made."""
    yield
    assert loopback.log.named(THREADED) == []


@pytest.fixture
def lounge(asker: Who, guild: int) -> MessageRef:
    """Return a message that nobody wrote in the channel."""
    return MessageRef(
        platform="discord", workspace_id=str(guild), channel_id=str(asker.channel_id), message_id="1", beside=True
    )


def refers_to(reply: Json) -> int:
    return int(reply["message_reference"]["message_id"])


async def answered(loopback: Loopback, bot: DiscordBot, asker: Who, text: str, *, times: int = 1) -> tuple[int, Json]:
    """Ask the bot, and return the message and the reply to it."""
    asked = await mention(loopback, asker, text)
    *_, reply = await replies(loopback, asker.channel_id, times=times)
    await quiet(loopback, bot)
    return asked, reply


async def test_a_mention_is_answered_in_place(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked, reply = await answered(loopback, bot, asker, FEES)

    assert "One coin." in words(reply)
    assert refers_to(reply) == asked
    assert loopback.world.pinged[int(reply["id"])] == frozenset()


async def test_what_is_certain_is_answered_unasked(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient", wait_seconds="0")
    asked = await say(loopback, asker, FEES)
    (reply,) = await replies(loopback, asker.channel_id)
    await say(loopback, asker, "good evening everybody")
    await quiet(loopback, bot)

    assert refers_to(reply) == asked
    assert len(loopback.world.by_bot(asker.channel_id)) == 1


async def test_a_command_is_answered_in_private(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    reply = await shown(loopback, await slash(loopback, asker, "ask", question=FEES))

    assert "One coin." in words(reply)
    assert loopback.world.by_bot(asker.channel_id) == []


async def test_who_replies_to_the_bot_is_understood_by_what_they_asked_before(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    _, reply = await answered(loopback, bot, asker, ABOUT)
    further = await say(loopback, asker, "and what does it cost?", reply_to=int(reply["id"]))
    *_, second = await replies(loopback, asker.channel_id, times=2)

    assert "One coin." in words(second)
    assert refers_to(second) == further


async def test_what_is_said_back_is_taken_as_that(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    _, reply = await answered(loopback, bot, asker, FEES)
    await say(loopback, asker, "that solved it", reply_to=int(reply["id"]))
    *_, thanks = await replies(loopback, asker.channel_id, times=2)

    assert str(WELCOME) in words(thanks)
    async with app.database.snapshot() as tx:
        assert list(await tx.scalars(select(FeedbackRow.rating))) == [Rating.HELPFUL]


async def test_choices_are_typed_and_pressed(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    _, choices = await answered(loopback, bot, asker, FREEZE)
    await say(loopback, asker, "2", reply_to=int(choices["id"]))
    await quiet(loopback, bot)
    assert "freeze." in words(loopback.world.messages[int(choices["id"])])

    _, more = await answered(loopback, bot, asker, FREEZE, times=2)
    first = more["components"][0]["components"][0]["custom_id"]
    await shown(loopback, await click(loopback, asker, int(more["id"]), first))
    await quiet(loopback, bot)
    assert "freeze." in words(loopback.world.messages[int(more["id"])])


async def test_a_reply_is_removed_by_its_button(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    _, reply = await answered(loopback, bot, asker, FEES)
    await click(loopback, asker, int(reply["id"]), button(reply, DiscordAction.REMOVE))
    await quiet(loopback, bot)

    assert loopback.world.by_bot(asker.channel_id) == []


async def test_an_edit_changes_the_reply_and_a_deletion_takes_it_away(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    asked, reply = await answered(loopback, bot, asker, PARROT)
    await edit(loopback, asked, f"<@{loopback.world.application_id}> {FEES}")
    await quiet(loopback, bot)
    assert "One coin." in words(loopback.world.messages[int(reply["id"])])

    await remove(loopback, asked)
    await quiet(loopback, bot)
    assert loopback.world.by_bot(asker.channel_id) == []


async def test_a_later_answer_refers_to_the_question(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    asked, _ = await answered(loopback, bot, asker, PARROT)
    await app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    await bot.responder.deliver()
    *_, later = await replies(loopback, asker.channel_id, times=2)

    assert "In its cage." in words(later)
    assert refers_to(later) == asked
    assert loopback.world.pinged[int(later["id"])] == {str(asker.user_id)}


@pytest.mark.slow
async def test_a_person_who_replies_first_is_left_to_it_and_talk_of_others_is_no_help(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient", wait_seconds="1")
    ben = Who(asker.channel_id, loopback.world.add_member(guild, "ben"))
    asked = await say(loopback, asker, FEES)
    await say(loopback, ben, "nice music tonight")
    (reply,) = await replies(loopback, asker.channel_id)
    assert refers_to(reply) == asked

    await behave(app, loopback, asker.channel_id, wait_seconds="600")
    other = Who(asker.channel_id, loopback.world.add_member(guild, "cem"))
    again = await say(loopback, other, "how do I change my email?")
    await say(loopback, ben, "in the settings", reply_to=again)
    await quiet(loopback, bot)
    assert len(loopback.world.by_bot(asker.channel_id)) == 1


async def test_a_helper_who_replies_has_the_unasked_answer_taken_away(
    loopback: Loopback, app: App, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient", wait_seconds="0")
    role = loopback.world.add_role(guild, "help", permissions=MEMBER | Permission.MANAGE_MESSAGES)
    helper = Who(asker.channel_id, loopback.world.add_member(guild, "helen", roles=[role]))
    async with running_bot(loopback, app) as bot:
        asked = await say(loopback, asker, FEES)
        await replies(loopback, asker.channel_id)
        await quiet(loopback, bot)
        await say(loopback, helper, "it is one coin", reply_to=asked)
        await quiet(loopback, bot)

    assert loopback.world.by_bot(asker.channel_id) == []


async def test_who_posts_a_secret_is_warned_in_place(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await say(loopback, asker, "stuck: legal winner thank year wave sausage worth useful legal winner thank yellow")
    (warning,) = await replies(loopback, asker.channel_id)

    assert "Delete your message now" in words(warning)


async def test_what_was_asked_before_the_start_is_answered_once_also_after_a_crash(
    loopback: Loopback, app: App, asker: Who, lounge: MessageRef
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    asked = await mention(loopback, asker, FEES)
    async with running_bot(loopback, app) as bot:
        (reply,) = await replies(loopback, asker.channel_id)
        await quiet(loopback, bot)
        assert await bot.messenger.find(replace(lounge, message_id=str(asked)), None) == Sent(reply["id"])
        assert await bot.messenger.find(replace(lounge, message_id=str(asked - 1)), None) is None
    async with running_bot(loopback, app) as bot:
        await elapse(app.database, timedelta(seconds=61))
        await bot.responder.recover()
        await quiet(loopback, bot)

    assert [refers_to(one) for one in loopback.world.by_bot(asker.channel_id)] == [asked]

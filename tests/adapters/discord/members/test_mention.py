"""Show that who mentions the bot is answered in a thread, once."""

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import MessageRef
from bot.service.app import App
from tests.adapters.discord.bots import THREADED, behave, posts, quiet, replies, words
from tests.loopback.discord.people import Who, mention, open_thread, say, say_again
from tests.loopback.discord.server import Loopback


async def test_a_mention_is_answered_in_a_thread_of_its_own(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, "how much does a withdrawal cost?")
    (reply,) = await replies(loopback, asked)

    assert "One coin." in words(reply)
    assert loopback.world.pinged[int(reply["id"])] == frozenset()
    assert loopback.world.channels[asked]["name"] == "how much does a withdrawal cost?"
    assert loopback.world.by_bot(asker.channel_id) == []
    (request,) = posts(loopback, asked)
    assert (request.body["nonce"], request.body["enforce_nonce"]) == (f"faq-{asked}", True)


async def test_a_message_that_is_told_of_twice_is_answered_once(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    asked = await mention(loopback, asker, "how much does a withdrawal cost?")
    await say_again(loopback, asked)
    await replies(loopback, asked)
    await say_again(loopback, asked)
    await quiet(loopback, bot)

    assert len(loopback.world.by_bot(asked)) == 1
    assert len(posts(loopback, asked)) == 1


async def test_in_a_thread_the_reply_says_what_it_replies_to(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    first = await say(loopback, asker, "hello everybody")
    thread = await open_thread(loopback, first, asker.user_id, "hello")
    asked = await mention(loopback, Who(thread, asker.user_id), "how much does a withdrawal cost?")
    (reply,) = await replies(loopback, thread)

    assert reply["message_reference"]["message_id"] == str(asked)
    assert loopback.log.named(THREADED) == []


async def test_a_thread_that_a_person_was_quicker_to_open_is_used(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    asked = await mention(loopback, asker, "how much does a withdrawal cost?")
    await open_thread(loopback, asked, asker.user_id, "mine")
    (reply,) = await replies(loopback, asked)

    assert "One coin." in words(reply)
    assert [request.response["code"] for request in loopback.log.named(THREADED)] == [160004]


@pytest.mark.parametrize("mode", ["off", "shadow"])
async def test_the_bot_says_nothing_where_it_is_set_so(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, mode: str
) -> None:
    await behave(app, loopback, asker.channel_id, mode=mode)
    await mention(loopback, asker, "how much does a withdrawal cost?")
    await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []


async def test_in_the_shadow_a_mention_is_logged(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="shadow")
    asked = await mention(loopback, asker, "how much does a withdrawal cost?")
    await quiet(loopback, bot)

    known = await app.conversations.why(
        MessageRef(
            platform="discord", workspace_id=str(loopback.world.guild_of(asker.channel_id)), message_id=str(asked)
        )
    )
    assert known is not None
    assert (known.outcome.text, known.sent_message_id) == ("how much does a withdrawal cost?", None)

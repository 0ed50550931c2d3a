"""Show how the bot goes on in threads and direct messages."""

from bot.adapters.discord.bot import DiscordBot
from tests.adapters.discord.bots import posts, quiet, replies, words
from tests.loopback.discord.people import Who, mention, say, write_directly
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"


async def test_a_direct_message_is_answered(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await write_directly(loopback, asker.user_id, FEES)
    (reply,) = await replies(loopback, int(loopback.world.direct_channel(asker.user_id)["id"]))

    assert "One coin." in words(reply)
    assert reply["message_reference"]["message_id"] == str(asked)


async def test_who_asked_goes_on_without_a_mention(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    thread = await _talk(loopback, bot, asker)
    await say(loopback, Who(thread, asker.user_id), FEES)
    second = (await replies(loopback, thread, times=2))[1]

    assert "One coin." in words(second)


async def test_an_answer_is_not_given_twice_in_a_thread(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    thread = await _talk(loopback, bot, asker, FEES)
    await say(loopback, Who(thread, asker.user_id), FEES)
    second = (await replies(loopback, thread, times=2))[1]

    assert "further up in this thread" in words(second)


async def test_what_somebody_else_says_there_is_not_for_the_bot(
    loopback: Loopback, bot: DiscordBot, asker: Who, guild: int
) -> None:
    thread = await _talk(loopback, bot, asker)
    ben = loopback.world.add_member(guild, "ben")
    await say(loopback, Who(thread, ben), FEES)
    await say(loopback, Who(thread, asker.user_id), "and what of the parrot")  # that is to Ben
    await quiet(loopback, bot)

    assert len(posts(loopback, thread)) == 1


async def test_what_is_said_to_somebody_is_not_for_the_bot(
    loopback: Loopback, bot: DiscordBot, asker: Who, guild: int
) -> None:
    thread = await _talk(loopback, bot, asker)
    ben = loopback.world.add_member(guild, "ben")
    await say(loopback, Who(thread, asker.user_id), f"<@{ben}> {FEES}")
    await quiet(loopback, bot)

    assert len(posts(loopback, thread)) == 1


async def test_a_reply_to_the_bot_is_for_the_bot(loopback: Loopback, bot: DiscordBot, asker: Who, guild: int) -> None:
    thread = await _talk(loopback, bot, asker)
    ben = loopback.world.add_member(guild, "ben")
    (first,) = loopback.world.by_bot(thread)
    await say(loopback, Who(thread, ben), FEES, reply_to=int(first["id"]))

    assert "One coin." in words((await replies(loopback, thread, times=2))[1])


async def _talk(loopback: Loopback, bot: DiscordBot, asker: Who, text: str = "where is the parrot") -> int:
    """Begin a talk with the bot and return its thread."""
    thread = await mention(loopback, asker, text)
    await replies(loopback, thread)
    await quiet(loopback, bot)
    return thread

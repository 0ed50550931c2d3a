"""Show what still works where the bot may not read messages."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from tests.adapters.discord.bots import THREADED, behave, quiet, replies, running_bot, words
from tests.loopback.discord.constants import ChannelType, Intent, Op
from tests.loopback.discord.invoking import shown, slash, use_on
from tests.loopback.discord.people import Who, edit, mention, post, say
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"


@pytest.fixture
async def unread(loopback: Loopback, app: App, asker: Who) -> AsyncIterator[DiscordBot]:
    """Return a bot that is only told of what is meant for it."""
    loopback.gateway.approved = Intent(0)
    await behave(app, loopback, asker.channel_id, mode="ambient")
    async with running_bot(loopback, app, message_content=False) as bot:
        yield bot


async def test_it_asks_for_no_more_than_it_needs(loopback: Loopback, bot: DiscordBot) -> None:
    (asked,) = [one["d"]["intents"] for one in loopback.log.received if one["op"] == Op.IDENTIFY]

    messages = Intent.GUILD_MESSAGES | Intent.GUILD_MESSAGE_REACTIONS | Intent.DIRECT_MESSAGES
    assert asked == Intent.GUILDS | messages | Intent.MESSAGE_CONTENT


async def test_a_mention_is_answered(loopback: Loopback, unread: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])


async def test_commands_are_answered(loopback: Loopback, unread: DiscordBot, asker: Who) -> None:
    assert "One coin." in words(await shown(loopback, await slash(loopback, asker, "ask", question=FEES)))

    said = await say(loopback, asker, FEES)
    await use_on(loopback, asker, "Answer from FAQ", said)
    assert "One coin." in words((await replies(loopback, said))[0])


async def test_the_title_of_a_post_is_answered(
    loopback: Loopback, app: App, unread: DiscordBot, asker: Who, guild: int
) -> None:
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await loopback.gateway.dispatch("CHANNEL_CREATE", loopback.world.channels[forum], guild_id=guild)
    await behave(app, loopback, forum, mode="ambient")
    asked = await post(loopback, Who(forum, asker.user_id), FEES, "see above")

    assert "One coin." in words((await replies(loopback, asked))[0])


async def test_what_cannot_be_read_is_left_alone(loopback: Loopback, unread: DiscordBot, asker: Who) -> None:
    said = await say(loopback, asker, FEES)
    await edit(loopback, said, f"{FEES} really")
    await quiet(loopback, unread)

    assert loopback.log.named(THREADED) == []

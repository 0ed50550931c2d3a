"""Show that the bot names its own threads only, and goes on where Discord refuses a new name."""

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import MessageRef
from tests.adapters.discord.bots import quiet, replies
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Fault, TooMany
from tests.loopback.discord.people import Who, edit, mention, remove
from tests.loopback.discord.server import Loopback

WALRUS, FEES = "where does the walrus sleep", "how much does a withdrawal cost?"
RENAMED = "PATCH /channels/{channel_id}"


async def asked_by(loopback: Loopback, bot: DiscordBot, asker: Who) -> int:
    """Have somebody ask, and return the thread that the reply is in."""
    asked = await mention(loopback, asker, WALRUS)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    return asked


async def test_an_archived_thread_is_named_and_stays_archived(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await asked_by(loopback, bot, asker)
    thread = loopback.world.channels[asked]
    thread["thread_metadata"]["archived"] = True
    guild = str(loopback.world.guild_of(asker.channel_id))
    place = MessageRef(platform="discord", workspace_id=guild, channel_id=str(asker.channel_id), message_id=str(asked))
    await bot.messenger.thread_names.rename(place, "")

    assert (thread["name"], thread["thread_metadata"]["archived"]) == ("Question", True)


async def test_a_thread_that_somebody_else_made_keeps_its_name(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await asked_by(loopback, bot, asker)
    loopback.world.channels[asked]["owner_id"] = str(asker.user_id)
    guild = bot.get_guild(loopback.world.guild_of(asker.channel_id) or 0)
    assert guild is not None
    thread = guild.get_thread(asked)
    assert thread is not None
    thread.owner_id = asker.user_id
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert loopback.world.channels[asked]["name"] == WALRUS
    assert loopback.log.named(RENAMED) == []


@pytest.mark.parametrize("fault", [Refusal.MISSING_PERMISSIONS, TooMany(600.0)])
async def test_what_discord_refuses_is_logged_and_the_rest_is_done(
    loopback: Loopback, bot: DiscordBot, asker: Who, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await asked_by(loopback, bot, asker)
    loopback.faults.plan(RENAMED, fault)
    await edit(loopback, asked, f"<@{loopback.world.application_id}> {FEES}")
    await quiet(loopback, bot)

    (reply,) = loopback.world.by_bot(asked)
    assert "One coin." in str(reply)
    assert loopback.world.channels[asked]["name"] == WALRUS
    assert len(loopback.log.named(RENAMED)) == 1
    assert [each.message for each in caplog.records if "thread" in each.message] == ["discord.thread.not_renamed"]


async def test_a_thread_that_is_gone_is_not_asked_for_twice(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await asked_by(loopback, bot, asker)
    loopback.faults.plan(RENAMED, Refusal.UNKNOWN_CHANNEL)
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert "discord.thread.not_renamed" not in caplog.text

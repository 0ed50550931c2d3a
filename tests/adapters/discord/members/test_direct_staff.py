"""Show that in direct messages staff of a served server read what is for staff, and nobody else does."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import Audience
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.adapters.discord.bots import quiet, replies, running_bot, words
from tests.adapters.discord.moderators.staff import Staff
from tests.adapters.discord.strangers import lair_of
from tests.loopback.discord.faults import ServerError
from tests.loopback.discord.invoking import shown, slash
from tests.loopback.discord.people import Who, write_directly
from tests.loopback.discord.server import Loopback
from tests.service.samples import LIMITS

SECRET = LIMITS.answer
LATER = "May the desk waive a penalty?"


@pytest.fixture
async def bot(loopback: Loopback, app: App, guild: int, staff: Staff) -> AsyncIterator[DiscordBot]:
    """Return the bot over a store with an entry for staff, which serves one server and is in two."""
    assert staff.mo.user_id  # their role is there before the bot is told of the server's roles
    async with running_bot(loopback, app, servers=frozenset({guild})) as bot:
        yield bot


async def told(loopback: Loopback, user_id: int, text: str, *, times: int = 1) -> str:
    """Write to the bot alone, and return its last reply."""
    await write_directly(loopback, user_id, text)
    found = await replies(loopback, int(loopback.world.direct_channel(user_id)["id"]), times=times)
    return words(found[times - 1])


async def test_staff_get_what_is_for_staff(loopback: Loopback, bot: DiscordBot, staff: Staff) -> None:
    assert SECRET in await told(loopback, staff.mo.user_id, LIMITS.question)


async def test_a_command_says_the_same(loopback: Loopback, bot: DiscordBot, staff: Staff) -> None:
    channel = int(loopback.world.direct_channel(staff.mo.user_id)["id"])

    said = await shown(loopback, await slash(loopback, Who(channel, staff.mo.user_id), "ask", question=LIMITS.question))

    assert SECRET in words(said)


async def test_a_member_does_not(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    assert SECRET not in await told(loopback, asker.user_id, LIMITS.question)


async def test_an_administrator_of_another_server_does_not(loopback: Loopback, app: App, guild: int) -> None:
    eve = lair_of(loopback.world)
    async with running_bot(loopback, app, servers=frozenset({guild})):
        assert SECRET not in await told(loopback, eve.user_id, LIMITS.question)


async def test_whoever_is_staff_no_longer_is_told_no_later_answer_for_staff(
    loopback: Loopback, app: App, bot: DiscordBot, staff: Staff, guild: int
) -> None:
    for who in (staff.mo, staff.max):
        await told(loopback, who.user_id, LATER)
    loopback.world.guild(guild).members[staff.max.user_id]["roles"] = []
    bot.staff.forget()

    await app.review.answer("R1", NewAnswer(question=LATER, answer=SECRET), actor="ann")
    bot.rounds.ask()
    channel = int(loopback.world.direct_channel(staff.mo.user_id)["id"])
    mo = await replies(loopback, channel, times=2)
    await quiet(loopback, bot)

    assert SECRET in words(mo[1])
    others = int(loopback.world.direct_channel(staff.max.user_id)["id"])
    assert [one for one in loopback.world.by_bot(others) if SECRET in words(one)] == []


async def test_of_whom_discord_tells_nothing_is_taken_for_no_staff(
    loopback: Loopback, bot: DiscordBot, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.faults.plan("GET /guilds/{guild_id}/members/{user_id}", ServerError())

    assert SECRET not in await told(loopback, staff.mo.user_id, LIMITS.question)
    assert "discord.staff.unknown" in [record.getMessage() for record in caplog.records]


async def test_where_discord_does_not_tell_who_reads_nothing_for_staff_is_sent(
    loopback: Loopback, bot: DiscordBot, staff: Staff
) -> None:
    channel = int(loopback.world.direct_channel(staff.mo.user_id)["id"])
    assert await bot.staff.audience_in(channel) is Audience.INTERNAL
    loopback.faults.plan("GET /channels/{channel_id}", ServerError())

    assert await bot.staff.audience_in(channel) is Audience.PUBLIC

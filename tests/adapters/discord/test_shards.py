"""Show that several processes with a shard each are one bot over one store."""

import pytest

from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.adapters.discord.bots import behave, replies, running_bot, words
from tests.loopback.discord.constants import ChannelType, Op
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback

SERVERS = frozenset((1000 + shard) << 22 for shard in (0, 1))
FEES = "how much does a withdrawal cost?"


@pytest.fixture
async def askers(loopback: Loopback, app: App) -> list[Who]:
    """Return somebody in a server of each of two shards."""
    world, found = loopback.world, list[Who]()
    for number in sorted(SERVERS):
        guild = world.add_guild(f"Server {number}", guild_id=number)
        asker = Who(world.add_channel(guild), world.add_member(guild, f"ana {number}"))
        await behave(app, loopback, asker.channel_id, mode="mention")
        found.append(asker)
    return found


async def test_each_process_answers_in_its_own_servers(loopback: Loopback, app: App, askers: list[Who]) -> None:
    async with (
        running_bot(loopback, app, servers=SERVERS, shard_ids=(0,), shard_count=2),
        running_bot(loopback, app, servers=SERVERS, shard_ids=(1,), shard_count=2),
    ):
        for asker in askers:
            asked = await mention(loopback, asker, FEES)
            (reply,) = await replies(loopback, asked)
            assert "One coin." in words(reply)

    sessions = [one["d"]["shard"] for one in loopback.log.received if one["op"] == Op.IDENTIFY]
    assert sorted(map(tuple, sessions)) == [(0, 2), (1, 2)]


async def test_a_process_without_shards_of_its_own_has_all(loopback: Loopback, app: App, askers: list[Who]) -> None:
    loopback.gateway.shards = 2
    async with running_bot(loopback, app, servers=SERVERS):
        for asker in askers:
            await replies(loopback, await mention(loopback, asker, FEES))


async def test_servers_of_other_processes_are_left_alone(loopback: Loopback, app: App, askers: list[Who]) -> None:
    async with running_bot(loopback, app, servers=SERVERS, shard_ids=(0,), shard_count=2) as bot:
        elsewhere = await mention(loopback, askers[1], FEES)
        await replies(loopback, await mention(loopback, askers[0], FEES))
        await bot.work.settled()

    assert elsewhere not in loopback.world.channels  # no thread was made for it


async def test_a_later_answer_from_another_process_stands_in_place_where_there_are_no_threads(
    loopback: Loopback, app: App, askers: list[Who]
) -> None:
    guild = sorted(SERVERS)[1]
    asker = Who(loopback.world.add_channel(guild, "lounge", kind=ChannelType.VOICE), askers[1].user_id)
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, servers=SERVERS, shard_ids=(1,), shard_count=2) as bot:
        asked = await mention(loopback, asker, "where is the parrot")
        await replies(loopback, asker.channel_id)
        await bot.work.settled()
    await app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    async with running_bot(loopback, app, servers=SERVERS, shard_ids=(0,), shard_count=2) as bot:
        await bot.responder.deliver()
        *_, later = await replies(loopback, asker.channel_id, times=2)

    assert "In its cage." in words(later)
    assert later["message_reference"]["message_id"] == str(asked)

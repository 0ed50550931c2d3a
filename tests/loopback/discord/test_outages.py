"""Show how a session begins: without a shard that nobody asked for, and with servers that come later or not at all."""

import discord
import pytest

from tests.loopback.discord.clients import ShardedTestClient, TestClient, connected, options
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, say
from tests.loopback.discord.server import Loopback


def _told(loopback: Loopback, event: str) -> list[Json]:
    return [one.payload["d"] for one in loopback.log.sent if one.payload.get("t") == event]


async def test_a_client_that_asks_for_no_shard_hears_of_none(loopback: Loopback, client: TestClient) -> None:
    (ready,) = _told(loopback, "READY")

    assert "shard" not in ready
    assert [one["d"].get("shard") for one in loopback.log.received if one["op"] == 2] == [None]


async def test_a_client_that_asks_for_a_shard_hears_of_it(loopback: Loopback, guild: int) -> None:
    async with connected(ShardedTestClient(**options(loopback), shard_count=1)):
        (ready,) = _told(loopback, "READY")

    assert ready["shard"] == [0, 1]


async def test_servers_come_one_by_one_and_one_with_an_outage_later(loopback: Loopback, guild: int, asker: Who) -> None:
    down = loopback.world.add_guild("Down")
    loopback.world.unavailable.add(down)
    client = TestClient(**options(loopback))
    async with connected(client):
        (ready,) = _told(loopback, "READY")
        assert [(one["id"], one["unavailable"]) for one in ready["guilds"]] == [(str(guild), True), (str(down), True)]
        assert [one["id"] for one in _told(loopback, "GUILD_CREATE")] == [str(guild)]
        there = client.get_guild(down)
        assert there is None or there.unavailable

        back = client.wait_for("guild_available", timeout=30)
        await loopback.gateway.restore_guild(down)

        assert (await back).id == down


async def test_nothing_is_heard_of_a_server_with_an_outage(
    loopback: Loopback, client: TestClient, guild: int, asker: Who
) -> None:
    gone = client.wait_for("guild_unavailable", timeout=30)
    await loopback.gateway.lose_guild(guild)
    assert (await gone).id == guild
    await say(loopback, asker, "unheard")
    back = client.wait_for("guild_available", timeout=30)
    await loopback.gateway.restore_guild(guild)
    assert (await back).id == guild

    heard = await say(loopback, asker, "heard")

    message = await client.heard.get()
    assert message.id == heard
    assert isinstance(message.channel, discord.TextChannel)


@pytest.mark.parametrize("shards", [1, 2])
async def test_the_shards_together_have_each_server_once(loopback: Loopback, guild: int, shards: int) -> None:
    async with connected(ShardedTestClient(**options(loopback), shard_count=shards)):
        listed = [one["id"] for ready in _told(loopback, "READY") for one in ready["guilds"]]

    assert listed == [str(guild)]

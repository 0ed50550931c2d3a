"""Show that what goes wrong on demand goes wrong for the client as Discord lets it."""

import asyncio

import aiohttp
import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Broken, ServerError, TooMany
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback

CREATE = "POST /channels/{channel_id}/messages"


@pytest.fixture
def channel(client: TestClient, asker: Who) -> discord.TextChannel:
    """Return the text channel, as the client knows it."""
    channel = client.get_channel(asker.channel_id)
    assert isinstance(channel, discord.TextChannel)
    return channel


@pytest.mark.parametrize("everywhere", [False, True])
async def test_too_many_requests_are_tried_again(
    loopback: Loopback, channel: discord.TextChannel, *, everywhere: bool
) -> None:
    loopback.faults.plan(CREATE, TooMany(everywhere=everywhere), times=2)
    await channel.send("patient")

    assert [request.status for request in loopback.log.named(CREATE)] == [429, 429, 200]
    assert loopback.log.named(CREATE)[0].response["global"] is everywhere


async def test_a_full_bucket_holds_the_client_back(loopback: Loopback, channel: discord.TextChannel) -> None:
    loopback.buckets.set(CREATE, 2, 0.05)
    await asyncio.gather(*(channel.send(str(number)) for number in range(5)))

    assert len(loopback.world.by_bot(channel.id)) == 5
    assert [request.status for request in loopback.log.named(CREATE)].count(429) <= 1


async def test_a_full_bucket_refuses(loopback: Loopback, channel: discord.TextChannel) -> None:
    loopback.buckets.set(CREATE, 0, 0.05)
    refused = asyncio.create_task(channel.send("never"))
    (request, *_) = await loopback.log.requested(CREATE)
    refused.cancel()

    assert request.status == 429
    assert loopback.world.by_bot(channel.id) == []


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (ServerError(), discord.DiscordServerError),
        (Refusal.MISSING_ACCESS, discord.Forbidden),
        (Refusal.MISSING_PERMISSIONS, discord.Forbidden),
        (Refusal.UNKNOWN_CHANNEL, discord.NotFound),
        (Broken.BEFORE, aiohttp.ServerDisconnectedError),
    ],
)
async def test_faults_reach_the_caller_and_pass(
    loopback: Loopback,
    channel: discord.TextChannel,
    fault: Refusal | ServerError | Broken,
    raised: type[Exception],
) -> None:
    loopback.faults.plan(CREATE, fault)
    with pytest.raises(raised):
        await channel.send("first")
    await channel.send("second")

    assert [one["content"] for one in loopback.world.by_bot(channel.id)] == ["second"]

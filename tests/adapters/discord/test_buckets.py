"""Show that the bot keeps to rate limits of any length, and never waits for longer than its replies are held."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.client import Bucket, keep_to_limits, seconds
from tests.adapters.discord.bots import POSTED, THREADED, replies
from tests.loopback.discord.clients import TestClient, connected, options
from tests.loopback.discord.faults import ServerError, TooMany
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"
AT_ONCE = 20.0


@pytest.fixture
async def polite(request: pytest.FixtureRequest, loopback: Loopback, asker: Who) -> AsyncIterator[TestClient]:
    """Return a client that keeps to limits, and gives a request all the time it takes, or as long as the test says."""
    client = TestClient(**options(loopback))
    keep_to_limits(client, longest=0.5, within=getattr(request, "param", 30.0))
    async with connected(client):
        yield client


async def test_no_request_is_refused_while_something_remains(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    loopback.buckets.set(THREADED, 50, 60.0)
    first = await mention(loopback, asker, FEES)
    await replies(loopback, first)
    second = await mention(loopback, asker, FEES)
    await replies(loopback, second)

    assert [one.status for one in loopback.log.named(THREADED)] == [201, 201]


async def test_what_is_used_up_is_left_alone_and_says_for_how_long(
    loopback: Loopback, polite: TestClient, asker: Who
) -> None:
    loopback.buckets.set(POSTED, 2, 60.0)
    channel = polite.get_partial_messageable(asker.channel_id)
    async with asyncio.timeout(AT_ONCE):  # what the last request brought is not held back until the window is over
        for _ in range(2):
            await channel.send("hello")
        with pytest.raises(discord.RateLimited) as busy:
            await channel.send("hello")

    assert 50 < busy.value.retry_after <= 60
    assert len(loopback.log.named(POSTED)) == 2


async def test_a_short_window_is_waited_for(loopback: Loopback, polite: TestClient, asker: Who) -> None:
    loopback.buckets.set(POSTED, 1, 0.05)
    channel = polite.get_partial_messageable(asker.channel_id)
    for _ in range(3):
        await channel.send("hello")

    assert [one.status for one in loopback.log.named(POSTED)] == [200, 200, 200]


async def test_requests_at_once_do_not_overrun_a_window(loopback: Loopback, polite: TestClient, asker: Who) -> None:
    loopback.buckets.set(POSTED, 3, 0.2)  # longer than a busy machine keeps an answer on its way
    channel = polite.get_partial_messageable(asker.channel_id)
    await asyncio.gather(*[channel.send("hello") for _ in range(9)])

    assert {one.status for one in loopback.log.named(POSTED)} == {200}


async def test_a_429_shuts_its_channel_alone_and_as_long_as_it_says(
    loopback: Loopback, guild: int, polite: TestClient, asker: Who
) -> None:
    other = loopback.world.add_channel(guild, "other")
    loopback.faults.plan(POSTED, TooMany(retry_after=AT_ONCE))
    channel = polite.get_partial_messageable(asker.channel_id)
    with pytest.raises(discord.RateLimited):
        await channel.send("hello")
    with pytest.raises(discord.RateLimited) as busy:
        await channel.send("hello")
    await polite.get_partial_messageable(other).send("hello")

    assert 0 < busy.value.retry_after <= AT_ONCE
    assert [one.status for one in loopback.log.named(POSTED)] == [429, 200]


async def test_a_short_429_is_waited_for(loopback: Loopback, polite: TestClient, asker: Who) -> None:
    loopback.faults.plan(POSTED, TooMany(retry_after=0.01), times=2)
    await polite.get_partial_messageable(asker.channel_id).send("hello")

    assert [one.status for one in loopback.log.named(POSTED)] == [429, 429, 200]


async def test_a_429_for_everything_is_one_for_all_channels(
    loopback: Loopback, guild: int, polite: TestClient, asker: Who
) -> None:
    other = loopback.world.add_channel(guild, "other")
    loopback.faults.plan(POSTED, TooMany(retry_after=AT_ONCE, everywhere=True))
    for channel_id in (asker.channel_id, other):
        with pytest.raises(discord.RateLimited):
            await polite.get_partial_messageable(channel_id).send("hello")

    assert len(loopback.log.named(POSTED)) == 1


@pytest.mark.parametrize("polite", [0.2], indirect=True)
async def test_a_server_that_stays_broken_is_given_up_in_time(
    loopback: Loopback, polite: TestClient, asker: Who
) -> None:
    loopback.faults.plan(POSTED, ServerError(500), times=5)
    async with asyncio.timeout(AT_ONCE):
        with pytest.raises(TimeoutError):
            await polite.get_partial_messageable(asker.channel_id).send("hello")


async def test_who_comes_late_is_told_at_once_how_long_the_queue_is() -> None:
    bucket = Bucket(longest=5.0)
    await bucket.acquire()
    bucket.limit, bucket.remaining, bucket.expires, bucket._length = 2, 0, bucket._loop.time() + 3, 3.0  # noqa: SLF001  # as the headers of an answer say
    queue = [asyncio.create_task(bucket.acquire()) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert isinstance(queue[2].exception(), discord.RateLimited)  # its turn would come in a second window
    assert [one.done() for one in queue[:2]] == [False, False]
    for one in queue[:2]:
        one.cancel()
    await asyncio.wait(queue)


async def test_a_request_that_broke_leaves_room_for_the_next() -> None:
    bucket = Bucket()
    for _ in range(2):
        with pytest.raises(OSError, match="cut"):
            async with bucket:
                raise OSError("cut")  # noqa: EM101  # of the test


@pytest.mark.parametrize(
    ("written", "read"), [(None, 1.0), ("", 1.0), ("soon", 1.0), ("2", 2.0), ("-1", 0.0), ("1e9", 86_400.0)]
)
def test_the_header_that_says_how_long(written: str | None, read: float) -> None:
    assert seconds(written) == read

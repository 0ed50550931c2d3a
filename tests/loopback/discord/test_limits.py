"""Show that a response says of its bucket what Discord says, and the same time everywhere."""

import math
import time

import pytest
from aiohttp import ClientResponse, ClientSession

from tests.loopback.discord.faults import TooMany
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import TOKEN

CREATE = "POST /channels/{channel_id}/messages"


async def _send(loopback: Loopback, session: ClientSession, channel_id: int) -> ClientResponse:
    url = f"{loopback.api_url}/channels/{channel_id}/messages"
    async with session.post(url, json={"content": "x"}, headers={"Authorization": f"Bot {TOKEN}"}) as response:
        await response.read()
        return response


def _left(response: ClientResponse) -> float:
    return float(response.headers["X-RateLimit-Reset-After"])


async def _check_times(response: ClientResponse, *, most: float) -> None:
    said = await response.json()
    assert (response.status, said["retry_after"]) == (429, _left(response))
    assert int(response.headers["Retry-After"]) == math.ceil(said["retry_after"])
    assert 0 < said["retry_after"] <= most
    assert float(response.headers["X-RateLimit-Reset"]) == pytest.approx(time.time() + _left(response), abs=1)
    assert response.headers["X-RateLimit-Remaining"] == "0"


async def test_a_window_may_be_longer_than_half_a_minute(loopback: Loopback, asker: Who) -> None:
    loopback.buckets.set(CREATE, 2, 64.57)
    async with ClientSession() as session:
        first, second, third = [await _send(loopback, session, asker.channel_id) for _ in range(3)]

    assert [each.headers["X-RateLimit-Remaining"] for each in (first, second, third)] == ["1", "0", "0"]
    assert {each.headers["X-RateLimit-Limit"] for each in (first, second, third)} == {"2"}
    assert len({each.headers["X-RateLimit-Bucket"] for each in (first, second, third)}) == 1
    assert 60 < _left(second) <= _left(first) <= 64.57
    await _check_times(third, most=64.57)


async def test_each_channel_has_its_own(loopback: Loopback, guild: int, asker: Who) -> None:
    loopback.buckets.set(CREATE, 1, 60)
    async with ClientSession() as session:
        channels = [asker.channel_id, loopback.world.add_channel(guild), asker.channel_id]
        statuses = [(await _send(loopback, session, channel)).status for channel in channels]

    assert statuses == [200, 200, 429]


async def test_routes_without_a_limit_of_their_own_have_long_windows(loopback: Loopback, asker: Who) -> None:
    async with ClientSession() as session:
        response = await _send(loopback, session, asker.channel_id)

    assert _left(response) > 60
    assert response.status == 200


@pytest.mark.parametrize("seconds", [0.01, 7.5, 3600])
async def test_a_refusal_on_demand_says_the_same_time_everywhere(
    loopback: Loopback, asker: Who, seconds: float
) -> None:
    loopback.faults.plan(CREATE, TooMany(seconds))
    async with ClientSession() as session:
        await _check_times(await _send(loopback, session, asker.channel_id), most=seconds)


async def test_a_refusal_of_everything_names_no_bucket(loopback: Loopback, asker: Who) -> None:
    loopback.faults.plan(CREATE, TooMany(64.57, everywhere=True))
    async with ClientSession() as session:
        response = await _send(loopback, session, asker.channel_id)

    assert (response.headers["Retry-After"], response.headers["X-RateLimit-Scope"]) == ("65", "global")
    assert "X-RateLimit-Bucket" not in response.headers
